package org.motleysim.examples.reproductions;

import org.motleysim.hardware.arithmetic.Accumulator;
import org.motleysim.hardware.arithmetic.Alignment;
import org.motleysim.hardware.arithmetic.Circuits;
import org.motleysim.hardware.arithmetic.DotProductUnit;
import org.motleysim.hardware.arithmetic.DotProductUnit.Scale;
import org.motleysim.hardware.arithmetic.Element;

/** Paper 43, van Baalen et al.: FP8 versus INT8 for efficient deep learning inference (arXiv:2303.17951): cost of a unit. */
final class Fp8VersusInt8 implements Reproduction {
    private static final Element INT8 = Element.integer(8);
    private static final Element E4M3 = Element.floating(4, 3);

    @Override
    public String folder() {
        return "43-fp8-vs-int8";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        double[] half = increase(inputs, Accumulator.FP16);
        double[] single = increase(inputs, Accumulator.FP32);
        predictions.holds(
                "43-1",
                Math.min(half[0], half[1]) >= 50 && Math.max(single[0], single[1]) <= 180,
                "the least is lower here; see the next two rows");
        String structure = "whether products are rounded before they are added is not stated";
        predictions.band("43-2", half[0], half[1], structure);
        predictions.band("43-3", single[0], single[1], structure);

        int lanes = inputs.count("fusedLanes");
        double int8 = DotProductUnit.of(INT8, lanes, Accumulator.INT32).area();
        DotProductUnit fp8 = DotProductUnit.of(E4M3, lanes, Accumulator.FP32);
        predictions.value(
                "43-4a",
                fp8.window(inputs.numbers("fusedWindows").get(0).intValue()).area() / int8);
        predictions.value(
                "43-4b",
                fp8.window(inputs.numbers("fusedWindows").get(1).intValue()).area() / int8);
        predictions.value(
                "43-5a",
                DotProductUnit.of(Element.integer(4), lanes, Accumulator.INT32).area() / int8);
        predictions.value(
                "43-5b",
                DotProductUnit.of(INT8, lanes, Accumulator.FP32)
                                .scaled(Scale.POWER_OF_TWO)
                                .area()
                        / int8);
        predictions.value(
                "43-5c",
                DotProductUnit.of(Element.floating(2, 1), lanes, Accumulator.FP32)
                                .aligned(Alignment.EXPANDED)
                                .scaled(Scale.POWER_OF_TWO)
                                .area()
                        / int8);
    }

    /** Per cent that a unit of E4M3 is larger than one of int8: with exact and with rounded products. */
    private static double[] increase(Inputs inputs, Accumulator accumulator) {
        int lanes = inputs.count("lanes");
        double int8 = DotProductUnit.of(INT8, lanes, Accumulator.INT32).area();
        double exact = DotProductUnit.of(E4M3, lanes, accumulator).area();
        double rounded = exact
                - Circuits.exactProduct(E4M3)
                + Circuits.floatingMultiplier(E4M3.exponentBits(), E4M3.fractionBits());
        return new double[] {100 * (exact / int8 - 1), 100 * (rounded / int8 - 1)};
    }
}
