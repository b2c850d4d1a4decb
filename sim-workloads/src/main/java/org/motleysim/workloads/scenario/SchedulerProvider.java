package org.motleysim.workloads.scenario;

import org.motleysim.workloads.graph.Scheduler;

/** Names a {@link Scheduler} of your own for scenario files: {@code "scheduler": "acme.learned"}. */
public interface SchedulerProvider extends PolicyProvider<Scheduler> {}
