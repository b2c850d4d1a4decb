package org.motleysim.examples.serving;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;

/**
 * Thousands of real deployments. Families (model, system, engine) are numbered in the order of their names; those with even numbers are
 * judged by the overheads of those with odd ones, and the reverse.
 */
final class Deployments {
    static final String NOTE =
            "Mean TTFT and TPOT of closed loops. Kernels are Motley's own fits, of the engine's kernels the fastest; an engine adds six"
                    + " numbers, and one is for all (`EngineFit`). Families in the order of their names: even ones are judged by a fit of the odd"
                    + " ones and the reverse, so no family has lent its numbers to its own fit; what the numbers stand for was chosen with both halves"
                    + " in view.";

    static final String FAMILIES_NOTE =
            "Judged by the fit of the other half. Errors are medians of |predicted / measured - 1|, bias the median of predicted /"
                    + " measured - 1. What is worst, and why: DeepSeek-V3.1-NVFP4 and Qwen3-32B-NVFP4 state thousands of requests in flight,"
                    + " beyond what their replicas hold, and their TPOT is that of what they hold. Qwen3-32B on GB200 has no precision in its row and was"
                    + " taken as bf16 on two devices. GLM-5 and Qwen3.5 have sparse and linear attention that stand in as full and windowed. TTFT"
                    + " of SGLang depends on how many tokens it gathers before it answers, which the rows do not tell. B300, GB200 and GB300 take"
                    + " B200's kernels. gpt-oss-120b with 512 in flight has the TPOT of far fewer: the engine lets fewer run than its caches hold, which"
                    + " the rows do not tell. Llama-3.1-8B-FP8 under vLLM computes 1,000-token prompts at about three quarters of the peak of"
                    + " FP8 (16 GFLOP a token), faster than the fitted kernels.";

    private final List<Deployment> all = new ArrayList<>();
    private final SortedMap<String, Integer> notAttempted = new TreeMap<>();
    private final List<EngineFit> fits = new ArrayList<>();
    private final SortedSet<Deployment.Family> even = new TreeSet<>();

    private Deployments(Path serving) {
        Deployment.Reader reader =
                new Deployment.Reader(EngineAllReduces.read(serving.resolve("ops/custom_allreduce.csv")));
        for (Map<String, String> row : Rows.of(serving.resolve("e2e/silicon_ttft_tpot.csv"))) {
            try {
                all.add(reader.read(row));
            } catch (IllegalArgumentException refused) {
                String reason =
                        String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
                notAttempted.merge(reason, 1, Integer::sum);
            }
        }
        SortedSet<Deployment.Family> families = new TreeSet<>();
        all.forEach(each -> families.add(each.family()));
        int number = 0;
        for (Deployment.Family family : families) {
            if (number++ % 2 == 0) {
                even.add(family);
            }
        }
        fits.add(EngineFit.of(half(false)));
        fits.add(EngineFit.of(half(true)));
    }

    static Deployments read(Path serving) {
        return new Deployments(serving);
    }

    private List<Deployment> half(boolean ofEven) {
        return all.stream()
                .filter(each -> even.contains(each.family()) == ofEven)
                .toList();
    }

    /** What vLLM adds to an iteration, by all of its deployments. */
    Duration vllmHost() {
        EngineFit.Overheads vllm = Objects.requireNonNull(EngineFit.of(all.stream()
                        .filter(each -> each.family().engine().equals("vllm"))
                        .toList())
                .engines()
                .get("vllm"));
        return Duration.ofNanos(Math.round(1e6 * vllm.hostMillis()));
    }

    /** The fit that has not seen its family. */
    private EngineFit judge(Deployment each) {
        return fits.get(even.contains(each.family()) ? 0 : 1);
    }

    private double tpot(Deployment each) {
        return judge(each).tpot(each);
    }

    private double ttft(Deployment each) {
        return judge(each).ttft(each);
    }

    /** The goals. */
    List<Comparison> comparisons() {
        List<Comparison> rows = new ArrayList<>();
        rows.addAll(judged("even families", half(true)));
        rows.addAll(judged("odd families", half(false)));
        rows.addAll(judged("all " + all.size() + " rows", all));
        return rows;
    }

