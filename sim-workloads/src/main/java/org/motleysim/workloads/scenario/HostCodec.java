package org.motleysim.workloads.scenario;

import static org.motleysim.workloads.scenario.ScalarCodec.DURATION;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.motleysim.hardware.dispatch.Host;
import org.motleysim.hardware.dispatch.Hosts;
import org.motleysim.hardware.dispatch.LaunchMode;

/** The thread that launches kernels. */
final class HostCodec {
    private static final String KNOWN =
            Hosts.builtIn().stream().map(Host::name).collect(Collectors.joining("\", \"", "\"", "\""));

    static final RecordCodec<Host> HOST = RecordCodec.of("a host that launches kernels", fields -> {
        var name = fields.optional(
                "name",
                ScalarCodec.text(),
                "host",
                Host::name,
                "Name; that of a measured host (" + KNOWN + ") stands for its launch latency");
        var latency = fields.optional(
                "launchLatency",
                DURATION,
                host -> Optional.of(host.launchLatency()),
                "From the call of a launch to the start of the kernel on an idle device");
        var perKernel = fields.optional(
                "perKernel",
                DURATION,
                host -> Optional.of(host.perKernel()),
                "Time of the thread per kernel, its framework included; by default the launch latency");
        var perGraph = fields.optional(
                "perGraph",
                DURATION,
                host -> Optional.of(host.perGraph()),
                "Time of the thread per captured graph; by default the launch latency");
        var depth = fields.optional(
                "queueDepth",
                ScalarCodec.integer(1),
                Host.USUAL_DEPTH,
                Host::queueDepth,
                "Kernels that may be launched and not finished; " + Host.USUAL_DEPTH + " by default");
        var mode = fields.optional(
                "mode",
                ScalarCodec.named("a way to launch", List.of(LaunchMode.values()), LaunchMode::label),
                LaunchMode.EAGER,
                Host::mode,
                "One call a kernel, or one a captured graph; \"eager\" by default");
        return given -> {
            String called = given.find(name).orElse("host");
            Host host = given.find(latency)
                    .map(time -> Host.of(time).named(called))
                    .or(() -> Hosts.find(called))
                    .orElseThrow(() -> new IllegalArgumentException("\"launchLatency\" is missing of a host named \""
                            + called + "\"\nMaybe \"launchLatency\": \"3 us\", or the name of a measured host: " + KNOWN
                            + "."));
            return new Host(
                    called,
                    host.launchLatency(),
                    given.find(perKernel).orElse(host.perKernel()),
                    given.find(perGraph).orElse(host.perGraph()),
                    given.find(depth).orElse(host.queueDepth()),
                    given.find(mode).orElse(host.mode()));
        };
    });

    private HostCodec() {}
}
