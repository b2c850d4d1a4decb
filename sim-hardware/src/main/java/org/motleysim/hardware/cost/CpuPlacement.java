package org.motleysim.hardware.cost;

import java.util.Locale;

/**
 * Where threads run and where their data lie.
 *
 * @param threads that share the work evenly, one a core; 0 for as many as there are cores
 * @param spread which cores they take
 * @param pages which node holds what they use
 */
public record CpuPlacement(int threads, Spread spread, Pages pages) {
    /** All cores, each with its data in its own node: what a program that cares about memory nodes does. */
    public static final CpuPlacement ALL_LOCAL = new CpuPlacement(0, Spread.SCATTER, Pages.LOCAL);

    /** Which cores threads take. */
    public enum Spread {
        /** One node is filled before the next. */
        COMPACT,
        /** Nodes in turn. */
        SCATTER;

        /** Returns the name used in files. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Which node holds the data. */
    public enum Pages {
        /** That of the thread which uses them: first touch by their user. */
        LOCAL,
        /** All nodes in turn, page by page. */
        INTERLEAVE,
        /** The first node: first touch by one thread. */
        FIRST_NODE;

        /** Returns the name used in files, such as {@code "first-node"}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @throws IllegalArgumentException if threads are negative */
    public CpuPlacement {
        if (threads < 0) {
            throw new IllegalArgumentException("threads (" + threads + ") must be 1 or more, or 0 for all cores");
        }
    }
}
