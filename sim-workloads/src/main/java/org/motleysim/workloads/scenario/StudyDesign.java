package org.motleysim.workloads.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motleysim.core.experiment.Axis;
import org.motleysim.core.experiment.Design;
import org.motleysim.core.experiment.Morris;

/** Which points of the axes a study tries. */
sealed interface StudyDesign {
    /** The levels of each variant. */
    List<Map<String, String>> settings(List<Axis> axes, long seed);

    /** Every level with every other. */
    record Grid() implements StudyDesign {
        @Override
        public List<Map<String, String>> settings(List<Axis> axes, long seed) {
            return Design.grid(axes);
        }
    }

    /** Points drawn independently. */
    record Random(int points) implements StudyDesign {
        @Override
        public List<Map<String, String>> settings(List<Axis> axes, long seed) {
            return Design.at(axes, Design.random(axes.size(), points, seed));
        }
    }

    /** A Latin hypercube. */
    record LatinHypercube(int points) implements StudyDesign {
        @Override
        public List<Map<String, String>> settings(List<Axis> axes, long seed) {
            return Design.at(axes, Design.latinHypercube(axes.size(), points, seed));
        }
    }

    /** A Sobol sequence. */
    record Sobol(int points) implements StudyDesign {
        @Override
        public List<Map<String, String>> settings(List<Axis> axes, long seed) {
            return Design.at(axes, Design.sobol(axes.size(), points, seed));
        }
    }

    /** A middle, and both ends of each axis. */
    record OneAtATime() implements StudyDesign {
        @Override
        public List<Map<String, String>> settings(List<Axis> axes, long seed) {
            return Design.at(axes, Morris.oneAtATime(axes.size()));
        }
    }

    /** Trajectories for elementary effects. */
    record Trajectories(int trajectories) implements StudyDesign {
        @Override
        public List<Map<String, String>> settings(List<Axis> axes, long seed) {
            return Design.at(axes, morris(axes.size(), seed).orElseThrow().points());
        }

        @Override
        public Optional<Morris> morris(int axes, long seed) {
            return Optional.of(Morris.of(axes, trajectories, seed));
        }
    }

    /** The trajectories, if these points are such. */
    default Optional<Morris> morris(int axes, long seed) {
        return Optional.empty();
    }
}
