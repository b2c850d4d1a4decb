package org.motleysim.workloads.scenario;

import org.motleysim.workloads.offload.OffloadPolicy;

/** Names an {@link OffloadPolicy} of your own for scenario files: {@code "policy": "acme.learned"}. */
public interface OffloadPolicyProvider extends PolicyProvider<OffloadPolicy> {}
