package org.motleysim.workloads.llm.request;

import java.util.List;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStream;

/**
 * Measured lengths: the prompt from its distribution; the output from the distribution of the outputs of those requests whose prompts
 * lie in the same class. Classes are equally likely and go from short prompts to long ones, so one uniform draw decides prompt and
 * class, a second one the output. Between the quantiles of each table runs a straight line.
 *
 * @param name such as {@code "azure-2023-conversation"}
 * @param prompt of all requests
 * @param outputs one for each class of prompts
 */
record QuantileLengths(String name, Distribution prompt, List<Distribution> outputs) implements RequestLengths {
    QuantileLengths {
        outputs = List.copyOf(outputs);
    }

    @Override
    public LengthProcess bind(RandomStream stream) {
        return new LengthProcess() {
            private int promptTokens;
            private int outputTokens;

            @Override
            public void next() {
                double level = stream.nextOpen();
                promptTokens = IndependentLengths.tokens(prompt.quantile(level));
                Distribution output = outputs.get((int) (level * outputs.size()));
                outputTokens = IndependentLengths.tokens(output.sample(stream));
            }

            @Override
            public int promptTokens() {
                return promptTokens;
            }

            @Override
            public int outputTokens() {
                return outputTokens;
            }
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
