package org.motleysim.examples.reproductions;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.motleysim.hardware.price.NetworkBill;

/**
 * Paper 14, Zhao et al.: Insights into DeepSeek-V3 (ISCA 2025): what networks of 64-port switches are made of and cost. The paper does not
 * state prices; those of a switch and of a link follow from the costs of two topologies, and the other costs are predicted with them.
 */
final class NetworkCosts {
    private static final double MILLION = 1e6;

    private NetworkCosts() {}

    static void predict(Inputs inputs, Predictions predictions) {
        int radix = inputs.count("radix");
        NetworkBill tree2 = NetworkBill.fatTree2(radix);
        NetworkBill planes = tree2.planes(inputs.count("planes"));
        NetworkBill tree3 = NetworkBill.fatTree3(radix);
        NetworkBill slimFly = NetworkBill.slimFly(inputs.count("slimFlyQ"));
        int each = inputs.count("dragonflyEach");
        NetworkBill dragonfly = NetworkBill.dragonfly(
                inputs.count("dragonflySwitchesPerGroup"), each, each, inputs.count("dragonflyGroups"));
        parts(predictions, "14-10-ft2", tree2);
        parts(predictions, "14-10", planes);
        parts(predictions, "14-10-ft3", tree3);
        parts(predictions, "14-10-sf", slimFly);
        parts(predictions, "14-10-df", dragonfly);
        NetworkBill.Prices prices =
                prices(tree3, inputs.number("fatTree3MillionUsd"), slimFly, inputs.number("slimFlyMillionUsd"));
        predictions.value("14-9-ft2", tree2.usd(prices) / MILLION);
        predictions.value("14-9", planes.usd(prices) / MILLION);
        predictions.value("14-9-df", dragonfly.usd(prices) / MILLION);
    }

    private static void parts(Predictions predictions, String claim, NetworkBill bill) {
        predictions.value(claim + "-switches", (double) bill.switches());
        predictions.value(claim + "-links", (double) bill.links());
    }

    private static NetworkBill.Prices prices(
            NetworkBill one, double millionUsd, NetworkBill other, double otherMillionUsd) {
        double[][] parts = {{one.switches(), one.links()}, {other.switches(), other.links()}};
        double[] usd = new LUDecomposition(new Array2DRowRealMatrix(parts))
                .getSolver()
                .solve(new ArrayRealVector(new double[] {millionUsd * MILLION, otherMillionUsd * MILLION}))
                .toArray();
        return new NetworkBill.Prices(0, usd[0], usd[1], 0);
    }
}
