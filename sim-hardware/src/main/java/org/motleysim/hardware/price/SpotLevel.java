package org.motleysim.hardware.price;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The price of spot capacity over time, as a share of the price on demand. It changes in steps. */
public sealed interface SpotLevel permits SpotLevel.Steady, SpotLevel.MeanReverting, SpotLevel.Recorded {
    /** The price in the middle of the market: what a router or a plan reckons with. */
    double typical();

    /**
     * Always the same.
     *
     * @param level zero or more; 0.35 is 65 percent off
     */
    record Steady(double level) implements SpotLevel {
        /** @throws IllegalArgumentException if the level is negative, infinite or not a number */
        public Steady {
            Check.notNegative("level", level);
        }

        @Override
        public double typical() {
            return level;
        }
    }

    /**
     * The logarithm of the price goes up and down about that of the median: an Ornstein-Uhlenbeck process, exact at its steps
     * ({@code x' = x e^(-dt/T) + s sqrt(1 - e^(-2 dt/T)) N(0, 1)}), begun in its stationary state. The price never exceeds the most.
     *
     * @param median half of the time the price is below, above zero
     * @param volatility s, standard deviation of the logarithm in the long run, zero or more
     * @param reversion T, the time in which a deviation fades to 1/e, above zero
     * @param step time between changes of the price, above zero
     * @param most at the price on demand (1) nobody pays more
     */
    record MeanReverting(double median, double volatility, Duration reversion, Duration step, double most)
            implements SpotLevel {
        /** @throws IllegalArgumentException if a number is out of its range */
        public MeanReverting {
            Check.positive("median", median);
            Check.notNegative("volatility", volatility);
            Check.positive("most", most);
            if (reversion.isNegative() || reversion.isZero() || step.isNegative() || step.isZero()) {
                throw new IllegalArgumentException(
                        "reversion (" + reversion + ") and step (" + step + ") must be above zero");
            }
        }

        @Override
        public double typical() {
            return Math.min(median, most);
        }
    }

    /**
     * As it was.
     *
     * @param steps in order of time, the first at 0
     * @param file where they were read from, if they were; not part of what is equal
     */
    record Recorded(List<Step> steps, Optional<Path> file) implements SpotLevel {
        /** The header of a file of prices: seconds since the start, and the price as a share of the price on demand. */
        public static final String HEADER = "seconds,level";

        /** @throws IllegalArgumentException if there is no step at 0 or they are not in order */
        public Recorded {
            steps = List.copyOf(steps);
            if (steps.isEmpty() || steps.get(0).seconds() != 0) {
                throw new IllegalArgumentException("steps (" + steps + ") must begin at 0 seconds");
            }
            for (int i = 1; i < steps.size(); i++) {
                if (!(steps.get(i).seconds() > steps.get(i - 1).seconds())) {
                    throw new IllegalArgumentException(
                            "step " + i + " (" + steps.get(i) + ") must be after " + steps.get(i - 1));
                }
            }
        }

        /** Prices that are told. */
        public Recorded(List<Step> steps) {
            this(steps, Optional.empty());
        }

        /**
         * Reads a CSV file with the header {@value #HEADER}.
         *
         * @throws IllegalArgumentException naming the line, if the file is missing or something in it is wrong
         */
        public static Recorded read(Path file) {
            return new Recorded(SpotLevelFile.read(file), Optional.of(file));
        }

        @Override
        public double typical() {
            return steps.get(0).level();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Recorded that && steps.equals(that.steps);
        }

        @Override
        public int hashCode() {
            return steps.hashCode();
        }
    }

    /**
     * From then on, that price.
     *
     * @param seconds since the start
     * @param level share of the price on demand, zero or more
     */
    record Step(double seconds, double level) {
        /** @throws IllegalArgumentException if a number is negative, infinite or not a number */
        public Step {
            Check.notNegative("seconds", seconds);
            Check.notNegative("level", level);
        }
    }
}
