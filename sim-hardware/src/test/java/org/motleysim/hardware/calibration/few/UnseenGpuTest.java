package org.motleysim.hardware.calibration.few;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.motleysim.hardware.calibration.Measurement;
import org.motleysim.hardware.calibration.TableKernel;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.power.OperatingPoint;

/** RTX 4090 was never fitted: its 608 measured products of Llama-3.1-8B (LLMServingSim 2.0, MIT) from ten of them. */
class UnseenGpuTest {
    private static final Map<String, long[]> COLUMNS_AND_INNER = Map.of(
            "qkv_proj", new long[] {6_144, 4_096},
            "o_proj", new long[] {4_096, 4_096},
            "gate_up_proj", new long[] {28_672, 4_096},
            "down_proj", new long[] {4_096, 14_336});

    /** As in examples/scenarios/rtx-4090-ten-kernels.csv: each layer, few tokens and many. */
    private static final List<String> TEN = List.of(
            "qkv_proj,16,",
            "qkv_proj,1024,",
            "o_proj,1,",
            "o_proj,256,",
            "gate_up_proj,1,",
            "gate_up_proj,64,",
            "gate_up_proj,1024,",
            "down_proj,16,",
            "down_proj,256,",
            "down_proj,2048,");

    @Test
    void tenKernelsOfAnUnseenGpu_predictTheOthersBetterThanItsDatasheet() throws IOException {
        Path table = Optional.ofNullable(System.getProperty("motley.data"))
                .or(() -> Optional.ofNullable(System.getenv("MOTLEY_DATA")))
                .map(data -> Path.of(data, "serving/profiles/profile_RTX4090_Llama-3.1-8B_tp1_dense.csv"))
                .orElse(Path.of("none"));
        assumeTrue(Files.isRegularFile(table), "skipped: no measured profile of RTX 4090");
        List<Measurement> ten = new ArrayList<>();
        List<Measurement> others = new ArrayList<>();
        for (String line : Files.readAllLines(table)) {
            long[] shape = COLUMNS_AND_INNER.get(line.substring(0, line.indexOf(',')));
            if (shape != null) {
                (TEN.stream().anyMatch(line::startsWith) ? ten : others).add(row(line.split(",", -1), shape));
            }
        }
        Catalog catalog = Catalog.builtIn();
        DeviceSpec gpu = catalog.device("nvidia-rtx-4090-24gb");
        CostModel few = FewSampleCostModel.of(
                gpu,
                ten,
                List.of(
                        catalog.device("nvidia-l40s-48gb"),
                        catalog.device("nvidia-a100-sxm-80gb"),
                        catalog.device("nvidia-h100-sxm-80gb"),
                        catalog.device("nvidia-b200-sxm-180gb")),
                CostModel.builtIn());

        double with = error(few, gpu, others);
        double without = error(CostModel.builtIn(), gpu, others);
        assertTrue(with < 0.5 * without, with + " against " + without);
    }

    private static Measurement row(String[] fields, long[] shape) {
        Kernel kernel = Kernel.gemm(Long.parseLong(fields[1]), shape[0], shape[1], NumberFormat.BF16);
        return new Measurement(
                "profile",
                new TableKernel("nvidia-rtx-4090-24gb", "vllm", "bf16", "gemm", kernel, fields[0]),
                1e-6 * Double.parseDouble(fields[2]));
    }

    private static double error(CostModel model, DeviceSpec gpu, List<Measurement> rows) {
        return rows.stream()
                .mapToDouble(row -> Math.abs(seconds(model, gpu, row) / row.seconds() - 1))
                .average()
                .orElseThrow();
    }

    private static double seconds(CostModel model, DeviceSpec gpu, Measurement row) {
        return model.cost(row.kernel(), gpu, OperatingPoint.nominal()).seconds();
    }
}
