package org.motleysim.workloads.federated.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.population.DeviceClass;
import org.motleysim.hardware.population.DeviceTable;
import org.motleysim.hardware.population.PopulationModel;
import org.motleysim.workloads.federated.population.ClientPopulation;
import org.motleysim.workloads.federated.population.Clients;
import org.motleysim.workloads.federated.population.DataVolume;

/** Asynchronous learning without delay is sequential stochastic gradient descent, bit for bit. */
class SequentialTest {
    private static final SyntheticData DATA = new SyntheticData(4, 6, 3, 0.3, 50);
    private static final double RATE = 0.07;
    private static final int BATCH = 8;

    private static Clients clients(RandomStreams streams) {
        var device = new DeviceClass(
                "d", 1, FlopRate.of(1), Bytes.of(1), Bandwidth.of(1), Bandwidth.of(1), Optional.empty());
        return ClientPopulation.of(PopulationModel.of(DeviceTable.of(List.of(device))), 20)
                .with(DataVolume.constant(24))
                .draw(streams, Bytes.ZERO);
    }

    @Test
    void mix_rateOneWithoutDelay_isSequentialDescent() {
        for (Model model : List.of(new Model.Softmax(), new Model.Mlp(5))) {
            RandomStreams streams = RandomStreams.of(9);
            Clients clients = clients(streams);
            var run = (TrainingRun) RealLearning.of(model, DATA, RATE).bind(clients, 2, 1, BATCH, streams);
            double[] own = run.parameters(0);
            LearningData.Source data = DATA.bind(clients, streams);
            for (int task = 0; task < 40; task++) {
                int client = task * 7 % 20;
                run.begin(task % 2, client, 0, 3);
                run.keep(task % 2, 0, 1, 1);
                run.mix(0, 0, 1);
                descend(model, own, data.of(client), streams.stream("federated/learning/sgd", task));
                assertArrayEquals(own, run.parameters(0), 0, model + ", task " + task);
            }
        }
    }

    /** Sequential descent as a textbook writes it: three steps of eight samples in a random order. */
    private static void descend(Model model, double[] w, LearningData.Samples samples, RandomStream draws) {
        int count = samples.labels().length;
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        for (int i = count - 1; i > 0; i--) {
            int other = draws.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[other];
            order[other] = swap;
        }
        Model.Pass pass = model.pass(DATA.features(), DATA.classes());
        for (int step = 0; step < 3; step++) {
            double[] gradient = new double[w.length];
            for (int i = 0; i < BATCH; i++) {
                int sample = order[step * BATCH + i];
                pass.gradient(w, samples.features(), sample * DATA.features(), samples.labels()[sample], gradient);
            }
            for (int p = 0; p < w.length; p++) {
                w[p] -= RATE / BATCH * gradient[p];
            }
        }
    }

    @Test
    void gradient_eachParameter_isTheSlopeOfTheLoss() {
        RandomStream draws = RandomStreams.of(1).stream("test");
        for (Model model : List.of(new Model.Softmax(), new Model.Mlp(5))) {
            double[] w = new double[model.parameters(6, 4)];
            double[] x = new double[6];
            java.util.Arrays.setAll(w, i -> draws.nextGaussian() / 3);
            java.util.Arrays.setAll(x, i -> draws.nextGaussian());
            Model.Pass pass = model.pass(6, 4);
            double[] gradient = new double[w.length];
            pass.gradient(w, x, 0, 2, gradient);
            for (int p = 0; p < w.length; p++) {
                double h = 1e-6;
                double[] up = w.clone();
                up[p] += h;
                double[] down = w.clone();
                down[p] -= h;
                double slope = (pass.loss(up, x, 0, 2) - pass.loss(down, x, 0, 2)) / (2 * h);
                assertEquals(slope, gradient[p], 1e-7, model + ", parameter " + p);
            }
        }
    }

    @Test
    void average_oneUpdate_isThatUpdate() {
        RandomStreams streams = RandomStreams.of(2);
        var run = (TrainingRun)
                RealLearning.of(new Model.Softmax(), DATA, RATE).bind(clients(streams), 2, 2, BATCH, streams);
        run.begin(0, 3, 0, 5);
        run.begin(1, 3, 0, 5);
        run.keep(0, 0, 17, 1);
        run.average(0, 1);
        run.keep(1, 0, 17, 1);
        double[] one = run.parameters(1);
        run.merge(new int[] {1}, new double[] {17}, 0);
        assertArrayEquals(one, run.parameters(0), 0);
    }
}
