package org.motleysim.workloads;

import org.motleysim.core.engine.Simulation;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.core.trace.TraceSink;
import org.motleysim.hardware.cluster.BoundCluster;

/**
 * What a workload finds when it is bound to a run.
 *
 * @param simulation the clock and the pending events
 * @param cluster the machines
 * @param streams all randomness of the run; a workload puts its own name before the names of its streams
 * @param trace the timeline, {@link TraceSink#none} when nobody asked for one
 * @param warmupNanos what happens before this instant is left out of latencies and rates
 * @param horizonNanos when the run stops; {@link Long#MAX_VALUE} when it runs until all work is done
 */
public record RunContext(
        Simulation simulation,
        BoundCluster cluster,
        RandomStreams streams,
        TraceSink trace,
        long warmupNanos,
        long horizonNanos) {}
