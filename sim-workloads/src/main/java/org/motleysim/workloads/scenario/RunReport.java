package org.motleysim.workloads.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.motleysim.core.quantity.Durations;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Report;
import org.motleysim.core.report.Section;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.catalog.DeviceChange;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.RowLog;
import org.motleysim.workloads.Workload;
import org.motleysim.workloads.collective.CollectiveJob;
import org.motleysim.workloads.collective.CollectiveLog;
import org.motleysim.workloads.collective.CollectiveReport;
import org.motleysim.workloads.federated.ClassLog;
import org.motleysim.workloads.federated.FederatedJob;
import org.motleysim.workloads.federated.FederatedSections;
import org.motleysim.workloads.federated.RoundLog;
import org.motleysim.workloads.graph.GraphJob;
import org.motleysim.workloads.graph.GraphReport;
import org.motleysim.workloads.graph.TaskLog;
import org.motleysim.workloads.llm.IterationLog;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.RequestLog;
import org.motleysim.workloads.llm.ServingReport;
import org.motleysim.workloads.llm.streamed.StreamedLayers;
import org.motleysim.workloads.llm.streamed.StreamedReport;
import org.motleysim.workloads.offload.OffloadJob;
import org.motleysim.workloads.offload.OffloadReport;
import org.motleysim.workloads.replay.Replay;
import org.motleysim.workloads.replay.ScheduleComparison;
import org.motleysim.workloads.split.SplitJob;
import org.motleysim.workloads.split.SplitReport;

/** Puts the result of a run in order for a reader: what was run, each workload, the machines, what was conserved. */
final class RunReport {
    private RunReport() {}

    static Report of(RunResult result) {
        Scenario scenario = result.scenario();
        var report = Report.builder(scenario.name()).subtitle(subtitle(result)).metrics(result.metrics());
        List<ServingReport> services = new ArrayList<>();
        List<GraphReport> graphs = new ArrayList<>();
        List<OffloadReport> offloads = new ArrayList<>();
        List<SplitReport> splits = new ArrayList<>();
        List<Section> replays = new ArrayList<>();
        List<FederatedSections> federations = new ArrayList<>();
        for (Workload workload : scenario.workloads()) {
            String prefix = scenario.workloads().size() > 1 ? workload.name() + "." : "";
            if (workload instanceof LlmServing serving) {
                services.add(new ServingReport(serving, prefix, result.metrics()));
            } else if (workload instanceof GraphJob job) {
                TaskLog tasks = tasksOf(result, job);
                graphs.add(new GraphReport(job, prefix, result.metrics(), tasks));
                if (job.scheduler() instanceof Replay replay) {
                    replays.add(ScheduleComparison.of(replay.schedule(), tasks).table("Replay of " + job.name()));
                }
            } else if (workload instanceof StreamedLayers streamed) {
                new StreamedReport(streamed, prefix, result.metrics()).numbers().forEach(report::add);
            } else if (workload instanceof OffloadJob job) {
                offloads.add(new OffloadReport(job, prefix, result.metrics()));
            } else if (workload instanceof SplitJob job) {
                splits.add(new SplitReport(job, prefix, result.metrics()));
            } else if (workload instanceof CollectiveJob job) {
                report.add(new CollectiveReport(job, collectivesOf(result, job)).table());
            } else if (workload instanceof FederatedJob job) {
                federations.add(federation(result, job, prefix));
            } else {
                report.add(metrics(result, workload.name(), prefix));
            }
        }
        var machines = new MachineReport(result.devices(), result.metrics());
        var power = new PowerReport(result.devices(), result.metrics());
        services.forEach(service -> service.numbers().forEach(report::add));
        graphs.forEach(graph -> graph.numbers().forEach(report::add));
        offloads.forEach(offload -> offload.numbers().forEach(report::add));
        splits.forEach(split -> split.numbers().forEach(report::add));
        replays.forEach(report::add);
        federations.forEach(federation -> federation.numbers().forEach(report::add));
        report.add(machines.groups());
        power.tables().forEach(report::add);
        NetworkReport.of(result).numbers().ifPresent(report::add);
        overrides(scenario).ifPresent(report::add);
        TierBooks.table(result.metrics()).ifPresent(report::add);
        services.forEach(service ->
                iterationsOf(result, service).flatMap(service::timeline).ifPresent(report::add));
        services.forEach(
                service -> service.charts(result.series(), result.cdfs()).forEach(report::add));
        graphs.forEach(graph -> graph.charts().forEach(report::add));
        offloads.forEach(
                offload -> offload.charts(result.series(), result.cdfs()).forEach(report::add));
        splits.forEach(split -> split.charts(result.cdfs()).forEach(report::add));
        federations.forEach(
                federation -> federation.charts(result.series(), result.cdfs()).forEach(report::add));
        machines.charts().forEach(report::add);
        machines.bounds().ifPresent(report::add);
        power.charts().forEach(report::add);
        services.forEach(service ->
                service.replicas(scenario.cluster(), logOf(result, service)).ifPresent(report::add));
        graphs.forEach(graph -> graph.tables().forEach(report::add));
        NetworkReport.of(result).sections().forEach(report::add);
        report.add(machines.devices());
        report.add(conservation(result));
        UsualValues.differences(scenario).ifPresent(report::add);
        report.add(new Section.Code("Scenario", "json", ScenarioFile.write(scenario)));
        return report.closing("seed    " + result.seed())
                .closing("digest  " + result.digestText())
                .build();
    }

