package org.motleysim.core.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.moment.Mean;

/**
 * The best of many variants without running all of them often: run all a little, keep the better part, run that more, and so on (Jamieson
 * and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", AISTATS 2016). Runs of earlier rounds count in
 * later ones.
 *
 * @param variants two or more
 * @param objective what is wanted
 * @param replications of each variant in the first round, 1 or more; each round doubles the total
 * @param seed all seeds derive from it; variants share them
 * @param threads how many runs at the same time
 */
public record SuccessiveHalving(List<Variant> variants, Objective objective, int replications, long seed, int threads) {

    /**
     * A round.
     *
     * @param replications of each variant, those of earlier rounds among them
     * @param ranking the names of the variants that took part, the best first
     * @param means of the metric, in the order of the ranking; NaN when all runs of a variant failed or measured none
     */
    public record Round(int replications, List<String> ranking, List<Double> means) {
        /** Keeps its own lists. */
        public Round {
            ranking = List.copyOf(ranking);
            means = List.copyOf(means);
        }
    }

    /**
     * What was found.
     *
     * @param best the variant that is left
     * @param rounds all rounds, in order
     * @param runs how many runs it took
     */
    public record Found(Variant best, List<Round> rounds, long runs) {
        /** Keeps its own list. */
        public Found {
            rounds = List.copyOf(rounds);
        }
    }

    private static final class Contender {
        private final Variant variant;
        private final Mean cost = new Mean();

        Contender(Variant variant) {
            this.variant = variant;
        }

        double mean(Objective objective) {
            return cost.getN() == 0 ? Double.NaN : objective.cost(cost.getResult());
        }

        /** A variant of which nothing is known comes last. */
        double rank() {
            return cost.getN() == 0 ? Double.POSITIVE_INFINITY : cost.getResult();
        }
    }

    /** @throws IllegalArgumentException if a number is out of its range */
    public SuccessiveHalving {
        variants = List.copyOf(variants);
        if (variants.size() < 2 || replications < 1 || threads < 1) {
            throw new IllegalArgumentException("variants (" + variants.size() + ") must be 2 or more, replications ("
                    + replications + ") and threads (" + threads + ") 1 or more");
        }
    }

    /**
     * Searches.
     *
     * @throws IllegalArgumentException if no variant measures the metric
     */
    public Found run() {
        try {
            return run(StepRunner.inMemory());
        } catch (IOException e) {
            throw new UncheckedIOException("the search broke off", e);
        }
    }

    /**
     * Searches; each round is a step.
     *
     * @throws IOException when a step cannot be stored
     * @throws IllegalArgumentException if no variant measures the metric
     */
    public Found run(StepRunner runner) throws IOException {
        List<Contender> left = new ArrayList<>();
        variants.forEach(variant -> left.add(new Contender(variant)));
        List<Round> rounds = new ArrayList<>();
        long runs = 0;
        int done = 0;
        int total = replications;
        while (left.size() > 1) {
            Experiment.Builder round = Experiment.named("halving")
                    .variants(left.stream().map(each -> each.variant).toList())
                    .stop(StoppingRule.replications(total - done))
                    .firstReplication(done)
                    .seed(seed)
                    .threads(threads);
            if (rounds.isEmpty()) {
                round.wanted(List.of(objective.metric()));
            }
            ExperimentResult result = runner.run("round-" + (rounds.size() + 1), round);
            runs += result.runs();
            for (int i = 0; i < left.size(); i++) {
                for (double value : result.values(i, objective.metric())) {
                    if (!Double.isNaN(value)) {
                        left.get(i).cost.increment(objective.cost(value));
                    }
                }
            }
            left.sort(Comparator.comparingDouble(Contender::rank)); // stable: ties stay in the order of the variants
            rounds.add(new Round(
                    total,
                    left.stream().map(each -> each.variant.name()).toList(),
                    left.stream().map(each -> each.mean(objective)).toList()));
            left.subList((left.size() + 1) / 2, left.size()).clear();
            done = total;
            total = Math.multiplyExact(2, total);
        }
        return new Found(left.get(0).variant, rounds, runs);
    }
}
