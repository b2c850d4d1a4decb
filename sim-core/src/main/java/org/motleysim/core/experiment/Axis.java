package org.motleysim.core.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** One thing that is varied. */
public sealed interface Axis {
    /** What it is called. */
    String name();

    /**
     * The level at a position of the axis.
     *
     * @param position from 0 to 1
     */
    String at(double position);

    /** The levels of a grid, in order. */
    List<String> levels();

    /**
     * A choice among levels, which stand in no order.
     *
     * @param name what it is called
     * @param levels one or more, all different
     */
    record Choice(String name, List<String> levels) implements Axis {
        /** @throws IllegalArgumentException if there are no levels, or one is there twice */
        public Choice {
            levels = List.copyOf(levels);
            if (levels.isEmpty() || levels.stream().distinct().count() < levels.size()) {
                throw new IllegalArgumentException(
                        "levels (" + levels + ") of axis " + name + " must be one or more, all different");
            }
        }

        @Override
        public String at(double position) {
            return levels.get(Math.min(levels.size() - 1, (int) (position * levels.size())));
        }
    }

    /**
     * A range of numbers. Levels have six significant digits.
     *
     * @param name what it is called
     * @param from the level at position 0
     * @param to the level at position 1, above {@code from}
     * @param logarithmic whether equal steps are equal factors; {@code from} is then positive
     * @param whole whether levels are whole numbers; each is then equally likely
     * @param steps how many levels a grid has, 2 or more
     * @param unit written behind each number, such as {@code /s}; empty for none
     */
    record Range(String name, double from, double to, boolean logarithmic, boolean whole, int steps, String unit)
            implements Axis {
        private static final MathContext SIX_DIGITS = new MathContext(6);

        /** @throws IllegalArgumentException if a number is out of its range */
        public Range {
            if (!(from < to) || !Double.isFinite(to - from)) {
                throw new IllegalArgumentException(
                        "range of axis " + name + " (" + from + " to " + to + ") must be finite and rise");
            }
            if (logarithmic && !(from > 0)) {
                throw new IllegalArgumentException(
                        "from (" + from + ") of the logarithmic axis " + name + " must be positive");
            }
            if (whole && (from != Math.rint(from) || to != Math.rint(to))) {
                throw new IllegalArgumentException(
                        "range of axis " + name + " (" + from + " to " + to + ") must be of whole numbers");
            }
            if (steps < 2) {
                throw new IllegalArgumentException("steps (" + steps + ") of axis " + name + " must be 2 or more");
            }
        }

        @Override
        public String at(double position) {
            if (whole && !logarithmic) {
                return text(Math.min(to, Math.floor(from + (to - from + 1) * position)));
            }
            double value = between(position);
            return text(whole ? Math.rint(value) : value);
        }

        @Override
        public List<String> levels() {
            List<String> levels = new ArrayList<>();
            for (int i = 0; i < steps; i++) {
                double value = between((double) i / (steps - 1));
                String level = text(whole ? Math.rint(value) : value);
                if (!levels.contains(level)) {
                    levels.add(level);
                }
            }
            return levels;
        }

        private double between(double position) {
            return logarithmic ? from * StrictMath.pow(to / from, position) : from + (to - from) * position;
        }

        private String text(double value) {
            BigDecimal number = new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros();
            return number.toPlainString() + (unit.isEmpty() ? "" : " " + unit);
        }
    }
}
