package org.motleysim.hardware.fitted;

import java.util.Optional;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Durations;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.hardware.device.NumberFormat;

/**
 * What the physical estimates need of a datasheet, resolved for one format.
 *
 * @param flopsPerSecond peak of the format that is computed in
 * @param bytesPerSecond peak of main memory
 * @param units multiprocessors
 * @param cacheBytes last-level cache
 * @param cacheShare see {@link Physics#cacheShare}
 * @param linkBytesPerSecond to the other devices, per direction; 0 without a link
 * @param hopSeconds latency of that link; 0 when not known, which estimates of messages must not see
 * @param linkIsShared whether the link leads to the host, so that devices exchange data through its memory and share the way there
 */
record Machine(
        double flopsPerSecond,
        double bytesPerSecond,
        int units,
        double cacheBytes,
        double cacheShare,
        double linkBytesPerSecond,
        double hopSeconds,
        boolean linkIsShared) {

    /** Whether the datasheet says all that the estimates of compute kernels need. */
    static boolean describes(DeviceSpec spec, NumberFormat format) {
        return spec.units().isPresent()
                && spec.lastLevelCache().isPresent()
                && !spec.memory().isEmpty()
                && spec.mainMemory().knownBandwidth().isPresent()
                && spec.computeFormat(format).isPresent();
    }

    /** Whether the datasheet says all that estimates of such kernels need. */
    static boolean describesAll(DeviceSpec spec, FitKey key) {
        boolean linked = spec.deviceLink().flatMap(LinkSpec::knownLatency).isPresent();
        return (linked || !key.family().equals(KernelFamily.ALL_REDUCE.label()))
                && NumberFormat.builtIn().stream()
                        .filter(format -> format.label().equals(key.format()))
                        .anyMatch(format -> describes(spec, format));
    }

    static Machine of(DeviceSpec spec, NumberFormat format, Physics physics) {
        double peak = spec.computeFormat(format)
                .flatMap(spec::peak)
                .map(FlopRate::flopsPerSecond)
                .orElseThrow(() -> spec.missing("peak rate in " + format.label(), "fitted models"));
        Optional<LinkSpec> link = spec.deviceLink();
        return new Machine(
                peak,
                spec.memoryBandwidth().bytesPerSecond(),
                spec.units().orElseThrow(() -> spec.missing("units", "fitted models")),
                spec.lastLevelCache()
                        .map(Bytes::value)
                        .orElseThrow(() -> spec.missing("lastLevelCache", "fitted models")),
                physics.cacheShare(),
                link.map(port -> port.bandwidth().bytesPerSecond()).orElse(0.0),
                link.flatMap(LinkSpec::knownLatency).map(Durations::seconds).orElse(0.0),
                link.map(port -> port.role() == LinkSpec.Role.HOST).orElse(false));
    }

    /**
     * Returns seconds to move bytes. What fits in the cache is served from there when a kernel is repeated; the tables of kernels are
     * measured so.
     */
    double transferSeconds(double bytes) {
        double x = bytes / (cacheShare * cacheBytes);
        double x2 = x * x;
        double x4 = x2 * x2;
        double x8 = x4 * x4;
        double resident = 1 / (1 + x8 * x8);
        return bytes / (bytesPerSecond * (1 + (CACHE_SPEED - 1) * resident));
    }

    /** Bandwidth of a last-level cache over that of main memory, at least; the correction learns the rest. */
    private static final double CACHE_SPEED = 2.7;
}
