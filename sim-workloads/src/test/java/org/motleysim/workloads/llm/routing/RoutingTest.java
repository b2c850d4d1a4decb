package org.motleysim.workloads.llm.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.device.DeviceSpec;

class RoutingTest {
    @Test
    void leastTokens_takesTheFewest() {
        Fleet fleet = new Fleet(3);
        fleet.outstandingTokens = new long[] {500, 20, 20};
        assertEquals(1, Routing.leastTokens().route(new Request(), fleet).index());
    }

    @Test
    void prefixAware_followsThePrefixUnlessThatReplicaHasMoreToDo() {
        Fleet fleet = new Fleet(2);
        fleet.cachedTokens = new int[] {0, 1_000};
        fleet.backlogSeconds = new double[] {0, 0.9}; // 1,000 tokens take a second
        assertEquals(1, Routing.prefixAware().route(new Request(), fleet).index());
        fleet.backlogSeconds = new double[] {0, 1.1};
        assertEquals(0, Routing.prefixAware().route(new Request(), fleet).index());
    }

    @Test
    void costAware_givesTheCheaperTwiceAsMuchAtHalfThePrice() {
        Fleet fleet = new Fleet(2);
        fleet.costPerToken = new double[] {2, 1};
        fleet.backlogSeconds = new double[] {1, 1.9};
        assertEquals(1, Routing.costAware().route(new Request(), fleet).index());
        fleet.backlogSeconds = new double[] {1, 2.1};
        assertEquals(0, Routing.costAware().route(new Request(), fleet).index());
    }

    /**
     * The least loaded of two different ones among n: that with rank r (0 the least) is taken with chance 2 (n - 1 - r) / (n (n - 1)).
     */
    @Test
    void powerOfTwo_takesEachRankWithItsChance() {
        Fleet fleet = new Fleet(5);
        fleet.outstanding = new int[] {4, 3, 2, 1, 0};
        int[] taken = new int[5];
        int draws = 100_000;
        for (int i = 0; i < draws; i++) {
            taken[Routing.powerOfTwo().route(new Request(), fleet).index()]++;
        }
        for (int i = 0; i < 5; i++) {
            assertEquals(2.0 * i / 20, taken[i] / (double) draws, 0.006, "rank " + (4 - i));
        }
    }

    @Test
    void roundRobin_goesInTurn() {
        Fleet fleet = new Fleet(3);
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            chosen.add(fleet.route(Routing.roundRobin()));
        }
        assertEquals(List.of(0, 1, 2, 0, 1, 2, 0), chosen);
    }

    @Test
    void leastOutstanding_takesTheFirstOfTheShortest() {
        Fleet fleet = new Fleet(4);
        fleet.outstanding = new int[] {2, 1, 1, 3};
        assertEquals(1, fleet.route(Routing.leastOutstanding()));
    }

    @Test
    void leastWork_countsTheRequestItself_soAnIdleSlowReplicaMayLose() {
        Fleet fleet = new Fleet(2);
        fleet.backlogSeconds = new double[] {1.0, 0.0};
        fleet.secondsPerRequest = new double[] {0.5, 2.0};
        assertEquals(0, fleet.route(Routing.leastWork()));
        fleet.backlogSeconds[0] = 1.6;
        assertEquals(1, fleet.route(Routing.leastWork()));
    }

    @Test
    void random_spreadsEvenly() {
        Fleet fleet = new Fleet(5);
        int[] counts = new int[5];
        int draws = 50_000;
        for (int i = 0; i < draws; i++) {
            counts[fleet.route(Routing.random())]++;
        }
        double expected = draws / 5.0;
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        assertTrue(chiSquare < 18.47, "chi-square with 4 degrees of freedom, 99.9%: " + chiSquare + ", seed 7");
    }

    @Test
    void lambda_choosesByItsOwnKey_andNaNIsWorst() {
        Fleet fleet = new Fleet(3);
        Routing mine = (request, replicas) ->
                replicas.byLowest(replica -> replica.index() == 0 ? Double.NaN : -replica.index());
        assertEquals(2, fleet.route(mine));
        assertEquals("custom", mine.label());
    }

    @Test
    void builtIn_haveTheLabelsOfScenarioFiles() {
        assertEquals(
                List.of(
                        "round-robin",
                        "random",
                        "least-outstanding",
                        "least-work",
                        "least-tokens",
                        "power-of-two",
                        "prefix-aware",
                        "cost-aware"),
                Routing.builtIn().stream().map(Routing::label).toList());
    }

    /** Replicas of which only what routers look at exists. */
    private static final class Fleet implements Replicas {
        private final RandomStream random = RandomStreams.of(7).stream("routing");
        private final int size;
        private long routed;
        int[] outstanding;
        long[] outstandingTokens;
        int[] cachedTokens;
        double[] costPerToken;
        double[] backlogSeconds;
        double[] secondsPerRequest;

        Fleet(int size) {
            this.size = size;
            this.outstanding = new int[size];
            this.outstandingTokens = new long[size];
            this.cachedTokens = new int[size];
            this.costPerToken = new double[size];
            this.backlogSeconds = new double[size];
            this.secondsPerRequest = new double[size];
        }

        int route(Routing routing) {
            int index = routing.route(new Request(), this).index();
            routed++;
            return index;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public Replica get(int index) {
            return new One(index);
        }

        @Override
        public long routed() {
            return routed;
        }

        @Override
        public RandomStream random() {
            return random;
        }

        private final class One implements Replica {
            private final int index;

            One(int index) {
                this.index = index;
            }

            @Override
            public int index() {
                return index;
            }

            @Override
            public String name() {
                return "r" + index;
            }

            @Override
            public DeviceSpec device() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int tensorParallel() {
                return 1;
            }

            @Override
            public int outstanding() {
                return outstanding[index];
            }

            @Override
            public int waiting() {
                return 0;
            }

            @Override
            public int running() {
                return 0;
            }

            @Override
            public long outstandingTokens() {
                return outstandingTokens[index];
            }

            @Override
            public double secondsPerPromptToken() {
                return 0.001;
            }

            @Override
            public int cachedTokens(RoutedRequest request) {
                return cachedTokens[index];
            }

            @Override
            public double kvOccupancy() {
                return 0;
            }

            @Override
            public double outstandingSeconds() {
                return backlogSeconds[index];
            }

            @Override
            public double estimateSeconds(RoutedRequest request) {
                return secondsPerRequest[index];
            }

            @Override
            public double costPerToken() {
                return costPerToken[index];
            }
        }
    }

    private record Request() implements RoutedRequest {
        @Override
        public long id() {
            return 0;
        }

        @Override
        public long arrivalNanos() {
            return 0;
        }

        @Override
        public int promptTokens() {
            return 1;
        }

        @Override
        public int outputTokens() {
            return 1;
        }
    }
}
