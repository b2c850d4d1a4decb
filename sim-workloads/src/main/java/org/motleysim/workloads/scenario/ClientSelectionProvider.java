package org.motleysim.workloads.scenario;

import org.motleysim.workloads.federated.ClientSelection;

/** Names a {@link ClientSelection} of your own for scenario files: {@code "selection": "acme.fullest-battery"}. */
public interface ClientSelectionProvider extends PolicyProvider<ClientSelection> {}
