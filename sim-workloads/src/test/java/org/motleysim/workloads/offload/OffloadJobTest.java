package org.motleysim.workloads.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.power.CarbonIntensity;
import org.motleysim.hardware.radio.Contention;
import org.motleysim.hardware.radio.RadioPower;
import org.motleysim.hardware.radio.RadioTechnology;
import org.motleysim.hardware.radio.RayleighFading;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.scenario.RunResult;

/** Every run checks its conservation laws: tasks, bytes on the radio and on wires, and energy against the integral of power, to 1e-9. */
class OffloadJobTest {
    private static final RadioTechnology MEGABYTE =
            new RadioTechnology("1 MB/s", Bandwidth.megabytesPerSecond(1), Duration.ofMillis(5), 0, 0, "made up");
    private static final Backhaul METRO = new Backhaul(Bandwidth.megabytesPerSecond(10), Duration.ofMillis(10), 100);

    private static Site site(String name) {
        return Site.of(name, MEGABYTE, OffloadFixtures.server(2, 1000));
    }

    private static Application application(double gapSeconds) {
        return new Application(
                "app",
                1,
                Duration.ofNanos(Math.round(gapSeconds * 1e9)),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                Bytes.of(100_000),
                Bytes.of(20_000),
                new Work.Instructions(50),
                Application.Sizes.EXPONENTIAL,
                0.3,
                Optional.of(Duration.ofSeconds(1)));
    }

    /** Everything at once: three sites, a cloud, fading, contention, batteries, migration, moving devices. */
    private static OffloadJob everything(OffloadPolicy policy) {
        Site fading = new Site(
                "c",
                MEGABYTE,
                Optional.of(Contention.wlan()),
                Optional.of(new RayleighFading(1e6, 10)),
                OffloadFixtures.server(2, 1000),
                Queueing.FIFO,
                Optional.empty());
        return OffloadJob.builder("all")
                .applications(List.of(application(2)))
                .classes(List.of(
                        EndDevices.of("phone", 30, OffloadFixtures.PHONE, RadioPower.builtIn("wifi"))
                                .moving(Mobility.nomadic(Duration.ofSeconds(15))),
                        EndDevices.of("tired", 10, OffloadFixtures.PHONE, RadioPower.builtIn("lte"))
                                .battery(Energy.joules(300))
                                .moving(Mobility.nomadic(Duration.ofSeconds(15)))))
                .sites(List.of(site("a"), site("b"), fading))
                .backhaul(METRO)
                .cloud(new Cloud(
                        OffloadFixtures.server(16, 4000),
                        Queueing.PROCESSOR_SHARING,
                        Backhaul.of(Bandwidth.megabytesPerSecond(5), Duration.ofMillis(50))))
                .policy(policy)
                .handover(Duration.ofMillis(300))
                .migration(new Migration(Bytes.megabytes(5), Duration.ofMillis(200)))
                .carbon(CarbonIntensity.constant(360))
                .build();
    }

    @ParameterizedTest
    @EnumSource(OffloadPolicies.Named.class)
    void everything_holdsItsLawsAndRepeats(OffloadPolicies.Named policy) {
        RunResult first = OffloadFixtures.run(everything(policy), Duration.ofMinutes(10), 5);
        assertTrue(first.conservation().size() >= 4);
        assertEquals(
                first.digestText(),
                OffloadFixtures.run(everything(policy), Duration.ofMinutes(10), 5)
                        .digestText());
        MetricSet metrics = first.metrics();
        assertTrue(metrics.value("tasks.finished") > 1_000, metrics.toString());
        assertTrue(metrics.value("class.tired.battery.charge.min") >= 0);
        assertTrue(metrics.value("handovers") > 500);
        // 360 g/kWh are 1e-4 g/J.
        assertEquals(
                metrics.value("offload.energy") * 1e-4,
                metrics.value("offload.carbon"),
                1e-9 * metrics.value("offload.carbon"));
    }

