package org.motleysim.examples.reproductions;

import org.motleysim.hardware.arithmetic.BlockFormat;
import org.motleysim.hardware.arithmetic.Element;
import org.motleysim.workloads.llm.model.ModelSpec;

/** Paper 70, Trukhanov and Soloveychik: Accurate Block Quantization in LLMs with Outliers (arXiv:2403.20137): size of the keys. */
final class BlockQuantisation implements Reproduction {
    @Override
    public String folder() {
        return "70-block-quantisation";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        for (int i = 0; i < 2; i++) {
            int block = inputs.numbers("blocks").get(i).intValue();
            double wide = keys(inputs, "wideMantissa", block);
            double narrow = keys(inputs, "narrowMantissa", block);
            predictions.value(i == 0 ? "70-1a" : "70-1b", wide / narrow);
        }
    }

    /** Bytes of the keys of one full context. */
    private static double keys(Inputs inputs, String mantissa, int block) {
        ModelSpec model = ModelSpec.builtIn(inputs.text("model"));
        double elements = 0.5 * model.kvBytesPerToken() / model.kvFormat().bytesPerElement() * inputs.number("tokens");
        // A block of mantissas, each with its sign, and one exponent.
        var format = new BlockFormat(Element.integer(inputs.count(mantissa)), inputs.count("exponent"), block);
        return elements * format.bitsPerElement() / 8;
    }
}
