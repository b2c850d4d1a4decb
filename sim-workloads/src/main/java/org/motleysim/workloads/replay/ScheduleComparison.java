package org.motleysim.workloads.replay;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.workloads.graph.TaskLog;
import org.motleysim.workloads.replay.RecordedSchedule.Row;

/** A recorded schedule beside the run that replayed it, task by task in the order of the recorded starts. */
public final class ScheduleComparison {
    private static final int SHOWN = 20;

    private final List<Difference> differences;
    private final int tasks;
    private final double recordedJoules;
    private final double joules;
    private final int closeEnergy;
    private final int knownEnergy;

    /**
     * One thing that is not the same.
     *
     * @param job number of the job, counted from 0 in the order of arrival
     * @param task name
     * @param field "device", "start", "finish" or "energy"
     * @param recorded what the schedule says
     * @param run what the run says
     */
    public record Difference(int job, String task, String field, String recorded, String run) {
        @Override
        public String toString() {
            return "job " + job + ", task " + task + ": " + field + " recorded " + recorded + ", run " + run;
        }
    }

    private ScheduleComparison(
            List<Difference> differences,
            int tasks,
            double recordedJoules,
            double joules,
            int closeEnergy,
            int knownEnergy) {
        this.differences = List.copyOf(differences);
        this.tasks = tasks;
        this.recordedJoules = recordedJoules;
        this.joules = joules;
        this.closeEnergy = closeEnergy;
        this.knownEnergy = knownEnergy;
    }

    /** Compares devices, starts and finishes, to a nanosecond. */
    public static ScheduleComparison of(RecordedSchedule schedule, TaskLog log) {
        return of(schedule, log, task -> Double.NaN, Double.POSITIVE_INFINITY);
    }

    /**
     * Compares devices, starts and finishes, to a nanosecond, and the energy of each task where the schedule tells it.
     *
     * @param joules of each task of the log
     * @param tolerance relative difference of an energy that is none
     */
    public static ScheduleComparison of(
            RecordedSchedule schedule, TaskLog log, IntToDoubleFunction joules, double tolerance) {
        Row[] rows = Replay.rowsOf(schedule, log.graph(), new ArrayList<>());
        List<Difference> differences = new ArrayList<>();
        double recordedSum = 0;
        double sum = 0;
        int known = 0;
        int close = 0;
        List<Integer> order = IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer task) -> rows[task].startSeconds())
                        .thenComparingDouble(task -> rows[task].finishSeconds()))
                .toList();
        Map<String, Integer> devices = Replay.devices(log.platform());
        for (int task : order) {
            Row row = rows[task];
            if (devices.getOrDefault(row.device(), -1) != log.device(task)) {
                String device = log.device(task) == TaskLog.ABSENT ? "none" : log.deviceName(log.device(task));
                differences.add(difference(log, task, "device", row.device(), device));
            }
            compare(log, task, "start", row.startSeconds(), log.startNanos(task), differences);
            compare(log, task, "finish", row.finishSeconds(), log.finishNanos(task), differences);
            OptionalDouble recorded = row.joules();
            double own = joules.applyAsDouble(task);
            if (recorded.isPresent() && Double.isFinite(own)) {
                known++;
                recordedSum += recorded.getAsDouble();
                sum += own;
                if (Math.abs(own - recorded.getAsDouble()) <= tolerance * Math.abs(recorded.getAsDouble())) {
                    close++;
                } else {
                    differences.add(difference(
                            log,
                            task,
                            "energy",
                            recorded.getAsDouble() + " J",
                            Cell.of(own, "J").display()));
                }
            }
        }
        return new ScheduleComparison(differences, rows.length, recordedSum, sum, close, known);
    }

    private static void compare(
            TaskLog log, int task, String field, double seconds, long nanos, List<Difference> differences) {
        long recorded = SimTime.nanos(seconds);
        if (recorded != nanos) {
            differences.add(
                    difference(log, task, field, text(recorded), nanos == TaskLog.ABSENT ? "never" : text(nanos)));
        }
    }

    private static String text(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + " s";
    }

    private static Difference difference(TaskLog log, int task, String field, String recorded, String run) {
        return new Difference(log.job(task), log.graph().task(task).name(), field, recorded, run);
    }

    /** Returns all differences, in the order of the recorded starts. */
    public List<Difference> differences() {
        return differences;
    }

    /** Returns the first difference; empty when there is none. */
    public Optional<Difference> first() {
        return differences.stream().findFirst();
    }

    /** Returns the number of differences of one field: "device", "start", "finish" or "energy". */
    public long count(String field) {
        return differences.stream()
                .filter(difference -> difference.field.equals(field))
                .count();
    }

    /** Returns the number of tasks. */
    public int tasks() {
        return tasks;
    }

    /** Returns the energy of the schedule, of tasks for which both sides tell it. */
    public double recordedJoules() {
        return recordedJoules;
    }

    /** Returns the energy of the run, of tasks for which both sides tell it. */
    public double joules() {
        return joules;
    }

    /** Returns the share of tasks whose energy is within the tolerance, of those for which both sides tell it; 1 if there are none. */
    public double closeEnergyShare() {
        return knownEnergy == 0 ? 1 : (double) closeEnergy / knownEnergy;
    }

    /** Returns the first differences as a table of a report. */
    public Table table(String title) {
        List<List<Cell>> rows = differences.stream()
                .limit(SHOWN)
                .map(difference -> List.<Cell>of(
                        Cell.of(difference.job, "1"),
                        Cell.text(difference.task),
                        Cell.text(difference.field),
                        Cell.text(difference.recorded),
                        Cell.text(difference.run)))
                .toList();
        String what = differences.isEmpty()
                ? ": all " + tasks + " tasks as recorded"
                : ": " + differences.size() + " differences in " + tasks + " tasks, the first of them";
        return new Table(
                title + what,
                List.of(
                        Column.number("job"),
                        Column.text("task"),
                        Column.text("field"),
                        Column.text("recorded"),
                        Column.text("run")),
                rows);
    }

    @Override
    public String toString() {
        return "ScheduleComparison[" + tasks + " tasks, " + differences.size() + " differences"
                + first().map(difference -> ", first: " + difference).orElse("") + "]";
    }
}
