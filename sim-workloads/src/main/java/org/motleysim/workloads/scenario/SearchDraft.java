package org.motleysim.workloads.scenario;

import org.motleysim.core.experiment.Constraint;
import org.motleysim.core.experiment.Objective;

/** A search as a study file has it. */
sealed interface SearchDraft {
    /** What it asks about. */
    String metric();

    /** Its name in the file. */
    String kind();

    /**
     * The highest load under a constraint.
     *
     * @param path the field that holds the load
     */
    record Load(String path, double from, double to, String unit, double tolerance, Constraint constraint)
            implements SearchDraft {
        public Load {
            if (!(from < to)) {
                throw new IllegalArgumentException("loads (" + from + " to " + to + ") must rise");
            }
            if (!(tolerance > 0)) {
                throw new IllegalArgumentException("tolerance (" + tolerance + ") must be above 0");
            }
        }

        @Override
        public String metric() {
            return constraint.metric();
        }

        @Override
        public String kind() {
            return "highest-load";
        }
    }

    /** The best variant. */
    record Halving(Objective objective) implements SearchDraft {
        @Override
        public String metric() {
            return objective.metric();
        }

        @Override
        public String kind() {
            return "successive-halving";
        }
    }
}
