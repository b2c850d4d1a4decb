package org.motleysim.workloads.scenario;

import org.motleysim.hardware.cost.CostModel;

/** Names a {@link CostModel} of your own for scenario files: {@code "costModel": "acme.measured"}. */
public interface CostModelProvider extends PolicyProvider<CostModel> {}
