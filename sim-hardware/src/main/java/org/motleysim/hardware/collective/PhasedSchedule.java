package org.motleysim.hardware.collective;

import java.util.Arrays;
import java.util.List;

/** One schedule after another, each among groups of ranks that are a stride apart. */
final class PhasedSchedule implements CollectiveSchedule {
    /**
     * One of them.
     *
     * @param schedule of one group
     * @param size ranks of a group
     * @param stride between them
     * @param leaders whether only the group of rank 0 and its like at higher levels takes part: ranks that are a multiple of the stride
     */
    record Phase(CollectiveSchedule schedule, int size, int stride, boolean leaders) {
        Phase(CollectiveSchedule schedule, int size, int stride) {
            this(schedule, size, stride, false);
        }
    }

    private final Phase[] phases;
    private final int[] phaseOf; // by step
    private final int[] firstStep; // by phase

    PhasedSchedule(List<Phase> phases) {
        this.phases = phases.toArray(Phase[]::new);
        this.firstStep = new int[this.phases.length];
        int total = 0;
        for (int i = 0; i < this.phases.length; i++) {
            firstStep[i] = total;
            total += this.phases[i].schedule.steps();
        }
        this.phaseOf = new int[total];
        for (int i = 0; i < this.phases.length; i++) {
            int end = i + 1 < firstStep.length ? firstStep[i + 1] : total;
            Arrays.fill(phaseOf, firstStep[i], end, i);
        }
    }

    @Override
    public int steps() {
        return phaseOf.length;
    }

    @Override
    public void step(int rank, int step, Step into) {
        int index = phaseOf[step];
        Phase phase = phases[index];
        if (phase.leaders && rank % phase.stride != 0) {
            return;
        }
        int inGroup = rank / phase.stride % phase.size;
        into.enter(rank - inGroup * phase.stride, phase.stride);
        phase.schedule.step(inGroup, step - firstStep[index], into);
    }

    @Override
    public boolean joint(int step) {
        int index = phaseOf[step];
        return phases[index].schedule.joint(step - firstStep[index]);
    }

    @Override
    public boolean symmetric(int... levels) {
        for (Phase phase : phases) {
            int[] inside = within(levels, phase.stride, phase.size);
            if (phase.leaders || inside.length == 0 || !phase.schedule.symmetric(inside)) {
                return false;
            }
        }
        return true;
    }

    /** The levels that a group of this size and stride spans; none if it cuts through one. */
    private static int[] within(int[] levels, int stride, int size) {
        int below = 1;
        int from = 0;
        while (from < levels.length && below < stride) {
            below *= levels[from++];
        }
        int span = 1;
        int to = from;
        while (to < levels.length && span < size) {
            span *= levels[to++];
        }
        return below == stride && span == size ? Arrays.copyOfRange(levels, from, to) : new int[0];
    }
}
