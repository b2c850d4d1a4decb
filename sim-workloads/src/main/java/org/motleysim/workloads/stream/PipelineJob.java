package org.motleysim.workloads.stream;

import java.util.List;
import java.util.Set;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.RowLog;
import org.motleysim.workloads.RunContext;
import org.motleysim.workloads.Workload;

/**
 * A pipeline that runs for the time of a scenario. Its machines are its stages: it leaves the devices of the cluster alone, and its energy is
 * not part of theirs.
 *
 * @param pipeline what runs
 */
public record PipelineJob(Pipeline pipeline) implements Workload {
    @Override
    public String kind() {
        return "pipeline";
    }

    @Override
    public String name() {
        return pipeline.name();
    }

    @Override
    public Set<String> groups(Cluster cluster) {
        return Set.of();
    }

    @Override
    public List<Problem> problems(Cluster cluster, boolean endless) {
        return endless
                ? List.of(new Problem(
                        "$", "a pipeline must have a horizon: it never ends by itself", "Maybe \"horizon\": \"1 s\"."))
                : List.of();
    }

    @Override
    public BoundWorkload bind(RunContext context) {
        return new Run(pipeline.flow(), context);
    }

    /** Rates are steady, so that everything is known when it starts. */
    private static final class Run implements BoundWorkload {
        private final PipelineFlow flow;
        private final RunContext context;

        Run(PipelineFlow flow, RunContext context) {
            this.flow = flow;
            this.context = context;
        }

        @Override
        public void start() {
            // Nothing happens at any one time.
        }

        @Override
        public long completed() {
            return (long) (flow.kept() * seconds());
        }

        private double seconds() {
            return SimTime.seconds(context.simulation().now());
        }

        @Override
        public void finish(MetricSet.Builder metrics) {
            metrics.put("pipeline.power", flow.watts(), "W");
            metrics.put("pipeline.power.operations", flow.operationWatts(), "W");
            metrics.put("pipeline.power.links", flow.linkWatts(), "W");
            metrics.put("pipeline.energy", flow.watts() * seconds(), "J");
            metrics.put("pipeline.kept", flow.kept(), "1/s");
            metrics.put("pipeline.kept.relevant", flow.keptRelevant(), "1/s");
            metrics.put("pipeline.precision", flow.precision(), "1");
            metrics.put("pipeline.recall", flow.recall(), "1");
            metrics.put("pipeline.f1", flow.f1(), "1");
            for (StageFlow stage : flow.stages()) {
                String prefix = "stage." + stage.stage() + ".";
                metrics.put(prefix + "samples.in", stage.samplesIn(), "1/s");
                metrics.put(prefix + "samples.out", stage.samplesOut(), "1/s");
                metrics.put(prefix + "power", stage.watts(), "W");
                metrics.put(prefix + "power.link", stage.linkWatts(), "W");
            }
        }

        @Override
        public double attributedJoules() {
            return 0;
        }

        @Override
        public double attributedUsd() {
            return 0;
        }

        /** What the last stage keeps and the others reject is what enters it: relevant samples are counted by stage and by class. */
        @Override
        public List<Balance> conservation() {
            StageFlow first = flow.stages().stream()
                    .filter(stage -> stage.samplesIn() != stage.samplesOut())
                    .findFirst()
                    .orElse(flow.stages().get(flow.stages().size() - 1));
            return List.of(Balance.sums(
                    "relevant samples", "1/s", first.relevantIn(), flow.keptRelevant() + flow.rejectedRelevant()));
        }

        @Override
        public List<Series> series() {
            return List.of();
        }

        @Override
        public List<Cdf> cdfs() {
            return List.of();
        }

        @Override
        public List<RowLog> logs() {
            return List.of();
        }
    }
}
