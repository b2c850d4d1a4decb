package org.motleysim.examples.reproductions;

import java.util.Locale;
import org.motleysim.hardware.arithmetic.Accumulator;
import org.motleysim.hardware.arithmetic.Alignment;
import org.motleysim.hardware.arithmetic.BlockFormat;
import org.motleysim.hardware.arithmetic.DotProductUnit;
import org.motleysim.hardware.arithmetic.DotProductUnit.Scale;
import org.motleysim.hardware.arithmetic.Element;

/** Paper 26, Chen et al.: INT v.s. FP (arXiv:2510.25602): units of fine-grained formats, in area and energy. */
final class IntVersusFp implements Reproduction {
    private static final Element INT8 = Element.integer(8);
    private static final Element INT4 = Element.integer(4);
    private static final Element E4M3 = Element.floating(4, 3);
    private static final Element E2M1 = Element.floating(2, 1);
    private static final String ENERGY = "energy taken as area: all gates switch alike";

    @Override
    public String folder() {
        return "26-int-vs-fp";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        int mx = inputs.count("lanesMx");
        int nv = inputs.count("lanesNv");
        int window = inputs.count("window");
        Alignment alignment = Alignment.valueOf(inputs.text("alignment").toUpperCase(Locale.ROOT));
        double fp8 = lane(unit(E4M3, E4M3, mx, Scale.POWER_OF_TWO, window, alignment));
        double fp4 = lane(unit(E2M1, E2M1, nv, Scale.FLOATING, window, alignment));
        double int8 = lane(unit(INT8, INT8, mx, Scale.POWER_OF_TWO, window, alignment));
        double int4 = lane(unit(INT4, INT4, nv, Scale.FLOATING, window, alignment));
        predictions.value("26-1", int8 / fp8, ENERGY);
        predictions.value("26-2", int8 / fp8);
        predictions.value("26-3", int4 / fp8, ENERGY);
        predictions.value("26-4", int4 / fp8);
        // One int8 product takes two int8 x int4 units, two int4 products the same two; two FP4 products both floating
        // units.
        double integers = 2 * lane(unit(INT8, INT4, mx, Scale.POWER_OF_TWO, window, alignment));
        predictions.band("26-5", integers / fp8, integers / (fp8 + fp4), "all in 8 bits to all in 4, share not stated");
        predictions.value("26-6", integers / (fp8 + fp4));
        predictions.value("26-7a", new BlockFormat(INT8, 8, mx).bitsPerElement());
        predictions.value("26-7b", new BlockFormat(Element.integer(6), 8, mx).bitsPerElement());
        predictions.value("26-7c", new BlockFormat(E2M1, 8, mx).bitsPerElement());
        predictions.value("26-7d", new BlockFormat(E2M1, 8, nv).bitsPerElement());
    }

    private static DotProductUnit unit(
            Element element, Element other, int lanes, Scale scale, int window, Alignment alignment) {
        return new DotProductUnit(element, other, lanes, window, alignment, Accumulator.FP32, scale);
    }

    private static double lane(DotProductUnit unit) {
        return unit.areaPerLane();
    }
}
