package org.motleysim.examples;

import java.util.Optional;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.graph.Dispatcher;
import org.motleysim.workloads.graph.GraphJob;
import org.motleysim.workloads.graph.Scheduler;
import org.motleysim.workloads.graph.Task;
import org.motleysim.workloads.graph.TaskGraph;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.schedule.Schedulers;

/** A task graph on unlike devices under HEFT and under a scheduler of your own: a linear score of three features, as a learner would give. */
public final class LearnedScheduler {
    private LearnedScheduler() {}

    /** Prints both makespans. */
    public static void main(String[] arguments) {
        System.out.printf("HEFT     %.2f ms%n", makespanMillis(Schedulers.heft()));
        System.out.printf("learned  %.2f ms%n", makespanMillis(learned(1.0, 0.5, 0.1)));
    }

    /** Takes the pair of task and idle device with the least weighted sum of finish time, waiting for inputs, and work left behind. */
    static Dispatcher learned(double finish, double inputs, double urgency) {
        return view -> {
            Optional<Dispatcher.Choice> best = Optional.empty();
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < view.readyCount(); i++) {
                for (int device = 0; device < view.platform().devices(); device++) {
                    int task = view.ready(i);
                    double score = finish * view.finishSeconds(task, device)
                            + inputs * view.inputSeconds(task, device)
                            - urgency * view.upwardRank(task);
                    if (view.backlog(device) == 0 && score < least) {
                        least = score;
                        best = Optional.of(new Dispatcher.Choice(task, device));
                    }
                }
            }
            return best;
        };
    }

    static Scenario scenario(Scheduler scheduler) {
        Catalog catalog = Catalog.builtIn();
        Cluster cluster = Cluster.builder("2 EPYC + 1 L4")
                .add("epyc", 2, catalog.device("amd-epyc-7742"))
                .add("l4", 1, catalog.device("nvidia-l4-24gb"))
                .price(PriceModel.free())
                .build();
        return Scenario.of(cluster, GraphJob.of(wavefront(8), scheduler).build())
                .name("wavefront")
                .build();
    }

    private static double makespanMillis(Scheduler scheduler) {
        return scenario(scheduler).run().metrics().value("makespan") * 1_000;
    }

    /** A square of blocks of a matrix, each of which needs the one above and the one to its left. */
    private static TaskGraph wavefront(int side) {
        TaskGraph.Builder graph = TaskGraph.builder("wavefront");
        Kernel block = Kernel.gemm(2_048, 2_048, 2_048, NumberFormat.FP32);
        for (int i = 0; i < side * side; i++) {
            graph.add(new Task.Compute("block-" + i / side + "-" + i % side, block));
            if (i >= side) {
                graph.edge(i - side, i, Bytes.mebibytes(16));
            }
            if (i % side > 0) {
                graph.edge(i - 1, i, Bytes.mebibytes(16));
            }
        }
        return graph.build();
    }
}
