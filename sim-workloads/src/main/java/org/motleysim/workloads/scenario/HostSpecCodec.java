package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.BANDWIDTH;
import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.time.Duration;
import org.motleysim.hardware.cluster.HostSpec;
import org.motleysim.hardware.device.LinkSpec;

/** The machine around the devices of a group. */
final class HostSpecCodec {
    private static final RecordCodec<LinkSpec> LINK = RecordCodec.of("a link to the host", fields -> {
        var name = fields.optional(
                "name", ScalarCodec.text(), "link", LinkSpec::name, "Name for reports; \"link\" by default");
        var bandwidth = fields.required("bandwidth", BANDWIDTH, LinkSpec::bandwidth, "Bandwidth each way");
        var latency = fields.optional(
                "latency", DURATION, Duration.ZERO, LinkSpec::latency, "Time before the first byte; none by default");
        return given -> new LinkSpec(
                given.find(name).orElse("link"),
                LinkSpec.Role.HOST,
                given.get(bandwidth),
                given.find(latency).orElse(Duration.ZERO));
    });

    static final RecordCodec<HostSpec> HOST = RecordCodec.of("a host", fields -> {
        var devices = fields.optional(
                "devicesPerHost",
                ScalarCodec.integer(1),
                1,
                HostSpec::devicesPerHost,
                "Devices of the group that share one host; 1 by default");
        var tiers = fields.required(
                "tiers", new ListCodec<>(new MemoryTierCodec(), 1), HostSpec::tiers, "The memory of one host");
        var link = fields.optional(
                "link",
                LINK,
                HostSpec::link,
                "What all movements between the host and its devices share, besides each device's own port; none by default");
        return given -> new HostSpec(given.find(devices).orElse(1), given.get(tiers), given.find(link));
    });

    private HostSpecCodec() {}
}
