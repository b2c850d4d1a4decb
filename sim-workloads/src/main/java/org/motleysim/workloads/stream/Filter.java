package org.motleysim.workloads.stream;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which samples a stage lets pass: its 2x2 table of relevant and irrelevant, kept and rejected. */
public sealed interface Filter {
    /** Returns the share of the relevant samples that pass, when so many of both come each second. */
    double keepRelevant(double relevantPerSecond, double irrelevantPerSecond);

    /** Returns the share of the irrelevant samples that pass, when so many of both come each second. */
    double keepIrrelevant(double relevantPerSecond, double irrelevantPerSecond);

    /** Returns a stage that lets everything pass. */
    static Filter none() {
        return new Rates(1, 1);
    }

    /** Returns a stage that keeps these shares. */
    static Filter rates(double relevant, double irrelevant) {
        return new Rates(relevant, irrelevant);
    }

    /** Returns a stage that keeps one of so many samples, relevant or not. */
    static Filter blind(double reduction) {
        return new Rates(1 / reduction, 1 / reduction);
    }

    /**
     * Returns a stage that keeps one of so many samples: those of the highest scores.
     *
     * @param reduction of how many one passes, one or more
     * @param relevantScores a sample of the scores that relevant samples get, one or more
     * @param irrelevantScores the same of irrelevant samples
     */
    static Scores scores(double reduction, double[] relevantScores, double[] irrelevantScores) {
        return new Scores(reduction, relevantScores, irrelevantScores);
    }

    /**
     * Shares that do not depend on what comes.
     *
     * @param relevant share that passes, 0 to 1
     * @param irrelevant share that passes, 0 to 1
     */
    record Rates(double relevant, double irrelevant) implements Filter {
        /** @throws IllegalArgumentException if a share is not from 0 to 1 */
        public Rates {
            if (!(relevant >= 0 && relevant <= 1 && irrelevant >= 0 && irrelevant <= 1)) {
                throw new IllegalArgumentException("shares that pass (" + relevant + " of the relevant, " + irrelevant
                        + " of the irrelevant) must be from 0 to 1");
            }
        }

        @Override
        public double keepRelevant(double relevantPerSecond, double irrelevantPerSecond) {
            return relevant;
        }

        @Override
        public double keepIrrelevant(double relevantPerSecond, double irrelevantPerSecond) {
            return irrelevant;
        }
    }

    /**
     * A threshold on a score, set so that of all that comes one in {@code reduction} passes: {@code n N(t) + s S(t) = (1 - 1 / r) (n + s)},
     * where N and S are the distributions of the scores of irrelevant and relevant samples.
     */
    final class Scores implements Filter {
        private final double reduction;
        private final double[] relevant;
        private final double[] irrelevant;

        private Scores(double reduction, double[] relevant, double[] irrelevant) {
            if (!(reduction >= 1 && reduction < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("reduction (" + reduction + ") must be finite, one or more");
            }
            if (relevant.length == 0 || irrelevant.length == 0) {
                throw new IllegalArgumentException("scores (" + relevant.length + " and " + irrelevant.length
                        + ") must be one or more of each kind");
            }
            this.reduction = reduction;
            this.relevant = relevant.clone();
            this.irrelevant = irrelevant.clone();
            Arrays.sort(this.relevant);
            Arrays.sort(this.irrelevant);
        }

        @Override
        public double keepRelevant(double relevantPerSecond, double irrelevantPerSecond) {
            return 1 - below(relevant, threshold(relevantPerSecond, irrelevantPerSecond));
        }

        @Override
        public double keepIrrelevant(double relevantPerSecond, double irrelevantPerSecond) {
            return 1 - below(irrelevant, threshold(relevantPerSecond, irrelevantPerSecond));
        }

        private double threshold(double relevantPerSecond, double irrelevantPerSecond) {
            double rejected = (1 - 1 / reduction) * (relevantPerSecond + irrelevantPerSecond);
            double low = Math.min(relevant[0], irrelevant[0]);
            double high = Math.max(relevant[relevant.length - 1], irrelevant[irrelevant.length - 1]);
            for (int i = 0; i < 100; i++) {
                double middle = 0.5 * (low + high);
                double below =
                        irrelevantPerSecond * below(irrelevant, middle) + relevantPerSecond * below(relevant, middle);
                if (below < rejected) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return high;
        }

        /** The share of scores below a value, by straight lines between the sorted scores. */
        private static double below(double[] sorted, double value) {
            int at = Arrays.binarySearch(sorted, value);
            int next = at >= 0 ? at : -at - 1;
            if (next == 0) {
                return 0;
            }
            if (next == sorted.length) {
                return 1;
            }
            double gap = sorted[next] - sorted[next - 1];
            double part = gap > 0 ? (value - sorted[next - 1]) / gap : 0;
            return (next - 1 + part) / (sorted.length - 1);
        }

        /** Returns of how many samples one passes. */
        public double reduction() {
            return reduction;
        }

        /** Returns the scores of relevant samples, in rising order. */
        public List<Double> relevantScores() {
            return Arrays.stream(relevant).boxed().toList();
        }

        /** Returns the scores of irrelevant samples, in rising order. */
        public List<Double> irrelevantScores() {
            return Arrays.stream(irrelevant).boxed().toList();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Scores scores
                    && reduction == scores.reduction
                    && Arrays.equals(relevant, scores.relevant)
                    && Arrays.equals(irrelevant, scores.irrelevant);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(relevant) + Arrays.hashCode(irrelevant);
        }

        @Override
        public String toString() {
            return "Scores[1 of " + reduction + "]";
        }
    }
}
