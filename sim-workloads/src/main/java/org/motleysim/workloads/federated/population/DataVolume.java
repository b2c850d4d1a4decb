package org.motleysim.workloads.federated.population;

import java.util.List;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.IndexedDraws;
import org.motleysim.core.random.RandomStreams;

/** How many samples each client has. */
public sealed interface DataVolume {
    /** Returns clients that all have as many. */
    static DataVolume constant(int samples) {
        return new Law(Distribution.constant(samples));
    }

    /** Returns the samples of each client, at least one, {@code bind(...).samples(client)}. */
    Draw bind(int clients, RandomStreams streams);

    /** The samples of clients in one run, a function of the seed and the client. */
    @FunctionalInterface
    interface Draw {
        /** Returns the samples of a client. */
        int samples(int client);
    }

    /**
     * Each client draws its number, which is rounded, and is at least one.
     *
     * @param samples law of the number
     */
    record Law(Distribution samples) implements DataVolume {
        @Override
        public Draw bind(int clients, RandomStreams streams) {
            IndexedDraws draws = streams.draws("federated/data-volume");
            return client -> rounded(samples.quantile(draws.open(client)));
        }
    }

    /**
     * As counted somewhere: so many clients have so many samples.
     *
     * @param bins of the histogram
     */
    record Histogram(List<Bin> bins) implements DataVolume {
        /**
         * Clients with so many samples.
         *
         * @param samples of each, one or more
         * @param clients how many, zero or more
         */
        public record Bin(int samples, double clients) {
            /** @throws IllegalArgumentException if a number is out of range */
            public Bin {
                if (samples < 1 || !(clients >= 0)) {
                    throw new IllegalArgumentException(
                            "samples (" + samples + ") must be at least 1 and clients (" + clients + ") zero or more");
                }
            }
        }

        /** @throws IllegalArgumentException if nobody has any */
        public Histogram {
            bins = List.copyOf(bins);
            if (!(bins.stream().mapToDouble(Bin::clients).sum() > 0)) {
                throw new IllegalArgumentException("histogram of data must have clients");
            }
        }

        @Override
        public Draw bind(int clients, RandomStreams streams) {
            return new Law(Distribution.empirical(
                            bins.stream().mapToDouble(Bin::samples).toArray(),
                            bins.stream().mapToDouble(Bin::clients).toArray()))
                    .bind(clients, streams);
        }
    }

    /**
     * A total that is split by a symmetric Dirichlet law: the shares are gamma numbers over their sum. The smaller alpha, the more unequal;
     * each client has at least one sample, so the sum differs from the total by the rounding.
     *
     * @param samples of all clients together
     * @param alpha of the law, more than zero
     */
    record Dirichlet(long samples, double alpha) implements DataVolume {
        /** @throws IllegalArgumentException if a number is not above zero */
        public Dirichlet {
            if (samples < 1 || !(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "samples (" + samples + ") and alpha (" + alpha + ") of a Dirichlet law must be above zero");
            }
        }

        @Override
        public Draw bind(int clients, RandomStreams streams) {
            IndexedDraws draws = streams.draws("federated/data-volume");
            Distribution gamma = Distribution.gamma(alpha, 1);
            double sum = 0;
            for (int client = 0; client < clients; client++) {
                sum += gamma.quantile(draws.open(client));
            }
            double perShare = samples / sum;
            return client -> rounded(perShare * gamma.quantile(draws.open(client)));
        }
    }

    private static int rounded(double samples) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, StrictMath.rint(samples)));
    }
}
