package org.motleysim.workloads.federated;

import java.util.List;
import org.motleysim.hardware.power.Thermal;

/**
 * How a client that trains gets hot and slows down: the ladder of {@link Thermal}, with a speed and a power for each rung. A task starts at
 * the temperature of the air: clients rest between tasks for longer than they take to cool.
 *
 * @param thermal resistance, time constant and trip points
 * @param rungs what is left of speed and power after each step down; the first step down leads to the first
 */
public record Throttling(Thermal thermal, List<Rung> rungs) {
    private static final int LONGEST = 100_000;

    /**
     * One step down.
     *
     * @param speed share of the full speed, above 0 and at most 1
     * @param power share of the full power, above 0 and at most 1
     */
    public record Rung(double speed, double power) {
        /** @throws IllegalArgumentException if a share is out of range */
        public Rung {
            if (!(speed > 0 && speed <= 1 && power > 0 && power <= 1)) {
                throw new IllegalArgumentException(
                        "speed (" + speed + ") and power (" + power + ") of a rung must be above 0 and at most 1");
            }
        }
    }

    /** @throws IllegalArgumentException if there is no rung */
    public Throttling {
        rungs = List.copyOf(rungs);
        if (rungs.isEmpty()) {
            throw new IllegalArgumentException("throttling must have at least one rung");
        }
    }

    /** What a work takes. */
    static final class Course {
        double seconds;
        double joules;
    }

    /** Follows a work that takes so long at full speed. */
    void follow(double workSeconds, double watts, Course course) {
        double left = workSeconds;
        double celsius = thermal.ambientCelsius();
        int level = 0;
        course.seconds = 0;
        course.joules = 0;
        for (int steps = 0; left > 0; steps++) {
            double speed = level == 0 ? 1 : rungs.get(level - 1).speed;
            double power = watts * (level == 0 ? 1 : rungs.get(level - 1).power);
            double down = level == rungs.size()
                    ? Double.POSITIVE_INFINITY
                    : thermal.secondsUntil(celsius, power, thermal.stepDownCelsius(level));
            double up = level == 0
                    ? Double.POSITIVE_INFINITY
                    : thermal.secondsUntil(celsius, power, thermal.stepUpCelsius(level));
            double needed = left / speed;
            double lasts = Math.min(needed, Math.min(down, up));
            if (steps == LONGEST) { // two rungs in turn, thousands of times: the rest goes as what there was
                double done = workSeconds - left;
                course.joules *= workSeconds / done;
                course.seconds *= workSeconds / done;
                return;
            }
            course.seconds += lasts;
            course.joules += power * lasts;
            if (lasts == needed) {
                return;
            }
            left -= lasts * speed;
            boolean hotter = down <= up;
            celsius = hotter ? thermal.stepDownCelsius(level) : thermal.stepUpCelsius(level);
            level += hotter ? 1 : -1;
        }
    }
}
