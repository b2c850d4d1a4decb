package org.motleysim.hardware.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.catalog.CpuLayouts;
import org.motleysim.hardware.cost.CpuPlacement.Pages;
import org.motleysim.hardware.cost.CpuPlacement.Spread;
import org.motleysim.hardware.device.CpuLayout;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;
import org.motleysim.hardware.power.OperatingPoint;

class CpuCostModelTest {
    private static final DeviceSpec SPEC = DeviceSpec.builder("test-cpu", DeviceKind.CPU)
            .peak(NumberFormat.FP32, FlopRate.teraflopsPerSecond(1))
            .memory("DDR", Bytes.gibibytes(64), Bandwidth.gigabytesPerSecond(100))
            .tdp(Power.watts(200))
            .build();

    /** Two nodes of four cores; 8 lines of 64 bytes in 64 ns are 8 GB/s a core. */
    private static final CpuLayout LAYOUT = CpuLayout.builder(8, 2, Bandwidth.gigabytesPerSecond(100))
            .vectors(256, 2, 2e9)
            .latency(Duration.ofNanos(64), Duration.ofNanos(128))
            .linesInFlight(8)
            .lastLevelCache(Bytes.megabytes(10), Duration.ofNanos(16))
            .remoteBandwidth(Bandwidth.gigabytesPerSecond(10))
            .build();

    private static final CpuCostModel MODEL = CpuCostModel.of(LAYOUT).sustained(1);

    private static Kernel reading(double bytes) {
        return new Kernel(KernelFamily.COPY, NumberFormat.FP32, 0, bytes, 0, Shape.NONE);
    }

    private static Kernel arithmetic(NumberFormat format, double flops) {
        return new Kernel(KernelFamily.OTHER, format, flops, 0, 0, Shape.NONE);
    }

    private static double seconds(CpuCostModel model, Kernel kernel) {
        return model.cost(kernel, SPEC, OperatingPoint.nominal()).seconds();
    }

    private static CpuCostModel placed(int threads, Spread spread, Pages pages) {
        return MODEL.placed(new CpuPlacement(threads, spread, pages));
    }

    @Test
    void cost_oneThread_isLinesInFlightOverLatency() {
        assertEquals(1 / 8e9, seconds(placed(1, Spread.COMPACT, Pages.LOCAL), reading(1)), 1e-22);
    }

    @Test
    void cost_fewThreads_scaleUntilTheMemoryIsFull() {
        assertEquals(1 / 32e9, seconds(placed(4, Spread.COMPACT, Pages.LOCAL), reading(1)), 1e-22);
        CpuLayout slow = CpuLayout.builder(8, 1, Bandwidth.gigabytesPerSecond(20))
                .latency(Duration.ofNanos(64), Duration.ofNanos(64))
                .linesInFlight(8)
                .build();
        for (int threads = 1; threads <= 8; threads++) {
            var model =
                    CpuCostModel.of(slow).sustained(1).placed(new CpuPlacement(threads, Spread.COMPACT, Pages.LOCAL));
            assertEquals(1 / Math.min(threads * 8e9, 20e9), seconds(model, reading(1)), 1e-22);
        }
    }

    @Test
    void cost_scatterAgainstCompact_usesBothMemories() {
        CpuLayout narrow =
                CpuLayout.builder(8, 2, Bandwidth.gigabytesPerSecond(10)).build();
        CpuCostModel model = CpuCostModel.of(narrow).sustained(1);
        assertEquals(
                1 / 10e9, seconds(model.placed(new CpuPlacement(4, Spread.COMPACT, Pages.LOCAL)), reading(1)), 1e-22);
        assertEquals(
                1 / 20e9, seconds(model.placed(new CpuPlacement(4, Spread.SCATTER, Pages.LOCAL)), reading(1)), 1e-22);
    }

    @Test
    void cost_interleavedPages_sendHalfOverTheLink() {
        // Each node's four threads fetch a quarter of all bytes from the other, at 10 GB/s.
        assertEquals(0.25 / 10e9, seconds(placed(8, Spread.SCATTER, Pages.INTERLEAVE), reading(1)), 1e-22);
    }

    @Test
    void cost_pagesOnTheFirstNode_sendTheOthersHalf() {
        assertEquals(0.5 / 10e9, seconds(placed(8, Spread.SCATTER, Pages.FIRST_NODE), reading(1)), 1e-22);
    }

    @Test
    void cost_stores_readTheLineFirstUnlessTheyStream() {
        Kernel writing = new Kernel(KernelFamily.COPY, NumberFormat.FP32, 0, 1, 1, Shape.NONE);
        CpuCostModel one = placed(1, Spread.COMPACT, Pages.LOCAL);
        assertEquals(3 / 8e9, seconds(one, writing), 1e-22);
        assertEquals(2 / 8e9, seconds(one.streamingStores(), writing), 1e-22);
    }

    @Test
    void cost_arithmetic_isLanesTimesUnitsTimesClock() {
        // 8 cores x 2 units x 2 x (256 / 32) lanes x 2 GHz
        assertEquals(1e12 / 512e9, seconds(MODEL, arithmetic(NumberFormat.FP32, 1e12)), 1e-12);
        assertEquals(1e12 / 256e9, seconds(MODEL, arithmetic(NumberFormat.FP64, 1e12)), 1e-12);
    }

