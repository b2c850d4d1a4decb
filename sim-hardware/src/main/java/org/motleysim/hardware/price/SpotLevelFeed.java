package org.motleysim.hardware.price;

import java.util.List;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.random.RandomStream;

/** The prices of one spot market in a run, step by step. */
public final class SpotLevelFeed {
    private final SpotLevel law;
    private final RandomStream random;
    private double level;
    private double deviation;
    private int step;

    /** Begins at the start of the run; takes its chance from {@code random}. */
    public SpotLevelFeed(SpotLevel law, RandomStream random) {
        this.law = law;
        this.random = random;
        if (law instanceof SpotLevel.MeanReverting reverting) {
            deviation = reverting.volatility() * random.nextGaussian();
            level = level(reverting);
        } else {
            level = law.typical();
        }
    }

    /** The price of this moment, as a share of the price on demand. */
    public double level() {
        return level;
    }

    /** Nanoseconds from {@code now} to the next change; -1 if there is none. */
    public long untilNext(long now) {
        if (law instanceof SpotLevel.MeanReverting reverting) {
            return SimTime.nanos(reverting.step());
        }
        if (law instanceof SpotLevel.Recorded recorded
                && step + 1 < recorded.steps().size()) {
            return Math.max(0, SimTime.nanos(recorded.steps().get(step + 1).seconds()) - now);
        }
        return -1;
    }

    /** Moves on to the next price. */
    public void next() {
        if (law instanceof SpotLevel.MeanReverting reverting) {
            double gone = SimTime.seconds(SimTime.nanos(reverting.step()))
                    / SimTime.seconds(SimTime.nanos(reverting.reversion()));
            deviation = deviation * StrictMath.exp(-gone)
                    + reverting.volatility() * Math.sqrt(-StrictMath.expm1(-2 * gone)) * random.nextGaussian();
            level = level(reverting);
        } else if (law instanceof SpotLevel.Recorded recorded) {
            List<SpotLevel.Step> steps = recorded.steps();
            step = Math.min(step + 1, steps.size() - 1);
            level = steps.get(step).level();
        }
    }

    private double level(SpotLevel.MeanReverting reverting) {
        return Math.min(reverting.most(), reverting.median() * StrictMath.exp(deviation));
    }
}
