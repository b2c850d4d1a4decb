package org.motleysim.workloads.scenario;

import org.motleysim.workloads.llm.routing.Routing;

/** Names a {@link Routing} of your own for scenario files: {@code "routing": "acme.cheapest"}. */
public interface RoutingProvider extends PolicyProvider<Routing> {}
