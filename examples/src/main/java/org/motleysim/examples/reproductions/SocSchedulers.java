package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.graph.ExecutionRules;
import org.motleysim.workloads.graph.GraphJob;
import org.motleysim.workloads.graph.JobMix;
import org.motleysim.workloads.graph.MeasuredTimes;
import org.motleysim.workloads.graph.Plan;
import org.motleysim.workloads.graph.Scheduler;
import org.motleysim.workloads.graph.Task;
import org.motleysim.workloads.graph.TaskGraph;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.schedule.Schedulers;

/** Paper 28, Sung et al.: DeepSoCS (Electronics 2020): schedulers of task graphs on a chip, with noise. A time unit is a microsecond here. */
final class SocSchedulers implements Reproduction {
    private static final double UNIT_SECONDS = 1e-6;

    @Override
    public String folder() {
        return "28-deep-socs";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        List<JsonNode> times = inputs.items("times");
        TaskGraph graph = graph(inputs, times.size());
        Cluster chip = chip(times.get(0).size());
        MeasuredTimes measured = measured(times);
        GraphJob alone = GraphJob.of(graph, Schedulers.heft()).times(measured).build();
        Plan plan = alone.plan(chip).orElseThrow();
        double[] ranks = alone.upwardRanks(chip);
        predictions.value("E28-01", plan.makespanSeconds() / UNIT_SECONDS);
        predictions.value("E28-02", ranks[0] / UNIT_SECONDS);
        predictions.value("E28-02b", Arrays.stream(ranks).sum() / UNIT_SECONDS);
        double gap = inputs.numbers("meanGap").get(1);
        List<Double> noise = inputs.numbers("noise");
        double[] heft = noise.stream()
                .mapToDouble(level -> latency(inputs, graph, measured, Schedulers.heft(), gap, level))
                .toArray();
        predictions.holds(
                "E28-03",
                IntStream.range(1, heft.length).allMatch(i -> heft[i] > heft[i - 1]),
                String.format(
                        Locale.ROOT,
                        "mean latency %.1f, %.1f, %.1f time units at a mean gap of %.0f, 40 runs",
                        heft[0],
                        heft[1],
                        heft[2],
                        gap));
    }

    private static double latency(
            Inputs inputs, TaskGraph graph, MeasuredTimes times, Scheduler scheduler, double gap, double noise) {
        double sum = 0;
        int runs = 40;
        for (int run = 0; run < runs; run++) {
            GraphJob.Builder job = GraphJob.of(
                            JobMix.of(Arrivals.poisson(1 / (gap * UNIT_SECONDS)))
                                    .add(graph, 1)
                                    .build(),
                            scheduler)
                    .name("jobs")
                    .times(times)
                    .rules(new ExecutionRules(
                            ExecutionRules.Queue.FIRST_READY, ExecutionRules.Transfers.WHEN_PLACED, Optional.empty()));
            if (noise > 0) {
                job.noise(Distribution.truncated(Distribution.normal(1, noise), 0, 2));
            }
            sum += Scenario.of(chip(3), job.build())
                    .seed(run + 1L)
                    .horizon(Duration.ofNanos((long) (inputs.number("length") * UNIT_SECONDS * 1e9)))
                    .build()
                    .run()
                    .metrics()
                    .value("job.latency.mean");
        }
        return sum / runs / UNIT_SECONDS;
    }

    private static TaskGraph graph(Inputs inputs, int tasks) {
        TaskGraph.Builder graph = TaskGraph.builder("top");
        for (int task = 1; task <= tasks; task++) {
            graph.add(new Task.Measured("" + task, "" + task));
        }
        for (JsonNode edge : inputs.items("edges")) {
            graph.edge(
                    edge.get(0).intValue() - 1,
                    edge.get(1).intValue() - 1,
                    edge.get(2).doubleValue());
        }
        return graph.build();
    }

    private static MeasuredTimes measured(List<JsonNode> times) {
        Map<String, Map<String, Double>> seconds = new LinkedHashMap<>();
        for (int task = 0; task < times.size(); task++) {
            Map<String, Double> byElement = new LinkedHashMap<>();
            for (int element = 0; element < times.get(task).size(); element++) {
                byElement.put("pe" + element, times.get(task).get(element).doubleValue() * UNIT_SECONDS);
            }
            seconds.put("" + (task + 1), byElement);
        }
        return new MeasuredTimes(seconds);
    }

    /** A byte takes a time unit between any two elements. */
    private static Cluster chip(int elements) {
        DeviceSpec element = DeviceSpec.builder("element", DeviceKind.EDGE)
                .peak(NumberFormat.FP32, FlopRate.of(1e9))
                .memory("SRAM", Bytes.megabytes(1), Bandwidth.gigabytesPerSecond(1))
                .tdp(Power.watts(1))
                .build();
        Cluster.Builder chip = Cluster.builder("chip").price(PriceModel.free());
        for (int i = 0; i < elements; i++) {
            chip.add("pe" + i, 1, element, RooflineCostModel.peak());
        }
        return chip.network(NetworkModel.uniform(Bandwidth.of(1 / UNIT_SECONDS), Duration.ZERO))
                .build();
    }
}
