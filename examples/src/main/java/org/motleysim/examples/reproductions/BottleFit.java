package org.motleysim.examples.reproductions;

import java.util.List;
import java.util.Locale;
import org.motleysim.hardware.cost.CpuCostModel;

/** Paper 31, Matsubara et al.: BottleFit (WoWMoM 2022): ResNet-152 split at a bottleneck of three channels between a board and a server. */
final class BottleFit implements Reproduction {
    @Override
    public String folder() {
        return "31-bottlefit";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        SplitSides jetson = new SplitSides(inputs, NetworkTimes.on(inputs, inputs.text("board")), 1);
        SplitSides pi = new SplitSides(inputs, cores(inputs), 1);
        List<Double> rates = inputs.numbers("megabits");
        String setting = String.format(
                Locale.ROOT,
                "Jetson Nano and Raspberry Pi 4; the most from 0.1 to 50 Mbit/s; local computing takes %.2f and %.2f s",
                jetson.local(),
                pi.local());
        predictions.band("E31-02", jetson.mostSaved(rates, true), pi.mostSaved(rates, true), setting);
        predictions.band("E31-04", jetson.mostSaved(rates, false), pi.mostSaved(rates, false), setting);
        List<Double> best = rates.stream().filter(pi::splitIsBest).toList();
        predictions.holds("E31-08b", !best.isEmpty(), "at " + best + " Mbit/s of the sweep");
        predictions.value(
                "E31-07",
                pi.compressedPercent(),
                "against the uncompressed image of 224 x 224; against 11 kB of JPEG it would be 77");
        predictions.value("E31-09", pi.headMegaMacs());
    }

    /** The cores of the weak device, at the share of their peak that a runtime reached elsewhere. */
    static NetworkTimes cores(Inputs inputs) {
        CpuCostModel model = PhoneCores.cores(inputs.fact("cores"));
        return NetworkTimes.on(PhoneCores.spec(), model.reaching(PhoneCores.shareReached(inputs.fact("measured"))));
    }
}
