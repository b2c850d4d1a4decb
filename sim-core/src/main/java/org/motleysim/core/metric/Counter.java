package org.motleysim.core.metric;

/** Counts, in a {@code long}. For one simulation and one thread. */
public final class Counter {
    private long value;

    /** Counts one more. */
    public void increment() {
        add(1);
    }

    /**
     * Counts so many more.
     *
     * @throws IllegalArgumentException if the amount is negative
     * @throws ArithmeticException if the count no longer fits in a {@code long}
     */
    public void add(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("amount (" + amount + ") must be zero or more");
        }
        value = Math.addExact(value, amount);
    }

    /** Returns the count since the start or the last reset. */
    public long value() {
        return value;
    }

    /** Forgets what was counted, as at the end of a warm-up. */
    public void reset() {
        value = 0;
    }
}
