package org.motleysim.workloads.federated;

/** Policies that come with Motley. */
public sealed interface Selections extends ClientSelection {
    /** Returns whether the policy needs what was learnt from a client, which costs 12 bytes for each. */
    default boolean remembers() {
        return false;
    }

    /** All free clients equally likely. */
    record Random() implements Selections {
        @Override
        public int choose(Candidates candidates, int wanted, int[] chosen) {
            for (int i = 0; i < wanted; i++) {
                chosen[i] = candidates.draw();
                if (chosen[i] < 0) {
                    return i;
                }
            }
            return wanted;
        }
    }

    /**
     * Oort (Lai et al., OSDI 2021, algorithm 1): most are those of the highest utility among the clients that are known, the rest are new. The
     * utility is the statistical one, plus a bonus for a long absence {@code sqrt(0.1 ln(version) / last)}, times
     * {@code (preferred / time)^penalty} for those slower than the preferred duration. Chosen at random among those above a cut-off share of the
     * lowest of the best.
     *
     * @param exploration share of new clients at first, from 0 to 1; 0.9 in the paper
     * @param decay by which it shrinks with each version; 0.98 in the paper
     * @param leastExploration below which it does not shrink; 0.2 in the paper
     * @param preferredSeconds duration of a task above which a client is penalised
     * @param penalty exponent alpha; 2 in the paper
     */
    record Utility(double exploration, double decay, double leastExploration, double preferredSeconds, double penalty)
            implements Selections {
        /** @throws IllegalArgumentException if a number is out of range */
        public Utility {
            share("exploration", exploration);
            share("decay", decay);
            share("leastExploration", leastExploration);
            if (!(preferredSeconds > 0 && penalty >= 0)) {
                throw new IllegalArgumentException("preferredSeconds (" + preferredSeconds
                        + ") must be above zero, and penalty (" + penalty + ") zero or more");
            }
        }

        @Override
        public boolean remembers() {
            return true;
        }

        @Override
        public int choose(Candidates candidates, int wanted, int[] chosen) {
            double explore =
                    Math.max(leastExploration, exploration * StrictMath.pow(decay, (double) candidates.version()));
            int known = candidates.explored() == 0 ? 0 : wanted - (int) Math.round(explore * wanted);
            int taken = known == 0 ? 0 : exploit(candidates, known, chosen);
            // New ones: whoever is free and was never asked, then whoever is free.
            int[] others = new int[wanted - taken];
            int[] drawn = new int[others.length];
            int fresh = 0;
            int used = 0;
            for (int tries = 0; fresh < others.length && tries < 4 * others.length + 8; tries++) {
                int client = candidates.draw();
                if (client < 0) {
                    break;
                }
                if (candidates.participations(client) == 0) {
                    others[fresh++] = client;
                } else if (used < drawn.length) {
                    drawn[used++] = client;
                }
            }
            for (int i = 0; i < fresh; i++) {
                chosen[taken++] = others[i];
            }
            for (int i = 0; i < used && taken < wanted; i++) {
                chosen[taken++] = drawn[i];
            }
            while (taken < wanted) {
                int client = candidates.draw();
                if (client < 0) {
                    break;
                }
                chosen[taken++] = client;
            }
            return taken;
        }

        private int exploit(Candidates candidates, int wanted, int[] chosen) {
            int free = 0;
            int[] clients = new int[candidates.explored()];
            double[] scores = new double[clients.length];
            for (int i = 0; i < clients.length; i++) {
                int client = candidates.exploredClient(i);
                if (candidates.isFree(client)) {
                    clients[free] = client;
                    scores[free++] = score(candidates, client);
                }
            }
            if (free == 0) {
                return 0;
            }
            double[] ranked = java.util.Arrays.copyOf(scores, free);
            java.util.Arrays.sort(ranked);
            double cut = 0.95 * ranked[Math.max(0, free - wanted)]; // the paper's cut-off utility, c = 95%
            int[] pool = new int[free];
            int kept = 0;
            for (int i = 0; i < free; i++) {
                if (scores[i] >= cut) {
                    pool[kept] = i;
                    kept++;
                }
            }
            int taken = 0;
            while (taken < wanted && kept > 0) {
                int pick = byScore(candidates.random().nextDouble(), pool, kept, scores);
                chosen[taken++] = clients[pool[pick]];
                pool[pick] = pool[--kept];
            }
            return taken;
        }

        private static int byScore(double share, int[] pool, int kept, double[] scores) {
            double sum = 0;
            for (int i = 0; i < kept; i++) {
                sum += scores[pool[i]];
            }
            double left = share * sum;
            for (int i = 0; i < kept - 1; i++) {
                left -= scores[pool[i]];
                if (left < 0) {
                    return i;
                }
            }
            return kept - 1;
        }

        private double score(Candidates candidates, int client) {
            double last = Math.max(1, (double) candidates.utilityVersion(client));
            double utility = candidates.utility(client)
                    + Math.sqrt(0.1 * StrictMath.log(Math.max(1, (double) candidates.version())) / last);
            double seconds = candidates.expectedSeconds(client);
            return seconds > preferredSeconds ? utility * StrictMath.pow(preferredSeconds / seconds, penalty) : utility;
        }

        private static void share(String name, double value) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException(name + " (" + value + ") must be from 0 to 1");
            }
        }
    }

    /**
     * Of some free clients those whose battery suffers least: what is left of it after the task, less the energy of the task over that of the
     * costliest (after EAFL: Arouj and Abdelmoniem, 2022).
     *
     * @param pool clients drawn for each that is wanted, one or more
     */
    record EnergyAware(int pool) implements Selections {
        /** @throws IllegalArgumentException if the pool is less than one */
        public EnergyAware {
            atLeastOne("pool", pool);
        }

        @Override
        public int choose(Candidates candidates, int wanted, int[] chosen) {
            return candidates.best(
                    pool * wanted,
                    wanted,
                    chosen,
                    client -> candidates.batteryShare(client) / Math.max(1e-12, candidates.expectedJoules(client)));
        }
    }

    /**
     * Power of choice (Cho, Wang and Joshi, 2020): of some free clients those with the highest local loss, as far as it is known from their last
     * update; those that are not known come first.
     *
     * @param pool clients drawn for each that is wanted, one or more
     */
    record PowerOfChoice(int pool) implements Selections {
        /** @throws IllegalArgumentException if the pool is less than one */
        public PowerOfChoice {
            atLeastOne("pool", pool);
        }

        @Override
        public boolean remembers() {
            return true;
        }

        @Override
        public int choose(Candidates candidates, int wanted, int[] chosen) {
            return candidates.best(pool * wanted, wanted, chosen, client -> {
                double utility = candidates.utility(client);
                return Double.isNaN(utility) ? Double.POSITIVE_INFINITY : utility / candidates.samples(client);
            });
        }
    }

    /**
     * Of some free clients those that took part least often.
     *
     * @param pool clients drawn for each that is wanted, one or more
     */
    record LeastOften(int pool) implements Selections {
        /** @throws IllegalArgumentException if the pool is less than one */
        public LeastOften {
            atLeastOne("pool", pool);
        }

        @Override
        public int choose(Candidates candidates, int wanted, int[] chosen) {
            return candidates.best(pool * wanted, wanted, chosen, client -> -candidates.participations(client));
        }
    }

    /**
     * Of some free clients those that are expected to be done first.
     *
     * @param pool clients drawn for each that is wanted, one or more
     */
    record Fastest(int pool) implements Selections {
        /** @throws IllegalArgumentException if the pool is less than one */
        public Fastest {
            atLeastOne("pool", pool);
        }

        @Override
        public int choose(Candidates candidates, int wanted, int[] chosen) {
            return candidates.best(pool * wanted, wanted, chosen, client -> -candidates.expectedSeconds(client));
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " (" + value + ") must be at least 1");
        }
    }
}
