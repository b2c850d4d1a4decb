package org.motleysim.workloads.scenario;

import org.motleysim.hardware.power.PowerModel;

/** Names a {@link PowerModel} of your own for scenario files: {@code "model": "acme.measured"}. */
public interface PowerModelProvider extends PolicyProvider<PowerModel> {}
