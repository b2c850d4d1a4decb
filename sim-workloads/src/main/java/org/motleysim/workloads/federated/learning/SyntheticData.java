package org.motleysim.workloads.federated.learning;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.workloads.federated.population.Clients;

/**
 * Gaussian classes, unequally spread over clients. Class c has a mean whose features are normal with deviation
 * {@code separation / sqrt(features)}; a sample is its class's mean plus standard normal noise. Each client draws its own mixture of classes
 * from a symmetric Dirichlet law (Hsu, Qi and Brown, 2019): the smaller alpha, the fewer classes it has. How many samples a client has is in its
 * {@link org.motleysim.workloads.federated.population.DataVolume}. The test samples have all classes equally.
 *
 * @param classes two or more
 * @param features one or more
 * @param separation of the means, above zero
 * @param alpha of the Dirichlet law, above zero
 * @param testSamples one or more
 */
public record SyntheticData(int classes, int features, double separation, double alpha, int testSamples)
        implements LearningData {
    private static final long CACHED_DOUBLES = 48_000_000;

    /** @throws IllegalArgumentException if a number is out of range */
    public SyntheticData {
        if (classes < 2 || features < 1 || testSamples < 1) {
            throw new IllegalArgumentException("classes (" + classes + ") must be at least 2, features (" + features
                    + ") and testSamples (" + testSamples + ") at least 1");
        }
        if (!(separation > 0
                && separation < Double.POSITIVE_INFINITY
                && alpha > 0
                && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "separation (" + separation + ") and alpha (" + alpha + ") must be above zero");
        }
    }

    @Override
    public List<String> problems(int clients) {
        return List.of();
    }

    @Override
    public Source bind(Clients clients, RandomStreams streams) {
        return new Drawn(this, clients, streams);
    }

    private static final class Drawn implements Source {
        private final SyntheticData law;
        private final Clients clients;
        private final RandomStreams streams;
        private final double[] means;
        private final Distribution gamma;
        private final AtomicReferenceArray<Samples> known;

        Drawn(SyntheticData law, Clients clients, RandomStreams streams) {
            this.law = law;
            this.clients = clients;
            this.streams = streams;
            this.gamma = Distribution.gamma(law.alpha, 1);
            this.means = new double[law.classes * law.features];
            RandomStream draws = streams.stream("federated/learning/means");
            double deviation = law.separation / Math.sqrt(law.features);
            for (int i = 0; i < means.length; i++) {
                means[i] = deviation * draws.nextGaussian();
            }
            long doubles = 0;
            for (int i = 0; i < clients.size() && doubles <= CACHED_DOUBLES; i++) {
                doubles += (long) clients.samples(i) * law.features;
            }
            this.known = new AtomicReferenceArray<>(doubles <= CACHED_DOUBLES ? clients.size() : 0);
        }

        @Override
        public Samples of(int client) {
            if (known.length() == 0) {
                return draw(client);
            }
            Samples have = known.get(client);
            if (have == null) {
                have = draw(client); // two threads would draw the same
                known.set(client, have);
            }
            return have;
        }

        private Samples draw(int client) {
            RandomStream draws = streams.stream("federated/learning/data", client);
            double[] share = new double[law.classes];
            double sum = 0;
            for (int c = 0; c < share.length; c++) {
                share[c] = gamma.quantile(draws.nextOpen());
                sum += share[c];
            }
            int[] labels = new int[clients.samples(client)];
            double[] features = new double[labels.length * law.features];
            for (int i = 0; i < labels.length; i++) {
                double left = draws.nextDouble() * sum;
                int label = 0;
                while (label < share.length - 1 && left >= share[label]) {
                    left -= share[label++];
                }
                labels[i] = label;
                sample(features, i, label, draws);
            }
            return new Samples(features, labels);
        }

        private void sample(double[] features, int index, int label, RandomStream draws) {
            for (int f = 0; f < law.features; f++) {
                features[index * law.features + f] = means[label * law.features + f] + draws.nextGaussian();
            }
        }

        @Override
        public Samples test() {
            RandomStream draws = streams.stream("federated/learning/test");
            int[] labels = new int[law.testSamples];
            double[] features = new double[labels.length * law.features];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = i % law.classes;
                sample(features, i, labels[i], draws);
            }
            return new Samples(features, labels);
        }
    }
}
