package org.motleysim.bench.engine;

import java.util.Locale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Events per second of one {@link Engine} on one {@link Shape}, each pair in a JVM of its own.
 *
 * <p>One pair: {@code java -jar sim-bench/target/benchmarks.jar EngineBenchmark -p engine=MOTLEY -p shape=HOLD_1E5}. All
 * of them: {@link EngineTable}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
public class EngineBenchmark {

    /** Events run by one call. */
    static final int EVENTS = 50_000;

    /** Engine by the name of its constant. */
    @Param({"MOTLEY", "MOTLEY_OBSERVED", "MOTLEY_LAMBDA", "JDK", "SSJ", "MASON", "DSOL", "CLOUDSIM_PLUS"})
    String engine = "MOTLEY";

    /** Shape by the name of its constant. */
    @Param({"HOLD_1E3", "HOLD_1E5", "HOLD_1E6", "PHOLD", "CANCEL_HALF", "SKEWED_BIMODAL", "SKEWED_PARETO"})
    String shape = "HOLD_1E3";

    private Model model = new Model(Shape.HOLD_1E3, Engine.MOTLEY);

    /** Fills the engine and lets the pending set settle. */
    @Setup
    public void fill() {
        Shape chosen = Shape.valueOf(shape.toUpperCase(Locale.ROOT));
        model = new Model(chosen, Engine.valueOf(engine.toUpperCase(Locale.ROOT)));
        model.run(Math.max(EVENTS, chosen.tokens()));
    }

    /**
     * Runs a number of events.
     *
     * @return the hash of the trajectory
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long events() {
        model.run(EVENTS);
        return model.hash();
    }
}
