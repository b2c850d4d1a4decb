package org.motleysim.bench.cost;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.calibration.KernelShapes;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.power.OperatingPoint;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds for one query of a bound cost model, over kernels of a thousand sizes so that no answer is remembered.
 *
 * <pre>
 * mvn -q -DskipTests package
 * java -jar sim-bench/target/benchmarks.jar QueryBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class QueryBenchmark {
    private static final int KERNELS = 1 << 10;

    /** What is asked for. */
    public enum Family {
        /** Matrix products. */
        GEMM,
        /** Attention of prompts. */
        PREFILL,
        /** Attention of single tokens. */
        DECODE,
        /** Routed experts. */
        EXPERTS,
        /** All-reduce. */
        ALL_REDUCE
    }

    /** Which model answers. */
    public enum Model {
        /** The fits. */
        CALIBRATED,
        /** The roofline with achieved rates. */
        ROOFLINE
    }

    @Param
    private Family family = Family.GEMM;

    @Param
    private Model model = Model.CALIBRATED;

    private final Kernel[] kernels = new Kernel[KERNELS];
    private @Nullable BoundCostModel bound;
    private int next;

    /** Makes the kernels. */
    @Setup
    public void prepare() {
        CostModel asked = model == Model.CALIBRATED ? CostModel.builtIn() : RooflineCostModel.calibrated();
        bound = asked.bind(Catalog.builtIn().device("nvidia-h100-sxm-80gb"), OperatingPoint.nominal());
        for (int i = 0; i < KERNELS; i++) {
            kernels[i] = kernel(1 + 7L * i);
        }
    }

    private Kernel kernel(long size) {
        return switch (family) {
            case GEMM -> Kernel.gemm(size, 4096, 4096, NumberFormat.BF16);
            case PREFILL -> Kernel.attentionPrefill(size, 0, 32, 8, 128, NumberFormat.BF16, NumberFormat.BF16);
            case DECODE -> Kernel.attentionDecode(16, 16 * size, 32, 8, 128, NumberFormat.BF16, NumberFormat.BF16);
            case EXPERTS -> KernelShapes.experts(size, 4096, 1536, 8, 128, 1, 0, NumberFormat.BF16, NumberFormat.BF16);
            case ALL_REDUCE -> Kernel.allReduce(8192.0 * size, 8);
        };
    }

    /** One query. */
    @Benchmark
    public double seconds() {
        next = (next + 1) & (KERNELS - 1);
        return Objects.requireNonNull(bound).cost(kernels[next]).seconds();
    }
}
