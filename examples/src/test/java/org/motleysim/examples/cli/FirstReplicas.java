package org.motleysim.examples.cli;

import java.util.Map;
import java.util.Optional;
import org.motleysim.workloads.llm.routing.Replica;
import org.motleysim.workloads.llm.routing.Replicas;
import org.motleysim.workloads.llm.routing.RoutedRequest;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.RoutingProvider;

/** A router of the test's own, under a name that scenario files can use. */
public final class FirstReplicas implements RoutingProvider {
    record FirstOf(int replicas) implements Routing {
        @Override
        public Replica route(RoutedRequest request, Replicas all) {
            return all.get((int) (all.routed() % replicas));
        }
    }

    @Override
    public String name() {
        return "test.first-of";
    }

    @Override
    public Routing create(Map<String, String> options) {
        return new FirstOf(Integer.parseInt(options.getOrDefault("replicas", "1")));
    }

    @Override
    public Optional<Map<String, String>> describe(Routing routing) {
        return routing instanceof FirstOf first
                ? Optional.of(Map.of("replicas", String.valueOf(first.replicas())))
                : Optional.empty();
    }
}
