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
    },

    LEAST_TOKENS {
        @Override
        public Replica route(RoutedRequest request, Replicas replicas) {
            return replicas.byLowest(Replica::outstandingTokens);
        }
    },

    POWER_OF_TWO {
        @Override
        public Replica route(RoutedRequest request, Replicas replicas) {
            int size = replicas.size();
            int first = replicas.random().nextInt(size);
            if (size == 1) {
                return replicas.get(first);
            }
            int second = replicas.random().nextInt(size - 1);
            second += second >= first ? 1 : 0;
            Replica one = replicas.get(first);
            Replica other = replicas.get(second);
            return other.outstanding() < one.outstanding() ? other : one;
        }
    },

    PREFIX_AWARE {
        @Override
        public Replica route(RoutedRequest request, Replicas replicas) {
            return replicas.byLowest(replica -> replica.outstandingSeconds()
                    + replica.estimateSeconds(request)
                    - replica.cachedTokens(request) * replica.secondsPerPromptToken());
        }
    },

    COST_AWARE {
        @Override
        public Replica route(RoutedRequest request, Replicas replicas) {
            return replicas.byLowest(replica ->
                    replica.costPerToken() * (replica.outstandingSeconds() + replica.estimateSeconds(request)));
        }
    };

    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
