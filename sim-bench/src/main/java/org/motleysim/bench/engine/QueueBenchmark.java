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
 * Events per second of one {@link Engine} on {@link Shape#MM1}: each call runs a million customers through the queue, from
 * the first arrival until it is empty.
 *
 * <p>One engine: {@code java -jar sim-bench/target/benchmarks.jar QueueBenchmark -p engine=MOTLEY}. All of them:
 * {@link EngineTable}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
public class QueueBenchmark {

    /** An arrival and a departure for each customer. */
    static final int EVENTS = 2 * Model.CUSTOMERS;

    /** Engine by the name of its constant. */
    @Param({"MOTLEY", "MOTLEY_OBSERVED", "MOTLEY_LAMBDA", "JDK", "SSJ", "MASON", "DSOL"})
    String engine = "MOTLEY";

    private Model model = new Model(Shape.MM1, Engine.MOTLEY);

    /** Makes the engine. */
    @Setup
    public void fill() {
        model = new Model(Shape.MM1, Engine.valueOf(engine.toUpperCase(Locale.ROOT)));
    }

    /**
     * Runs a queue.
     *
     * @return the hash of the trajectory
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long events() {
        model.runQueue();
        return model.hash();
    }
}
