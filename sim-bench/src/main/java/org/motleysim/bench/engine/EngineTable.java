package org.motleysim.bench.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The event engine beside its peers in one table.
 *
 * <p>Run: {@code java -cp sim-bench/target/benchmarks.jar org.motleysim.bench.engine.EngineTable}. Options:
 * {@code --seconds N} per measurement (default 1), {@code --rounds N} (default 3), {@code --shapes A,B},
 * {@code --engines A,B}. First every engine runs the start of every shape, and the hashes of their trajectories are
 * compared; then JMH measures each pair in a JVM of its own.
 */
public final class EngineTable {

    private record Measure(double eventsPerSecond, double bytesPerEvent) {}

    private final List<Shape> shapes;
    private final List<Engine> engines;
    private final int seconds;
    private final int rounds;

    private EngineTable(List<Shape> shapes, List<Engine> engines, int seconds, int rounds) {
        this.shapes = shapes;
        this.engines = engines;
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /**
     * Measures and prints.
     *
     * @param args see above
     * @throws RunnerException if JMH fails
     */
    public static void main(String[] args) throws RunnerException {
        List<Shape> shapes = Arrays.asList(Shape.values());
        List<Engine> engines = Arrays.asList(Engine.values());
        int seconds = 1;
        int rounds = 3;
        for (int i = 0; i + 1 < args.length; i += 2) {
            String value = args[i + 1];
            switch (args[i]) {
                case "--seconds" -> seconds = Integer.parseInt(value);
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--shapes" ->
                    shapes = Arrays.stream(value.split(",")).map(Shape::valueOf).toList();
                case "--engines" ->
                    engines =
                            Arrays.stream(value.split(",")).map(Engine::valueOf).toList();
                default ->
                    throw new IllegalArgumentException(
                            "option (" + args[i] + ") must be --seconds, --rounds, --shapes or --engines.");
            }
        }
        new EngineTable(shapes, engines, seconds, rounds).run();
        // DSOL leaves threads behind that wait for ever and would keep the program alive.
        System.exit(0);
    }

    private void run() throws RunnerException {
        for (Shape shape : shapes) {
            check(shape);
        }
        Map<Shape, Map<Engine, Measure>> measures = new EnumMap<>(Shape.class);
        for (Shape shape : shapes) {
            Map<Engine, Measure> row = new EnumMap<>(Engine.class);
            for (Engine engine : engines) {
                if (engine.runs(shape)) {
                    row.put(engine, measure(shape, engine));
                }
            }
            measures.put(shape, row);
            System.out.println(line(shape, row));
        }
        System.out.printf(
                Locale.ROOT,
                "%nM events/s (bytes allocated per event); JDK %s, %d processors%n%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        System.out.println(header());
        measures.forEach((shape, row) -> System.out.println(line(shape, row)));
    }

    private void check(Shape shape) {
        List<String> hashes = new ArrayList<>();
        for (Engine engine : engines) {
            if (engine.runs(shape)) {
                Model model = new Model(shape, engine);
                model.run(Model.CHECKED);
                hashes.add(Long.toHexString(model.checkedHash()));
            }
        }
        long different = hashes.stream().distinct().count();
        System.out.println(shape + ": " + hashes.size() + " engines, "
                + (different == 1 ? "one trajectory, " + hashes.get(0) : different + " TRAJECTORIES " + hashes));
    }

    @SuppressWarnings("rawtypes") // JMH hands out its secondary results without their type
    private Measure measure(Shape shape, Engine engine) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder().param("engine", engine.name());
        if (shape == Shape.MM1) {
            options.include(QueueBenchmark.class.getName() + ".events");
        } else {
            options.include(EngineBenchmark.class.getName() + ".events").param("shape", shape.name());
        }
        RunResult result = new Runner(options.forks(1)
                        .warmupIterations(1)
                        .warmupTime(TimeValue.seconds(seconds))
                        .measurementIterations(rounds)
                        .measurementTime(TimeValue.seconds(seconds))
                        .jvmArgs("-Xms2g", "-Xmx3g", "-XX:+UseSerialGC")
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle();
        double bytes = result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().contains("gc.alloc.rate.norm"))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElse(Double.NaN);
        int each = shape.eventsPerRun();
        return new Measure(result.getPrimaryResult().getScore() * each, bytes / each);
    }

    private String header() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "| %-15s", "shape"));
        engines.forEach(engine -> text.append(String.format(Locale.ROOT, " | %-15s", engine)));
        text.append(" | Motley / fastest peer |\n|").append("---|".repeat(engines.size() + 2));
        return text.toString();
    }

    private String line(Shape shape, Map<Engine, Measure> row) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "| %-15s", shape));
        for (Engine engine : engines) {
            Measure measure = row.get(engine);
            String cell = measure == null
                    ? "-"
                    : String.format(
                            Locale.ROOT, "%.2f (%.0f)", measure.eventsPerSecond() / 1e6, measure.bytesPerEvent());
            text.append(String.format(Locale.ROOT, " | %-15s", cell));
        }
        Measure motley = row.get(Engine.MOTLEY);
        double peer = row.entrySet().stream()
                .filter(entry -> Engine.peers().contains(entry.getKey()))
                .mapToDouble(entry -> entry.getValue().eventsPerSecond())
                .max()
                .orElse(Double.NaN);
        return text.append(
                        motley == null
                                ? " | - |"
                                : String.format(Locale.ROOT, " | %.1fx |", motley.eventsPerSecond() / peer))
                .toString();
    }
}
