package org.motleysim.workloads.scenario;

import org.motleysim.hardware.power.Governor;

/** Names a {@link Governor} of your own for scenario files: {@code "governor": "acme.careful"}. */
public interface GovernorProvider extends PolicyProvider<Governor> {}