    /** One device alone: the time of a task is that of its parts, and its energy by hand. */
    @Test
    void aloneOnTheRadio_timeAndEnergyByHand() {
        RadioPower radio =
                new RadioPower("r", 400, 100, Power.watts(1), Power.watts(0.5), Duration.ofMillis(100), "made up");
        Application steady = Application.steady(
                "one", Duration.ofHours(1), Bytes.of(1_000_000), Bytes.of(500_000), new Work.Instructions(2_000));
        OffloadJob job = OffloadJob.builder("alone")
                .applications(List.of(steady))
                .classes(List.of(EndDevices.of("phone", 1, OffloadFixtures.PHONE, radio)))
                .sites(List.of(site("a")))
                .build();
        MetricSet metrics = OffloadFixtures.run(job, Duration.ofDays(2), 1).metrics();
        double tasks = metrics.value("tasks.finished");
        assertTrue(tasks > 20);
        // 1 s up, 5 ms, 2 s on a core, 5 ms, 0.5 s down; no two tasks meet.
        assertEquals(3.51, metrics.value("latency.mean"), 1e-9);
        // Sending 8e6 bits at 400 nJ, receiving 4e6 at 100 nJ, 1.5 s at 1 W, two tails of 0.1 s at 0.5 W.
        double each = 3.2 + 0.4 + 1.5 + 2 * 0.05;
        assertEquals(tasks * each, metrics.value("offload.energy.devices.radio"), 1e-9 * tasks * each);
        assertEquals(0.5 * 172_800, metrics.value("offload.energy.devices.idle"), 1e-6);
        assertEquals(50 * 172_800 + tasks * 2 * 50, metrics.value("offload.energy.servers"), 1e-3);
    }

    /** Devices that never stop sending get what the measured table says for their number. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 10, 51})
    void saturatedAccessPoint_givesWhatTheTableSays(int stations) {
        Application endless = Application.steady(
                "big", Duration.ofMillis(1), Bytes.megabytes(100), Bytes.of(0), new Work.Instructions(0));
        MetricSet metrics = OffloadFixtures.run(
                        OffloadFixtures.job(endless, stations, site("a").contended(Contention.wlan())),
                        Duration.ofSeconds(20),
                        2)
                .metrics();
        double inFlight = metrics.value("bytes.radio.sent") - metrics.value("bytes.radio.delivered");
        assertTrue(inFlight > 0);
        double carried = metrics.value("site.a.radio.utilization");
        assertEquals(1, carried, 0.01);
        // Air time of transfers that have not ended counts too: the table is about rates.
        double perSecond =
                metrics.value("site.a.radio.airtime") / 20 * Contention.wlan().bytesPerSecond(1);
        double expected = Contention.wlan().bytesPerSecond(stations);
        assertEquals(expected, perSecond, 0.01 * expected);
    }

    @Test
    void nomads_handOverAsOftenAsTheyShould() {
        Application rare = OffloadFixtures.tasks(0.001, 1, 1000, Application.Sizes.FIXED);
        OffloadJob job = OffloadJob.builder("walk")
                .applications(List.of(rare))
                .classes(List.of(EndDevices.of("phone", 200, OffloadFixtures.PHONE, RadioPower.none())
                        .moving(Mobility.nomadic(Duration.ofSeconds(60)))))
                .sites(List.of(site("a"), site("b"), site("c")))
                .backhaul(METRO)
                .build();
        double expected = 200 * 3600 / 60.0;
        double handovers =
                OffloadFixtures.run(job, Duration.ofHours(1), 4).metrics().value("handovers");
        assertEquals(expected, handovers, 4 * Math.sqrt(expected));
    }

    /** Along a line between two sites 100 m apart, the nearer one changes in the middle. */
    @Test
    void path_changesSiteWhereTheOtherBecomesNearer() {
        var path = new Mobility.Path(
                List.of(
                        Coordinates.ofMetres(0, 0),
                        Coordinates.ofMetres(40, 0),
                        Coordinates.ofMetres(60, 0),
                        Coordinates.ofMetres(100, 0)),
                Duration.ofSeconds(10));
        List<Site> sites = List.of(
                site("west").at(Coordinates.ofMetres(0, 0)), site("east").at(Coordinates.ofMetres(100, 0)));
        var draws = RandomStreams.of(1).draws("moves");
        for (int device = 0; device < 20; device++) {
            Mobility.Course course = path.bind(device, sites, draws);
            int site = course.site();
            course.stayNanos();
            assertEquals(1 - site, course.move());
            // Forth and back is six steps: three on each side.
            assertEquals(30_000_000_000L, course.stayNanos());
            assertEquals(site, course.move());
            assertEquals(30_000_000_000L, course.stayNanos());
        }
    }

