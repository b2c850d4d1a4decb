package org.motleysim.examples;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.radio.Contention;
import org.motleysim.hardware.radio.RadioPower;
import org.motleysim.hardware.radio.RadioTechnology;
import org.motleysim.workloads.offload.Application;
import org.motleysim.workloads.offload.Backhaul;
import org.motleysim.workloads.offload.EndDevices;
import org.motleysim.workloads.offload.Mobility;
import org.motleysim.workloads.offload.OffloadEpisode;
import org.motleysim.workloads.offload.OffloadJob;
import org.motleysim.workloads.offload.OffloadPolicies;
import org.motleysim.workloads.offload.OffloadPolicy;
import org.motleysim.workloads.offload.OffloadView;
import org.motleysim.workloads.offload.Processor;
import org.motleysim.workloads.offload.Site;
import org.motleysim.workloads.offload.Work;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/**
 * Drones on batteries between two trucks with servers. A policy of one's own, a lambda, works on board while the battery is full and sends
 * tasks away when it is not; then the same by hand, step by step, as a policy is trained.
 */
public final class DroneSwarm {
    private DroneSwarm() {}

    /** Prints what becomes of the batteries under three policies, then drives an episode. */
    public static void main(String[] arguments) {
        OffloadPolicy careful = task ->
                task.batteryShare() > 0.5 && task.jobs(OffloadView.LOCAL) == 0 ? OffloadView.LOCAL : task.home();
        for (OffloadPolicy policy : List.of(OffloadPolicies.Named.LOCAL, OffloadPolicies.Named.EDGE, careful)) {
            RunResult result = scenario(policy).run();
            System.out.println(result.metrics().value("class.drone.battery.empty") + " drones on the ground, "
                    + result.metrics().value("tasks.finished") + " tasks done");
        }
        OffloadEpisode episode = OffloadEpisode.of(swarm(careful), SplitCamera.nothing(), Duration.ofMinutes(1));
        double waited = episode.reset(1).taskSeconds();
        while (!episode.isDone()) {
            waited += episode.step(careful.choose(episode.observe())).taskSeconds();
        }
        System.out.println(waited + " s of tasks under way in a minute");
    }

    static Scenario scenario(OffloadPolicy policy) {
        return Scenario.of(SplitCamera.nothing(), swarm(policy))
                .name("drone-swarm-java")
                .horizon(Duration.ofMinutes(30))
                .build();
    }

    private static OffloadJob swarm(OffloadPolicy policy) {
        Application detection = new Application(
                "detection",
                1,
                Duration.ofSeconds(1),
                Duration.ofDays(1),
                Duration.ZERO,
                Bytes.kilobytes(40),
                Bytes.kilobytes(1),
                new Work.Instructions(2_000),
                Application.Sizes.EXPONENTIAL,
                0,
                Optional.of(Duration.ofMillis(500)));
        Site truck = Site.of(
                        "truck",
                        RadioTechnology.builtIn("wifi"),
                        Processor.mips(16, 10_000, Power.watts(60), Power.watts(300)))
                .contended(Contention.wlan());
        EndDevices drones = EndDevices.of(
                        "drone",
                        30,
                        Processor.mips(1, 4_000, Power.watts(1.5), Power.watts(10)),
                        RadioPower.builtIn("wifi"))
                .battery(Energy.joules(8_000))
                .moving(Mobility.nomadic(Duration.ofMinutes(2)));
        return OffloadJob.builder("swarm")
                .applications(List.of(detection))
                .classes(List.of(drones))
                .sites(List.of(truck.named("truck-0"), truck.named("truck-1")))
                .backhaul(Backhaul.of(Bandwidth.gigabitsPerSecond(1), Duration.ofMillis(2)))
                .handover(Duration.ofMillis(100))
                .policy(policy)
                .build();
    }
}