    private List<Comparison> judged(String name, List<Deployment> rows) {
        return List.of(
                Comparison.atMost(name, "TPOT, median error", error(rows, this::tpot, Deployment::tpotMillis), 0.15),
                Comparison.atMost(name, "TTFT, median error", error(rows, this::ttft, Deployment::ttftMillis), 0.30),
                Comparison.atLeast(name, "throughput, rank correlation", ranks(rows), 0.9));
    }

    private double ranks(List<Deployment> rows) {
        double[] predicted = rows.stream()
                .mapToDouble(each -> Deployment.throughput(each, ttft(each), tpot(each)))
                .toArray();
        double[] measured = rows.stream()
                .mapToDouble(each -> Deployment.throughput(each, each.ttftMillis(), each.tpotMillis()))
                .toArray();
        return new SpearmansCorrelation().correlation(predicted, measured);
    }

    private static double error(
            List<Deployment> rows, ToDoubleFunction<Deployment> predicted, ToDoubleFunction<Deployment> measured) {
        return median(rows, each -> Math.abs(predicted.applyAsDouble(each) / measured.applyAsDouble(each) - 1));
    }

    private static double bias(
            List<Deployment> rows, ToDoubleFunction<Deployment> predicted, ToDoubleFunction<Deployment> measured) {
        return median(rows, each -> predicted.applyAsDouble(each) / measured.applyAsDouble(each) - 1);
    }

    private static double median(List<Deployment> rows, ToDoubleFunction<Deployment> of) {
        return new Median().evaluate(rows.stream().mapToDouble(of).toArray());
    }

    /** By model, system and engine. */
    Table families(String title) {
        List<Column> columns = List.of(
                Column.text("model"),
                Column.text("system"),
                Column.text("engine"),
                Column.number("rows"),
                Column.number("TPOT error"),
                Column.number("TPOT bias"),
                Column.number("TTFT error"),
                Column.number("TTFT bias"));
        SortedMap<Deployment.Family, List<Deployment>> byFamily = new TreeMap<>();
        all.forEach(each -> byFamily.computeIfAbsent(each.family(), none -> new ArrayList<>())
                .add(each));
        List<List<Cell>> cells = new ArrayList<>();
        byFamily.forEach((family, rows) -> cells.add(List.of(
                Cell.text(family.model()),
                Cell.text(family.system()),
                Cell.text(family.engine()),
                Cell.text(Integer.toString(rows.size())),
                Cell.text(whole(error(rows, this::tpot, Deployment::tpotMillis))),
                Cell.text(Comparison.percent(bias(rows, this::tpot, Deployment::tpotMillis))),
                Cell.text(whole(error(rows, this::ttft, Deployment::ttftMillis))),
                Cell.text(Comparison.percent(bias(rows, this::ttft, Deployment::ttftMillis))))));
        return new Table(title, columns, cells);
    }

    /** What was fitted, on each half. */
    Table overheads(String title) {
        List<Column> columns = List.of(
                Column.text("fitted on"),
                Column.text("engine"),
                Column.number("kernels"),
                Column.number("host"),
                Column.number("prompts"),
                Column.number("start"),
                Column.number("alone"),
                Column.number("queue"),
                Column.number("Hopper"));
        List<List<Cell>> cells = new ArrayList<>();
        for (int i = 0; i < fits.size(); i++) {
            EngineFit fit = fits.get(i);
            String half = i == 0 ? "odd" : "even";
            fit.engines()
                    .forEach((engine, own) -> cells.add(List.of(
                            Cell.text(half),
                            Cell.text(engine),
                            Cell.text(number(own.kernels())),
                            Cell.text(number(own.hostMillis()) + " ms"),
                            Cell.text(number(own.prompts())),
                            Cell.text(number(own.startMillis()) + " ms"),
                            Cell.text(number(own.alone())),
                            Cell.text(number(own.queue())),
                            Cell.text(number(fit.hopper())))));
        }
        return new Table(title, columns, cells);
    }

    /** What was not attempted. */
    String notAttempted() {
        if (notAttempted.isEmpty()) {
            return "All rows were attempted.";
        }
        StringBuilder text = new StringBuilder("Not attempted: ");
        notAttempted.forEach((reason, count) -> text.append(count)
                .append(count == 1 ? " row (" : " rows (")
                .append(reason)
                .append("), "));
        return text.substring(0, text.length() - 2) + ".";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String whole(double share) {
        return String.format(Locale.ROOT, "%.0f%%", 100 * share);
    }
}