    /** A battery of 0.5 W x 1000 s of idle power and no work lasts 1000 s, and that is what the days say. */
    @Test
    void idleDevice_batteryLastsItsCapacityOverItsPower() {
        Application never = OffloadFixtures.tasks(1e-9, 1, 1, Application.Sizes.FIXED);
        OffloadJob job = OffloadJob.builder("idle")
                .applications(List.of(never))
                .classes(List.of(EndDevices.of("phone", 3, OffloadFixtures.PHONE, RadioPower.none())
                        .battery(Energy.joules(500))))
                .sites(List.of(site("a")))
                .build();
        MetricSet before = OffloadFixtures.run(job, Duration.ofSeconds(990), 1).metrics();
        MetricSet after = OffloadFixtures.run(job, Duration.ofSeconds(1010), 1).metrics();
        assertEquals(0, before.value("class.phone.battery.empty"));
        assertEquals(3, after.value("class.phone.battery.empty"));
        assertEquals(1000.0 / 86_400, before.value("class.phone.battery.life"), 1e-9);
        assertTrue(after.value("class.phone.battery.charge.min") >= 0);
    }

    /** The part of a population that leaves a link of no bandwidth is nobody. */
    @Test
    void cloudBehindALinkWithoutBandwidth_nothingComesBack() {
        OffloadJob job = OffloadJob.builder("cut")
                .applications(List.of(application(2)))
                .classes(List.of(EndDevices.of("phone", 20, OffloadFixtures.PHONE, RadioPower.none())))
                .sites(List.of(site("a")))
                .cloud(new Cloud(
                        OffloadFixtures.server(4, 1000),
                        Queueing.PROCESSOR_SHARING,
                        Backhaul.of(Bandwidth.ZERO, Duration.ofMillis(10))))
                .policy(OffloadPolicies.Named.CLOUD)
                .build();
        MetricSet metrics = OffloadFixtures.run(job, Duration.ofMinutes(5), 1).metrics();
        assertEquals(0, metrics.value("tasks.finished"));
        assertEquals(1, metrics.value("link.cloud-up.unstable"));
        assertEquals(0, metrics.value("bytes.wired.delivered"));
        // A policy that looks ahead does not send there.
        MetricSet wise = OffloadFixtures.run(job.under(OffloadPolicies.weighted(1)), Duration.ofMinutes(5), 1)
                .metrics();
        assertEquals(0, wise.value("tasks.cloud"));
    }

    /** 100 s of upload on a battery for less: the device goes off in the middle, and what it had not sent is lost. */
    @Test
    void batteryEmptyDuringAnUpload_losesTheRest() {
        Application large = Application.steady(
                "large", Duration.ofSeconds(1), Bytes.megabytes(100), Bytes.of(0), new Work.Instructions(1));
        OffloadJob job = OffloadJob.builder("dying")
                .applications(List.of(large))
                .classes(List.of(EndDevices.of(
                                "phone",
                                1,
                                OffloadFixtures.PHONE,
                                new RadioPower("r", 0, 0, Power.watts(1.5), Power.ZERO, Duration.ZERO, "made up"))
                        .battery(Energy.joules(20))))
                .sites(List.of(site("a")))
                .build();
        MetricSet metrics = OffloadFixtures.run(job, Duration.ofMinutes(5), 1).metrics();
        double sent = metrics.value("bytes.radio.sent");
        double delivered = metrics.value("bytes.radio.delivered");
        // 0.5 W idle until the first task, then 2 W: off after some 10 s of 1 MB/s.
        assertTrue(delivered > 8e6 && delivered < 10e6, "delivered " + delivered);
        assertEquals(sent, delivered + metrics.value("bytes.radio.lost"), 1);
        assertEquals(1, metrics.value("class.phone.battery.empty"));
        assertEquals(metrics.value("tasks.generated"), metrics.value("tasks.lost"));
        assertEquals(20, metrics.value("offload.energy.devices"), 0.01);
    }

    @Test
    void noWork_takesTheTimeOfTheRadioAlone() {
        Application nothing = Application.steady(
                "nothing", Duration.ofHours(1), Bytes.of(1_000_000), Bytes.of(0), new Work.Instructions(0));
        MetricSet metrics = OffloadFixtures.run(OffloadFixtures.job(nothing, 1, site("a")), Duration.ofDays(1), 1)
                .metrics();
        assertEquals(1.01, metrics.value("latency.mean"), 1e-9);
        assertEquals(0, metrics.value("site.a.utilization"));
    }

    @Test
    void sensorWithoutProcessor_sendsWhatItWasToKeep() {
        OffloadJob job = OffloadJob.builder("sensors")
                .applications(List.of(application(1)))
                .classes(List.of(new EndDevices(
                        "sensor", 5, Optional.empty(), RadioPower.none(), Optional.empty(), Mobility.none())))
                .sites(List.of(site("a")))
                .policy(OffloadPolicies.Named.LOCAL)
                .build();
        MetricSet metrics = OffloadFixtures.run(job, Duration.ofMinutes(2), 1).metrics();
        assertEquals(0, metrics.value("tasks.local"));
        assertTrue(metrics.value("tasks.edge") > 100);
    }

