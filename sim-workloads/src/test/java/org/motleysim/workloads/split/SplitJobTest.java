package org.motleysim.workloads.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.power.CarbonIntensity;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.hardware.radio.RadioPower;
import org.motleysim.hardware.radio.RayleighFading;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/** Every run checks frames, bytes and energy against the integral of power. */
class SplitJobTest {
    private static final RadioPower RADIO =
            new RadioPower("r", 400, 100, Power.watts(1), Power.watts(0.5), Duration.ofMillis(20), "made up");
    private static final LinkTrace MEGABYTE = LinkTrace.constant(Bandwidth.megabytesPerSecond(1));

    private static RunResult run(SplitJob job, Duration horizon) {
        Cluster cluster = Cluster.builder("none")
                .add(1, Catalog.builtIn().device("raspberry-pi-5-4gb"))
                .price(PriceModel.free())
                .build();
        return Scenario.of(cluster, job).horizon(horizon).build().run();
    }

    private static SplitJob job(Variant... variants) {
        return SplitJob.of("camera", Duration.ofSeconds(1), List.of(variants), SplitPolicy.fixed(0), MEGABYTE, RADIO)
                .powered(Power.watts(2), Power.watts(7));
    }

    /** Head of 100 ms at 5 W above idle, 200 kB at 1 MB/s, a tail of 50 ms, all every second. */
    @Test
    void splitFrame_timeAndEnergyByHand() {
        MetricSet metrics = run(job(Variant.split("split", 0.1, Bytes.of(200_000), 0.05)), Duration.ofMillis(99_990))
                .metrics();
        assertEquals(100, metrics.value("frames.finished"));
        assertEquals(0.35, metrics.value("latency.mean"), 1e-9);
        assertEquals(100 * 0.1 * 5, metrics.value("split.energy.compute"), 1e-9);
        // 1.6e6 bits at 400 nJ, 0.2 s at 1 W, a tail of 20 ms at 0.5 W.
        assertEquals(100 * (0.64 + 0.2 + 0.01), metrics.value("split.energy.radio"), 1e-9);
        assertEquals(2 * 99.99, metrics.value("split.energy.idle"), 1e-9);
        assertEquals(1, metrics.value("deadline.attainment"));
        assertEquals(0.05 * 100 / 99.99, metrics.value("server.utilization"), 1e-9);
    }

    @Test
    void battery_lastsItsCapacityByTheMeanPower() {
        SplitJob base = job(Variant.local("local", 0.2));
        SplitJob job = new SplitJob(
                "camera",
                1,
                base.period(),
                base.deadline(),
                Duration.ZERO,
                Duration.ZERO,
                SplitJob.Busy.DROP,
                base.variants(),
                base.policy(),
                base.link(),
                Duration.ZERO,
                1,
                base.idle(),
                base.computing(),
                RADIO,
                Optional.of(Energy.joules(86_400 * 3.0)),
                Optional.of(CarbonIntensity.constant(36)));
        MetricSet metrics = run(job, Duration.ofSeconds(100)).metrics();
        // 2 W idle and a fifth of 5 W: 3 W, so a day.
        assertEquals(1, metrics.value("battery.life"), 1e-9);
        // 36 g/kWh are 1e-5 g/J.
        assertEquals(300e-5, metrics.value("split.carbon"), 1e-12);
    }

    /** Three stages with exits 0.5 and 0.4: counts and the mean time follow the shares. */
    @Test
    void earlyExits_asOftenAsTheirShares() {
        Variant early = new Variant(
                "early",
                List.of(
                        new Variant.Stage("first", Duration.ofMillis(10), 0.5),
                        new Variant.Stage("second", Duration.ofMillis(20), 0.4)),
                Bytes.of(100_000),
                Duration.ofMillis(30),
                Bytes.of(10_000),
                Duration.ZERO);
        int frames = 20_000;
        MetricSet metrics = run(job(early), Duration.ofSeconds(frames)).metrics();
        assertEquals(0.3, early.crossingShare(), 1e-12);
        assertEquals(0.5 * frames, metrics.value("variant.early.exits.first"), 4 * Math.sqrt(frames * 0.25));
        assertEquals(0.2 * frames, metrics.value("variant.early.exits.second"), 4 * Math.sqrt(frames * 0.16));
        double expected = early.seconds(1e6, 0);
        assertEquals(0.01 + 0.5 * 0.02 + 0.3 * (0.1 + 0.01 + 0.03), expected, 1e-12);
        // The standard deviation of a frame is below 70 ms.
        assertEquals(expected, metrics.value("latency.mean"), 4 * 0.07 / Math.sqrt(frames));
        double crossed = 0.3 * frames * 110_000;
        assertEquals(crossed, metrics.value("bytes.sent"), 4 * Math.sqrt(frames * 0.21) * 110_000);
    }

    /** A loop of 1.5 periods that drops takes every other frame; one that waits falls behind for ever, and says so. */
    @Test
    void loopSlowerThanItsRhythm_dropsOrFallsBehind() {
        SplitJob slow = job(Variant.local("local", 1.5));
        MetricSet dropping = run(slow, Duration.ofSeconds(1000)).metrics();
        assertEquals(500, dropping.value("frames.dropped"), 1);
        assertEquals(1.5, dropping.value("latency.mean"), 1e-9);
        assertEquals(0, dropping.value("deadline.attainment"));
        assertEquals(0, dropping.value("unstable"));
        MetricSet waiting =
                run(slow.busy(SplitJob.Busy.WAIT), Duration.ofSeconds(1000)).metrics();
        assertEquals(0, waiting.value("frames.dropped"));
        assertEquals(1000 - 1000 / 1.5, waiting.value("frames.in_flight"), 2);
        assertEquals(1, waiting.value("unstable"));
    }

