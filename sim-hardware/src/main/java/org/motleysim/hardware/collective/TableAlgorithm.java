package org.motleysim.hardware.collective;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** An algorithm as a table: per kind of collective, when it works, what it does and what it takes. */
final class TableAlgorithm implements CollectiveAlgorithm {
    /** Makes the schedule of a collective over two ranks or more. */
    @FunctionalInterface
    interface Plan {
        CollectiveSchedule of(Collective collective, int ranks);
    }

    /** Seconds of a collective over two ranks or more; not a number when there is no formula for it. */
    @FunctionalInterface
    interface Formula {
        double seconds(Collective collective, int ranks, AlphaBeta network);
    }

    /** Why it cannot; empty when it can. */
    @FunctionalInterface
    interface Condition {
        Condition NONE = (collective, ranks) -> "";

        /** For algorithms that pair ranks by their bits. */
        Condition POWER_OF_TWO = (collective, ranks) ->
                Integer.bitCount(ranks) == 1 ? "" : "ranks (" + ranks + ") must be a power of two for this collective";

        String refusal(Collective collective, int ranks);
    }

    private record Row(
            Condition condition, Plan plan, @Nullable Formula formula) {}

    /** What one rank alone does: nothing. */
    private static final CollectiveSchedule NOTHING = new CollectiveSchedule() {
        @Override
        public int steps() {
            return 0;
        }

        @Override
        public void step(int rank, int step, Step into) {
            throw new IllegalStateException("a schedule without steps has no step " + step);
        }

        @Override
        public boolean symmetric(int... levels) {
            return true;
        }
    };

    private final String name;
    private final Map<Class<? extends Collective>, Row> rows;

    private TableAlgorithm(String name, Map<Class<? extends Collective>, Row> rows) {
        this.name = name;
        this.rows = rows;
    }

    static Builder named(String name) {
        return new Builder(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> refusal(Collective collective, int ranks) {
        Row row = rows.get(collective.getClass());
        if (row == null) {
            return Optional.of("algorithm (" + name + ") must be one that does " + collective.name() + "\nMaybe one of "
                    + Algorithms.namesFor(collective, ranks) + ".");
        }
        String refusal = row.condition.refusal(collective, ranks);
        return ranks == 1 || refusal.isEmpty()
                ? Optional.empty()
                : Optional.of("algorithm (" + name + "): " + refusal + "\nMaybe one of "
                        + Algorithms.namesFor(collective, ranks) + ".");
    }

    /** Whether the table alone allows it; unlike {@link #refusal} it writes no text. */
    boolean does(Collective collective, int ranks) {
        Row row = rows.get(collective.getClass());
        return row != null
                && (ranks == 1 || row.condition.refusal(collective, ranks).isEmpty());
    }

    @Override
    public CollectiveSchedule schedule(Collective collective, int ranks) {
        Row row = row(collective, ranks);
        return ranks == 1 ? NOTHING : row.plan.of(collective, ranks);
    }

    @Override
    public OptionalDouble seconds(Collective collective, int ranks, AlphaBeta network) {
        Row row = row(collective, ranks);
        if (ranks == 1) {
            return OptionalDouble.of(0);
        }
        double seconds = row.formula == null ? Double.NaN : row.formula.seconds(collective, ranks, network);
        return Double.isNaN(seconds) ? OptionalDouble.empty() : OptionalDouble.of(seconds);
    }

    private Row row(Collective collective, int ranks) {
        Row row = rows.get(collective.getClass());
        Optional<String> refusal =
                ranks < 1 ? Optional.of("ranks (" + ranks + ") must be one or more") : refusal(collective, ranks);
        if (row == null || refusal.isPresent()) {
            throw new IllegalArgumentException(refusal.orElse(name));
        }
        return row;
    }

    @Override
    public String toString() {
        return name;
    }

    static final class Builder {
        private final String name;
        private final Map<Class<? extends Collective>, Row> rows = new LinkedHashMap<>();

        private Builder(String name) {
            this.name = name;
        }

        Builder on(Class<? extends Collective> kind, Plan plan, @Nullable Formula formula) {
            return on(kind, Condition.NONE, plan, formula);
        }

        Builder on(Class<? extends Collective> kind, Condition condition, Plan plan, @Nullable Formula formula) {
            rows.put(kind, new Row(condition, plan, formula));
            return this;
        }

        TableAlgorithm build() {
            return new TableAlgorithm(name, Map.copyOf(rows));
        }
    }
}
