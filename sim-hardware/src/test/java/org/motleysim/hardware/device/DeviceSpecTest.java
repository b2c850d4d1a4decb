package org.motleysim.hardware.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;

class DeviceSpecTest {
    private static DeviceSpec.Builder builder() {
        return DeviceSpec.builder("my-npu", DeviceKind.NPU);
    }

    @Test
    void build_onlyAName_leavesTheRestAbsent() {
        DeviceSpec spec = builder().build();

        assertTrue(spec.peak(NumberFormat.INT8).isEmpty());
        assertTrue(spec.tdp().isEmpty());
        assertTrue(spec.year().isEmpty());
        assertTrue(spec.deviceLink().isEmpty());
        assertRefused("device (my-npu) has no memory", spec::mainMemory);
    }

    @Test
    void equals_sameContents_isEqual() {
        DeviceSpec.Builder a = builder().tdp(Power.watts(15)).peak(NumberFormat.INT8, FlopRate.teraflopsPerSecond(40));

        assertEquals(a.build(), a.build().toBuilder().build());
        assertEquals(a.build().hashCode(), a.build().toBuilder().build().hashCode());
        assertNotEquals(a.build(), a.tdp(Power.watts(16)).build());
    }

    @Test
    void computeFormat_missing_fallsBackToTheNextWider() {
        DeviceSpec spec = builder()
                .peak(NumberFormat.FP32, FlopRate.teraflopsPerSecond(1))
                .peak(NumberFormat.FP16, FlopRate.teraflopsPerSecond(2))
                .build();

        assertEquals(Optional.of(NumberFormat.FP16), spec.computeFormat(NumberFormat.INT4));
        assertEquals(Optional.of(NumberFormat.FP16), spec.computeFormat(NumberFormat.BF16));
        assertEquals(Optional.of(NumberFormat.FP32), spec.computeFormat(NumberFormat.TF32));
        assertEquals(Optional.empty(), spec.computeFormat(NumberFormat.FP64));
    }

    @Test
    void deviceLink_peerBeforeHost() {
        LinkSpec host = new LinkSpec("PCIe", LinkSpec.Role.HOST, Bandwidth.gigabytesPerSecond(31), Duration.ZERO);
        LinkSpec peer = new LinkSpec("NVLink", Bandwidth.gigabytesPerSecond(300), Duration.ofNanos(1000));

        assertEquals(host, builder().link(host).build().deviceLink().orElseThrow());
        assertEquals(peer, builder().link(host).link(peer).build().deviceLink().orElseThrow());
    }

    @Test
    void builder_impossibleNumbers_areRefused() {
        assertRefused("name of a device", () -> DeviceSpec.builder("My NPU", DeviceKind.NPU));
        assertRefused("year (1066)", () -> builder().year(1066));
        assertRefused("peak in int8", () -> builder().peak(NumberFormat.INT8, FlopRate.ZERO));
        assertRefused("tdp of my-npu", () -> builder().tdp(Power.ZERO));
        assertRefused(
                "idle of my-npu (16 W) must not exceed its tdp (15 W)",
                () -> builder().tdp(Power.watts(15)).idle(Power.watts(16)).build());
        assertRefused("capacity of memory", () -> builder().memory("DDR", Bytes.ZERO, Bandwidth.gigabytesPerSecond(1)));
        assertRefused("bandwidth of memory", () -> builder().memory("DDR", Bytes.gigabytes(1), Bandwidth.ZERO));
        assertRefused("memory (DDR) must have a name of its own", () -> builder()
                .memory("DDR", Bytes.gigabytes(1), Bandwidth.gigabytesPerSecond(1))
                .memory("DDR", Bytes.gigabytes(1), Bandwidth.gigabytesPerSecond(1)));
        assertRefused("bandwidth of link", () -> new LinkSpec("PCIe", Bandwidth.ZERO, Duration.ZERO));
        assertRefused(
                "latency of link", () -> new LinkSpec("PCIe", Bandwidth.gigabytesPerSecond(1), Duration.ofNanos(-1)));
    }

    private static void assertRefused(String start, Executable executable) {
        var error = assertThrows(IllegalArgumentException.class, executable);
        assertTrue(String.valueOf(error.getMessage()).startsWith(start), error.getMessage());
    }
}