    @Test
    void cost_serialShare_followsAmdahl() {
        double one = seconds(placed(1, Spread.COMPACT, Pages.LOCAL), arithmetic(NumberFormat.FP32, 1e9));
        double mixed = seconds(MODEL.serial(0.1), arithmetic(NumberFormat.FP32, 1e9));
        assertEquals(one / (1 / (0.1 + 0.9 / 8)), mixed, 1e-15);
    }

    @Test
    void cost_warmCache_servesWhatFits() {
        CpuCostModel warm = placed(1, Spread.COMPACT, Pages.LOCAL).warm();
        assertEquals(1e6 / 32e9, seconds(warm, reading(1e6)), 1e-15);
        assertEquals(2e7 / 8e9, seconds(warm, reading(2e7)), 1e-15);
    }

    @Test
    void cost_moreThreadsThanCores_isRefused() {
        var error = assertThrows(
                IllegalArgumentException.class, () -> seconds(placed(9, Spread.COMPACT, Pages.LOCAL), reading(1)));
        assertTrue(String.valueOf(error.getMessage()).contains("threads (9)"));
    }

    @Test
    void explain_ofLinkBoundWork_saysLink() {
        Estimate estimate =
                placed(8, Spread.SCATTER, Pages.INTERLEAVE).explain(reading(1e9), SPEC, OperatingPoint.nominal());
        assertEquals(Bound.LINK, estimate.bound());
        assertEquals("CPU", estimate.model());
    }

    @Test
    void cost_shareOfTheVectorPeak_slowsArithmeticOnly() {
        assertEquals(2e12 / 512e9, seconds(MODEL.reaching(0.5), arithmetic(NumberFormat.FP32, 1e12)), 1e-12);
        assertEquals(seconds(MODEL, reading(1e9)), seconds(MODEL.reaching(0.5), reading(1e9)), 1e-15);
    }

    /**
     * Triad of STREAM over a billion elements on two sockets, gcc without streaming stores: milliseconds of simon-r/My_Stream_Benchmark,
     * RESULTS.md, commit 11d386c (its "GB/s" are 2^30 bytes). Predicted from peaks alone.
     */
    @ParameterizedTest
    @CsvSource({"intel-xeon-8480-plus, 60.049", "amd-epyc-7742, 108.111"})
    void cost_streamTriad_isNearTheMeasuredTime(String device, double milliseconds) {
        CpuLayout node = CpuLayouts.builtIn().find(device).orElseThrow().sockets(2, Bandwidth.gigabytesPerSecond(64));
        double seconds = CpuCostModel.of(node)
                .cost(triad(1e9), Catalog.builtIn().device(device), OperatingPoint.nominal())
                .seconds();
        assertEquals(1, seconds * 1e3 / milliseconds, 0.15);
    }

    /** The same on two Xeon E5-2695 v4 over 500,000,256 elements, each page near its thread, and all pages on one socket. */
    @ParameterizedTest
    @CsvSource({"LOCAL, 125.130, 0.1", "FIRST_NODE, 255.255, 0.1"})
    void cost_streamTriadOfTwoPlacements_isNearTheMeasuredTime(Pages pages, double milliseconds, double within) {
        CpuLayout machine = CpuLayout.builder(18, 1, Bandwidth.gigabytesPerSecond(76.8))
                .vectors(256, 2, 2.1e9)
                .build()
                .sockets(2, Bandwidth.gigabytesPerSecond(38.4));
        double seconds = CpuCostModel.of(machine)
                .placed(new CpuPlacement(0, Spread.SCATTER, pages))
                .cost(triad(500_000_256), SPEC, OperatingPoint.nominal())
                .seconds();
        assertEquals(1, seconds * 1e3 / milliseconds, within);
    }

    private static Kernel triad(double elements) {
        return new Kernel(
                KernelFamily.ELEMENTWISE, NumberFormat.FP64, 2 * elements, 16 * elements, 8 * elements, Shape.NONE);
    }

    @Test
    void builtIn_ofKnownProcessor_answersForTheDefaultModel() {
        DeviceSpec epyc = Catalog.builtIn().device("amd-epyc-7742");
        Estimate estimate = CostModel.builtIn().explain(Kernel.copy(1e9), epyc, OperatingPoint.nominal());
        assertEquals("CPU", estimate.model());
    }

    @Test
    void builder_impossibleNumbers_areRefused() {
        Bandwidth some = Bandwidth.gigabytesPerSecond(10);
        assertThrows(IllegalArgumentException.class, () -> CpuLayout.builder(7, 2, some));
        assertThrows(IllegalArgumentException.class, () -> CpuLayout.builder(0, 1, some));
        assertThrows(IllegalArgumentException.class, () -> CpuLayout.builder(8, 1, some)
                .vectors(256, 2, 2.0));
        assertThrows(IllegalArgumentException.class, () -> CpuLayout.builder(8, 1, some)
                .vectors(100, 2, 2e9));
        assertThrows(IllegalArgumentException.class, () -> CpuLayout.builder(8, 1, some)
                .latency(Duration.ofNanos(100), Duration.ofNanos(50)));
        assertThrows(IllegalArgumentException.class, () -> MODEL.serial(1.5));
    }
}