    private static String subtitle(RunResult result) {
        Scenario scenario = result.scenario();
        String work = scenario.workloads().stream()
                .map(workload ->
                        workload instanceof LlmServing serving ? serving.model().name() : workload.name())
                .distinct()
                .collect(Collectors.joining(" and "));
        String machines = scenario.cluster().groups().stream()
                .map(group -> group.count() + " x " + group.spec().name())
                .collect(Collectors.joining(" + "));
        String warmup =
                scenario.warmup().isZero() ? "" : " (the first " + Durations.format(scenario.warmup()) + " to warm up)";
        return work + " on " + machines + ", "
                + Cell.of(result.metrics(), "time.simulated").display() + " simulated" + warmup;
    }

    /** In which fields devices of the cluster differ from those of the built-in catalogue; empty when none does. */
    static List<DeviceChange> changes(Scenario scenario) {
        return scenario.cluster().groups().stream()
                .map(DeviceGroup::spec)
                .distinct()
                .flatMap(spec -> Catalog.builtIn().changes(spec).stream())
                .toList();
    }

    private static Optional<Table> overrides(Scenario scenario) {
        List<List<Cell>> rows = changes(scenario).stream()
                .map(change -> List.<Cell>of(
                        Cell.text(change.device()),
                        Cell.text(change.field()),
                        change.before().map(Cell::text).orElseGet(Cell::absent),
                        change.after().map(Cell::text).orElseGet(Cell::absent)))
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        "Devices that differ from the catalogue",
                        List.of(
                                Column.text("device"),
                                Column.text("field"),
                                Column.text("catalogue"),
                                Column.text("this run")),
                        rows));
    }

    private static RequestLog logOf(RunResult result, ServingReport service) {
        return result.logs().stream()
                .filter(log -> log instanceof RequestLog requests
                        && requests.workload().equals(service.name()))
                .map(RequestLog.class::cast)
                .findFirst()
                .orElseGet(RequestLog::none);
    }

    private static Optional<IterationLog> iterationsOf(RunResult result, ServingReport service) {
        return result.logs().stream()
                .filter(log -> log instanceof IterationLog iterations
                        && iterations.workload().equals(service.name()))
                .map(IterationLog.class::cast)
                .findFirst();
    }

    private static TaskLog tasksOf(RunResult result, GraphJob job) {
        return result.logs().stream()
                .filter(log -> log instanceof TaskLog tasks && tasks.workload().equals(job.name()))
                .map(TaskLog.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static CollectiveLog collectivesOf(RunResult result, CollectiveJob job) {
        return result.logs().stream()
                .filter(log -> log instanceof CollectiveLog collectives
                        && collectives.workload().equals(job.name()))
                .map(CollectiveLog.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static FederatedSections federation(RunResult result, FederatedJob job, String prefix) {
        RoundLog rounds = logs(result, RoundLog.class)
                .filter(log -> log.workload().equals(job.name()))
                .findFirst()
                .orElseThrow();
        ClassLog classes = logs(result, ClassLog.class)
                .filter(log -> log.workload().equals(job.name()))
                .findFirst()
                .orElseThrow();
        return new FederatedSections(job, prefix, result.metrics(), rounds, classes);
    }

    private static <T extends RowLog> Stream<T> logs(RunResult result, Class<T> type) {
        return result.logs().stream().filter(type::isInstance).map(type::cast);
    }

    /** Of a workload that this class does not know: all its metrics as they are. */
    private static Table metrics(RunResult result, String title, String prefix) {
        List<List<Cell>> rows = result.metrics().stream()
                .filter(metric -> metric.name().startsWith(prefix))
                .map(metric -> List.of(Cell.text(metric.name().substring(prefix.length())), Cell.of(metric)))
                .toList();
        return new Table(title, List.of(Column.text("metric"), Column.number("value")), rows);
    }

    private static Table conservation(RunResult result) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Balance balance : result.conservation()) {
            rows.add(List.of(
                    Cell.text(balance.quantity()),
                    Cell.of(balance.in(), balance.unit()),
                    Cell.of(balance.out(), balance.unit()),
                    Cell.text(balance.holds() ? "holds" : "violated")));
        }
        return new Table(
                "Conservation: what came in equals what went out",
                List.of(Column.text(""), Column.number("in"), Column.number("out"), Column.text("")),
                rows,
                true);
    }
}