    @Test
    void linkWithoutBandwidth_holdsTheFrame() {
        SplitJob dead = SplitJob.of(
                "dead",
                Duration.ofSeconds(1),
                List.of(Variant.offloaded("edge", Bytes.of(1), 0), Variant.local("local", 0.5)),
                SplitPolicy.fixed(0),
                LinkTrace.constant(Bandwidth.ZERO),
                RADIO);
        MetricSet metrics = run(dead, Duration.ofSeconds(10)).metrics();
        assertEquals(0, metrics.value("frames.finished"));
        assertEquals(0, metrics.value("bytes.delivered"));
        assertEquals(1, metrics.value("frames.in_flight"));
        // A policy that looks at the link stays at home.
        MetricSet wise =
                run(dead.under(SplitPolicy.fastest()), Duration.ofSeconds(10)).metrics();
        assertEquals(
                wise.value("frames.finished") + wise.value("frames.in_flight"), wise.value("variant.local.frames"));
        assertTrue(wise.value("frames.finished") > 5);
    }

    @Test
    void noTimeAtAll_isLegal() {
        MetricSet metrics =
                run(job(Variant.local("nothing", 0)), Duration.ofSeconds(10)).metrics();
        assertEquals(0, metrics.value("latency.max"));
        assertEquals(0, metrics.value("split.energy.compute"));
    }

    /** Devices that share a server of one core, all at once busy: processor sharing slows each down. */
    @Test
    void manyDevices_shareTheServer() {
        SplitJob many = job(Variant.offloaded("edge", Bytes.of(1_000), 0.1)).devices(20);
        MetricSet metrics = run(many, Duration.ofSeconds(100)).metrics();
        // 20 devices x 0.1 s a second ask for two cores, and there is one.
        assertEquals(1, metrics.value("server.utilization"), 0.01);
        assertEquals(10 * 100, metrics.value("frames.finished"), 30);
    }

    /** On a link that fades, widths that switch for nothing are at least as good as one width, and as models that have to be loaded. */
    @Test
    void slimmable_atLeastAsGoodAsOneWidthAndAsSeparateModels() {
        LinkTrace fading = LinkTrace.fading(new RayleighFading(1e6, 8), Duration.ofMillis(700), 500, 9);
        Variant wide = Variant.split("wide", 0.1, Bytes.of(60_000), 0.05);
        Variant narrow = Variant.split("narrow", 0.15, Bytes.of(15_000), 0.05);
        double slimmable = attainment(fading, SplitPolicy.fastest(), wide, narrow);
        double separate = attainment(
                fading,
                SplitPolicy.fastest(),
                wide.loading(Duration.ofMillis(80)),
                narrow.loading(Duration.ofMillis(80)));
        assertTrue(slimmable >= separate);
        assertTrue(slimmable >= attainment(fading, SplitPolicy.fixed(0), wide, narrow));
        assertTrue(slimmable >= attainment(fading, SplitPolicy.fixed(1), wide, narrow));
    }

    private static double attainment(LinkTrace link, SplitPolicy policy, Variant... variants) {
        SplitJob job = SplitJob.of("camera", Duration.ofMillis(250), List.of(variants), policy, link, RADIO);
        return run(job, Duration.ofMinutes(10)).metrics().value("deadline.attainment");
    }

    @Test
    void frugal_spendsLeastWithinTheDeadline() {
        // Local: 0.9 s and 4.5 J. Edge: 0.5 s and 0.5 x 1 W + 4e6 bits x 400 nJ = 2.1 J.
        SplitJob job = job(Variant.local("local", 0.9), Variant.offloaded("edge", Bytes.of(500_000), 0));
        assertEquals(
                10,
                run(job.under(SplitPolicy.frugal()), Duration.ofMillis(9_990))
                        .metrics()
                        .value("variant.edge.frames"));
        // The fastest is the same here; with a dear radio the frugal one stays at home.
        SplitJob dear = SplitJob.of(
                        "dear",
                        Duration.ofSeconds(1),
                        job.variants(),
                        SplitPolicy.frugal(),
                        MEGABYTE,
                        new RadioPower("d", 4_000, 0, Power.ZERO, Power.ZERO, Duration.ZERO, "made up"))
                .powered(Power.watts(2), Power.watts(7));
        assertEquals(10, run(dear, Duration.ofMillis(9_990)).metrics().value("variant.local.frames"));
    }

    @Test
    void sameSeed_sameDigest() {
        SplitJob job = job(new Variant(
                "early",
                List.of(new Variant.Stage("first", Duration.ofMillis(10), 0.5)),
                Bytes.of(1_000),
                Duration.ZERO,
                Bytes.of(0),
                Duration.ZERO));
        assertEquals(
                run(job, Duration.ofMinutes(5)).digestText(),
                run(job, Duration.ofMinutes(5)).digestText());
    }

    @Test
    void badParts_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> job());
        assertThrows(IllegalArgumentException.class, () -> job(Variant.local("a", 1), Variant.local("a", 2)));
        assertThrows(
                IllegalArgumentException.class, () -> job(Variant.local("a", 1)).under(SplitPolicy.fixed(1)));
        assertThrows(IllegalArgumentException.class, () -> new Variant.Stage("s", Duration.ZERO, 1.5));
    }
}
