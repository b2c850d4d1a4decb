package org.motleysim.workloads.llm.routing;

import java.util.Locale;

/** The routers that come with Motley. */
enum BuiltInRouting implements Routing {
    ROUND_ROBIN {
        @Override
        public Replica route(RoutedRequest request, Replicas replicas) {
            return replicas.get((int) (replicas.routed() % replicas.size()));
        }
    },

    RANDOM {
        @Override
        public Replica route(RoutedRequest request, Replicas replicas) {
            return replicas.get(replicas.random().nextInt(replicas.size()));
        }
    },

    LEAST_OUTSTANDING {
        @Override
        public Replica route(RoutedRequest request, Replicas replicas) {
            return replicas.byLowest(Replica::outstanding);
        }
    },

    LEAST_WORK {
        @Override
        public Replica route(RoutedRequest request, Replicas replicas) {
            return replicas.byLowest(replica -> replica.outstandingSeconds() + replica.estimateSeconds(request));
        }
    };

    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
