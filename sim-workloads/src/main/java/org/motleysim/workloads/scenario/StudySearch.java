package org.motleysim.workloads.scenario;

import java.util.List;
import java.util.Objects;
import java.util.function.DoubleFunction;
import org.motleysim.core.experiment.Constraint;
import org.motleysim.core.experiment.Objective;

/** What a study searches for, instead of running every variant equally often. */
public sealed interface StudySearch {
    /** The metric it asks about. */
    String metric();

    /**
     * The highest load that each variant carries, by bisection ({@link org.motleysim.core.experiment.LoadSearch}).
     *
     * @param load what is varied, such as {@code rate}
     * @param low the load that is tried first
     * @param high the load that is tried second
     * @param unit the unit of the loads, such as {@code /s}; may be empty
     * @param tolerance how well the answer is known, in that unit
     * @param constraint what must be kept
     * @param systems for each variant its scenario under a load
     */
    record HighestLoad(
            String load,
            double low,
            double high,
            String unit,
            double tolerance,
            Constraint constraint,
            List<DoubleFunction<Scenario>> systems)
            implements StudySearch {
        /** Keeps its own list. */
        public HighestLoad {
            systems = List.copyOf(systems);
        }

        @Override
        public String metric() {
            return constraint.metric();
        }
    }

    /**
     * The best variant, by successive halving ({@link org.motleysim.core.experiment.SuccessiveHalving}).
     *
     * @param objective what is wanted
     */
    record Best(Objective objective) implements StudySearch {
        /** Checks that nothing is null. */
        public Best {
            Objects.requireNonNull(objective, "objective");
        }

        @Override
        public String metric() {
            return objective.metric();
        }
    }
}
