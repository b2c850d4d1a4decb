package org.motleysim.workloads.scenario;

import org.motleysim.workloads.llm.batching.Batching;

/** Names a {@link Batching} of your own for scenario files: {@code "batching": {"kind": "acme.tiered", "levels": "3"}}. */
public interface BatchingProvider extends PolicyProvider<Batching> {}
