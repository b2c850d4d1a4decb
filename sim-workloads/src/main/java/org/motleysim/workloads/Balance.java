package org.motleysim.workloads;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A conservation law checked at the end of a run: what went in must equal what came out.
 *
 * <p>The two sides are counted along different ways through the code, so that a lost request, a token produced twice, a leaked memory
 * block or a joule without an owner shows. A law that does not hold is a bug of the simulator, never of the scenario.
 *
 * @param quantity what is conserved, for example {@code "requests"}
 * @param unit its unit, {@code "1"} for counts
 * @param in what entered
 * @param out what left, was refused, or is still inside
 * @param tolerance the relative difference that rounding may cause; 0 for counts
 */
public record Balance(String quantity, String unit, double in, double out, double tolerance) {
    /** Checks the names and the tolerance. */
    public Balance {
        Objects.requireNonNull(quantity, "quantity");
        Objects.requireNonNull(unit, "unit");
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance (" + tolerance + ") must be in [0, 1)");
        }
    }

    /** A law between counts, which must hold exactly. */
    public static Balance exact(String quantity, long in, long out) {
        return new Balance(quantity, "1", in, out, 0);
    }

    /** A law between sums of doubles, which must hold to a relative 1e-9. */
    public static Balance sums(String quantity, String unit, double in, double out) {
        return new Balance(quantity, unit, in, out, 1e-9);
    }

    /** Whether both sides agree within the tolerance. NaN on either side never does. */
    public boolean holds() {
        return Math.abs(in - out) <= tolerance * Math.max(Math.abs(in), Math.abs(out));
    }

    /**
     * Refuses the end of a run in which a law does not hold.
     *
     * @throws IllegalStateException with all laws that do not hold
     */
    public static void requireAll(List<Balance> balances) {
        List<Balance> broken =
                balances.stream().filter(balance -> !balance.holds()).toList();
        if (!broken.isEmpty()) {
            throw new IllegalStateException(
                    "conservation is violated, which is a bug of the simulator or of a plug-in:\n"
                            + broken.stream().map(Balance::toString).collect(Collectors.joining("\n")));
        }
    }

    @Override
    public String toString() {
        return quantity + ": in " + in + " " + unit + ", out " + out + " " + unit + (holds() ? "" : "  VIOLATED");
    }
}