    @Test
    void policyThatChoosesWhatIsNot_isRefused() {
        OffloadJob job = OffloadFixtures.job(application(1), 5, site("a")).under(task -> 7);
        Exception refused =
                assertThrows(RuntimeException.class, () -> OffloadFixtures.run(job, Duration.ofMinutes(1), 1));
        assertTrue(String.valueOf(refused.getMessage() + refused.getCause()).contains("target (7)"));
    }

    @Test
    void problems_areAllCollected() {
        OffloadJob job = OffloadJob.builder("bad")
                .applications(List.of(application(1)))
                .classes(List.of(EndDevices.of("phone", 1, OffloadFixtures.PHONE, RadioPower.none())
                        .moving(Mobility.path(
                                List.of(Coordinates.ofMetres(0, 0), Coordinates.ofMetres(1, 1)),
                                Duration.ofSeconds(1)))))
                .sites(List.of(site("a"), site("b")))
                .build();
        List<Problem> problems = job.problems(OffloadFixtures.cluster(), true);
        assertEquals(
                List.of("$", "$.backhaul", "$.sites[0]", "$.sites[1]"),
                problems.stream().map(Problem::path).toList());
    }

    @Test
    void episode_withTheChoicesOfAPolicy_isTheRunOfThatPolicy() {
        OffloadJob job = everything(OffloadPolicies.weighted(0.5));
        MetricSet scenario = OffloadFixtures.run(job, Duration.ofMinutes(3), 9).metrics();
        OffloadEpisode episode = OffloadEpisode.of(job, OffloadFixtures.cluster(), Duration.ofMinutes(3));
        OffloadEpisode.Step step = episode.reset(9);
        double taskSeconds = step.taskSeconds();
        double joules = step.joules();
        while (!episode.isDone()) {
            step = episode.step(job.policy().choose(episode.observe()));
            taskSeconds += step.taskSeconds();
            joules += step.joules();
        }
        MetricSet own = episode.metrics();
        for (String name : own.names()) {
            assertEquals(scenario.value(name), own.value(name), name);
        }
        assertEquals(own.value("offload.energy"), joules, 1e-9 * joules);
        // Tasks that have ended took their latency, and those under way some more.
        assertTrue(taskSeconds >= own.value("latency.mean") * own.value("tasks.finished") * (1 - 1e-9));
        assertThrows(IllegalStateException.class, episode::observe);
    }

    /** Gaps of 264 years on average: some lead beyond the range of time, and simply do not come. */
    @Test
    void tasksBeyondTheRangeOfTime_neverCome() {
        OffloadJob job =
                OffloadFixtures.job(OffloadFixtures.tasks(1.2e-10, 1, 1, Application.Sizes.FIXED), 500, site("a"));
        MetricSet metrics = OffloadFixtures.run(job, Duration.ofDays(36_500), 1).metrics();
        // 500 devices, 3.15e9 s, one task in 8.3e9 s.
        double expected = 500 * 36_500 * 86_400.0 * 1.2e-10;
        assertEquals(expected, metrics.value("tasks.generated"), 4 * Math.sqrt(expected));
    }

    /** What a policy wants of time and energy shows: the ends of the front are its best. */
    @Test
    void weights_tradeTimeForEnergy() {
        OffloadJob job = OffloadJob.builder("trade")
                .applications(List.of(Application.steady(
                        "one",
                        Duration.ofSeconds(30),
                        Bytes.kilobytes(200),
                        Bytes.kilobytes(1),
                        new Work.Instructions(1_000))))
                .classes(List.of(EndDevices.of("phone", 20, OffloadFixtures.PHONE, RadioPower.builtIn("lte"))))
                .sites(List.of(Site.of("a", MEGABYTE, OffloadFixtures.server(8, 10_000))))
                .build();
        MetricSet fast = OffloadFixtures.run(job.under(OffloadPolicies.Named.LATENCY), Duration.ofMinutes(20), 1)
                .metrics();
        MetricSet frugal = OffloadFixtures.run(job.under(OffloadPolicies.Named.ENERGY), Duration.ofMinutes(20), 1)
                .metrics();
        assertTrue(fast.value("latency.mean") < frugal.value("latency.mean"));
        assertTrue(fast.value("offload.energy.per_task") > frugal.value("offload.energy.per_task"));
    }
}
