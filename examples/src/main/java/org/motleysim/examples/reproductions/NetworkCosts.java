package org.motleysim.examples.reproductions;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.motleysim.hardware.price.NetworkBill;

/**
 * Paper 14, Zhao et al.: Insights into DeepSeek-V3 (ISCA 2025): what networks of 64-port switches are made of and cost. The paper does not
 * state prices. Each topology's cost is predicted with the prices of a switch and of a link that fit the costs of the four others best,
 * by least squares of relative errors: no cost is judged by prices that have seen it.
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
        Map<String, NetworkBill> bills = new LinkedHashMap<>();
        bills.put("14-9-ft2", tree2);
        bills.put("14-9", planes);
        bills.put("14-9-ft3", tree3);
        bills.put("14-9-sf", slimFly);
        bills.put("14-9-df", dragonfly);
        for (Map.Entry<String, NetworkBill> judged : bills.entrySet()) {
            Map<String, NetworkBill> others = new LinkedHashMap<>(bills);
            others.remove(judged.getKey());
            predictions.value(judged.getKey(), judged.getValue().usd(prices(inputs, others)) / MILLION);
        }
    }

    private static void parts(Predictions predictions, String claim, NetworkBill bill) {
        predictions.value(claim + "-switches", (double) bill.switches());
        predictions.value(claim + "-links", (double) bill.links());
    }

    private static NetworkBill.Prices prices(Inputs inputs, Map<String, NetworkBill> bills) {
        double[][] both = new double[bills.size()][];
        double[][] switches = new double[bills.size()][];
        int row = 0;
        for (Map.Entry<String, NetworkBill> bill : bills.entrySet()) {
            double usd = inputs.number("cost-" + bill.getKey()) * MILLION;
            double each = bill.getValue().switches() / usd;
            both[row] = new double[] {each, bill.getValue().links() / usd};
            switches[row++] = new double[] {each};
        }
        double[] fitted = fit(both);
        // Where the four have nearly as many links a switch, rounded costs may make links cheaper than nothing: then
        // they are free.
        return fitted[1] >= 0
                ? new NetworkBill.Prices(0, fitted[0], fitted[1], 0)
                : new NetworkBill.Prices(0, fit(switches)[0], 0, 0);
    }

    /** Prices by which the parts of each dollar cost a dollar. */
    private static double[] fit(double[][] partsPerUsd) {
        double[] dollars = new double[partsPerUsd.length];
        Arrays.fill(dollars, 1);
        var regression = new OLSMultipleLinearRegression();
        regression.setNoIntercept(true);
        regression.newSampleData(dollars, partsPerUsd);
        return regression.estimateRegressionParameters();
    }
}
