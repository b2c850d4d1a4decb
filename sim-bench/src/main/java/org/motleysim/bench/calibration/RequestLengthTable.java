package org.motleysim.bench.calibration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.motleysim.workloads.traces.RequestTrace;

/**
 * Prints the table of quantiles that {@code RequestLengths.builtIn} reads: prompts of all requests, and outputs in each of five equally
 * large classes of prompts.
 *
 * <p>The table in sim-workloads, {@code azure-2023-conversation.json}, was made from the conversation trace of
 * https://github.com/Azure/AzurePublicDataset (CC-BY-4.0) with
 *
 * <pre>{@code
 * java -cp sim-bench/target/benchmarks.jar org.motleysim.bench.calibration.RequestLengthTable AzureLLMInferenceTrace_conv.csv
 * }</pre>
 */
public final class RequestLengthTable {
    private static final String ABOUT =
            "Prompt and output lengths of the conversation trace: quantiles at the given levels, straight lines between them; "
                    + "outputs separately for each fifth of the requests, from the shortest prompts to the longest.";
    private static final String SOURCE =
            "AzureLLMInferenceTrace_conv.csv (2023-11-16, one hour) of https://github.com/Azure/AzurePublicDataset, CC-BY-4.0; "
                    + "described in Patel et al., Splitwise, ISCA 2024. "
                    + "Quantiles computed by org.motleysim.bench.calibration.RequestLengthTable";
    private static final int CLASSES = 5;
    private static final double[] LEVELS = {
        0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1
    };

    private RequestLengthTable() {}

    /**
     * Prints the table of one trace.
     *
     * @param arguments the trace file
     * @throws IOException if it cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("arguments (" + arguments.length + ") must be one trace file");
        }
        System.out.print(table(RequestTrace.read(Path.of(arguments[0]))));
    }

    static String table(RequestTrace trace) {
        List<Integer> byPrompt = IntStream.range(0, trace.size())
                .boxed()
                .sorted(Comparator.comparingInt(trace::promptTokens))
                .toList();
        String outputs = IntStream.range(0, CLASSES)
                .mapToObj(c -> byPrompt.subList(
                        (int) ((long) c * trace.size() / CLASSES), (int) ((c + 1L) * trace.size() / CLASSES)))
                .map(rows -> "    " + quantiles(rows.stream().mapToInt(trace::outputTokens)))
                .collect(Collectors.joining(",\n"));
        return "{\n  \"about\": \"" + ABOUT + "\",\n  \"source\": \"" + SOURCE + "\",\n  \"requests\": " + trace.size()
                + ",\n"
                + "  \"levels\": "
                + Arrays.stream(LEVELS)
                        .mapToObj(level -> level % 1 == 0 ? Integer.toString((int) level) : Double.toString(level))
                        .collect(Collectors.joining(", ", "[", "]"))
                + ",\n  \"promptTokens\": " + quantiles(byPrompt.stream().mapToInt(trace::promptTokens))
                + ",\n  \"outputTokensByPromptClass\": [\n" + outputs + "\n  ]\n}\n";
    }

    /** Quantiles of a sample with straight lines between its order statistics (type 7 of Hyndman and Fan, 1996). */
    private static String quantiles(IntStream sample) {
        int[] sorted = sample.sorted().toArray();
        return Arrays.stream(LEVELS)
                .mapToObj(level -> {
                    double position = level * (sorted.length - 1);
                    int below = (int) position;
                    int above = Math.min(sorted.length - 1, below + 1);
                    double value = sorted[below] + (position - below) * (sorted[above] - sorted[below]);
                    return String.format(Locale.ROOT, "%.0f", value);
                })
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
