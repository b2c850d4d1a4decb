package org.motleysim.workloads.federated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.motleysim.workloads.federated.Runs.clients;
import static org.motleysim.workloads.federated.Runs.device;
import static org.motleysim.workloads.federated.Runs.devices;
import static org.motleysim.workloads.federated.Runs.run;
import static org.motleysim.workloads.federated.Runs.timed;
import static org.motleysim.workloads.federated.Runs.value;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Flops;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.power.ChargeWindows;
import org.motleysim.hardware.power.Thermal;
import org.motleysim.hardware.radio.RadioTechnology;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.federated.learning.StalenessWeight;
import org.motleysim.workloads.federated.population.Availability;
import org.motleysim.workloads.federated.population.ClientBattery;
import org.motleysim.workloads.federated.population.ClientPopulation;
import org.motleysim.workloads.federated.population.Renewal;
import org.motleysim.workloads.federated.population.TraceHours;
import org.motleysim.workloads.scenario.RunResult;

/** Runs whose results can be worked out by hand, and runs in which things go wrong. */
class FederatedRunTest {
    private static final Bytes MEGABYTE = Bytes.megabytes(1);

    private static void assertBooksClose(RunResult result) {
        for (Balance balance : result.conservation()) {
            assertTrue(balance.holds(), balance.toString());
        }
    }

    /** One client at 1 GFLOP/s and 1 MB/s: 2 s down, 3 s of work, 4 s up. */
    private static FederatedJob.Builder nineSeconds(ClientPopulation clients) {
        return FederatedJob.of(clients)
                .work(new LocalWork.Training(Flops.giga(1), new LocalWork.Amount.Steps(1, 1)))
                .payload(Payload.of(Bytes.megabytes(2), Bytes.megabytes(4)))
                .radio(Radio.of(new RadioTechnology(
                        "plain", Bandwidth.megabitsPerSecond(100), Duration.ZERO, 100, 50, "made up")));
    }

    private static ClientPopulation onUntil(long seconds) {
        return clients(1)
                .with(TraceHours.of(List.of(new TraceHours.Device(
                        "phone", new long[] {0, seconds * 1_000_000_000L}, 1_000_000_000_000_000L))));
    }

    @Test
    void task_oneClient_takesAndDrawsWhatTheHandSays() {
        RunResult result = run(
                nineSeconds(clients(1)).limit(FederatedJob.Limit.versions(1)).build(), 1);

        assertEquals(9, value(result, "time.job"), 1e-9);
        assertEquals(3 * 4, value(result, "clients.energy.compute"), 1e-9);
        assertEquals(8 * 2e6 * 50e-9, value(result, "clients.energy.download"), 1e-9);
        assertEquals(8 * 4e6 * 100e-9, value(result, "clients.energy.upload"), 1e-9);
        assertEquals(2e6, value(result, "bytes.down.received"));
        assertEquals(4e6, value(result, "bytes.up.received"));
        assertBooksClose(result);
    }

    @Test
    void dropout_inTheMiddleOfTheUpload_losesWhatWasSentAndWastesTheEnergy() {
        // Goes off after 7 of 9 seconds: half of the upload.
        RunResult result = run(nineSeconds(onUntil(7)).build(), 1, Duration.ofSeconds(60));

        assertEquals(0, value(result, "tasks.arrived"));
        assertEquals(1, value(result, "tasks.lost.availability"));
        assertEquals(2e6, value(result, "bytes.up.sent"));
        assertEquals(2e6, value(result, "bytes.up.lost"));
        assertEquals(0, value(result, "bytes.up.received"));
        assertEquals(2e6, value(result, "bytes.down.received"));
        assertEquals(12 + 0.8 + 1.6, value(result, "clients.energy.wasted"), 1e-9);
        assertBooksClose(result);
    }

    @Test
    void dropout_inTheMiddleOfTheUploadOnSharedLinks_losesTheSameBytes() {
        Server shared = new Server(
                Optional.empty(),
                Flops.ZERO,
                Optional.of(Bandwidth.megabytesPerSecond(100)),
                Optional.of(Bandwidth.megabytesPerSecond(100)),
                Duration.ZERO);
        RunResult result = run(nineSeconds(onUntil(7)).server(shared).build(), 1, Duration.ofSeconds(60));

        assertEquals(2e6, value(result, "bytes.up.sent"));
        assertEquals(2e6, value(result, "bytes.up.lost"));
        assertEquals(12 + 0.8 + 1.6, value(result, "clients.energy.wasted"), 1e-9);
        assertBooksClose(result);
    }

    @Test
    void sharedIngress_twoUploadsAtOnce_eachHasHalf() {
        Server shared = new Server(
                Optional.empty(),
                Flops.ZERO,
                Optional.of(Bandwidth.megabytesPerSecond(1)),
                Optional.empty(),
                Duration.ZERO);
        RunResult result = run(
                nineSeconds(clients(2))
                        .server(shared)
                        .aggregation(Aggregation.Synchronous.of(2))
                        .limit(FederatedJob.Limit.versions(1))
                        .build(),
                1);

        // Downloads on their own links, then 8 MB through 1 MB/s.
        assertEquals(2 + 3 + 8, value(result, "time.job"), 1e-8);
        assertBooksClose(result);
    }

    @Test
    void cells_threeClientsOfOneCell_shareItsMedium() {
        RunResult result = run(
                nineSeconds(clients(3))
                        .cells(new Cells(1, Bandwidth.megabytesPerSecond(1.5), Optional.empty()))
                        .aggregation(Aggregation.Synchronous.of(3))
                        .limit(FederatedJob.Limit.versions(1))
                        .build(),
                1);

        assertEquals(6 / 1.5 + 3 + 12 / 1.5, value(result, "time.job"), 1e-8);
    }

    @Test
    void neverAvailable_anyAggregation_endsAndSaysWhy() {
        for (Aggregation aggregation : List.of(
                Aggregation.Synchronous.of(2),
                Aggregation.Buffered.of(2, 1),
                new Aggregation.Compass(1, 4, 1.5, 0.5, 1, StalenessWeight.constant()),
                new Aggregation.Tiered(1, 2),
                new Aggregation.Hierarchical(1, 2, 1, Optional.empty(), Duration.ZERO),
                new Aggregation.Gossip())) {
            FederatedJob job = FederatedJob.of(clients(4).with(Availability.never()))
                    .aggregation(aggregation)
                    .limit(FederatedJob.Limit.versions(5))
                    .build();
            RunResult result = run(job, 1);

            assertEquals(0, value(result, "rounds.versions"), aggregation.toString());
            assertEquals(1, value(result, "rounds.failed"), aggregation.toString());
            String why = Runs.rounds(result).failed(0);
            assertTrue(why.contains("nobody") || why.contains("never"), why);
        }
    }

    @Test
    void oneClientNeverAvailable_others_goOnWithoutIt() {
        ClientPopulation population = clients(100)
                .with(TraceHours.of(List.of(
                        new TraceHours.Device("always", new long[] {0, 1_000}, 1_000),
                        new TraceHours.Device("never", new long[0], 1_000))));
        RunResult result = run(
                FederatedJob.of(population)
                        .aggregation(Aggregation.Synchronous.of(20))
                        .limit(FederatedJob.Limit.versions(50))
                        .build(),
                3);

        assertEquals(50, value(result, "rounds.versions"));
        double took = value(result, "clients.participated");
        assertTrue(took > 0.3 && took < 0.7, "about half of the clients never came: " + took);
    }

    @Test
    void zeroBandwidth_inATable_isRefused() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> devices(device("phone", 1e9, 0)));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("link_down_bytes_per_s (0.0) must be above zero"), message);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Server(
                        Optional.empty(), Flops.ZERO, Optional.of(Bandwidth.ZERO), Optional.empty(), Duration.ZERO));
    }

    @Test
    void quorum_neverMet_failsEachRoundAndSaysWhy() {
        FederatedJob job = timed(50, Distribution.constant(100))
                .aggregation(new Aggregation.Synchronous(10, 12, Optional.of(Duration.ofSeconds(60)), 8))
                .limit(FederatedJob.Limit.versions(3))
                .build();
        RunResult result = run(job, 1);

        assertEquals(0, value(result, "rounds.versions"));
        assertEquals(3, value(result, "rounds.failed"));
        assertEquals(180, value(result, "time.job"), 1e-9);
        String why = Runs.rounds(result).failed(0);
        assertTrue(why.contains("0 of 8 updates arrived when the deadline of"), why);
        assertTrue(why.contains("12 were asked, 12 were told to stop"), why);
        assertBooksClose(result);
    }

    @Test
    void quorum_notMetBecauseOfDropouts_saysHowManyFailed() {
        FederatedJob job = FederatedJob.of(clients(20).withDropout(1))
                .aggregation(new Aggregation.Synchronous(5, 5, Optional.empty(), 5))
                .limit(FederatedJob.Limit.versions(1))
                .build();
        String why = Runs.rounds(run(job, 1)).failed(0);

        assertTrue(why.contains("0 of 5 updates arrived when everybody who was asked is back"), why);
        assertTrue(why.contains("5 failed"), why);
    }

    @Test
    void deadline_quorumReached_usesWhatArrived() {
        // Half of the clients take 10 s, half 100 s.
        ClientPopulation two = ClientPopulation.of(
                devices(device("fast", 1e9, 1e9), device("slow", 1e8, 1e9))
                        .withSelection(org.motleysim.hardware.population.Selection.QUOTAS),
                40);
        FederatedJob job = FederatedJob.of(two)
                .work(new LocalWork.Training(Flops.giga(10), 1, new LocalWork.Amount.Steps(1, 1), 1))
                .aggregation(new Aggregation.Synchronous(40, 40, Optional.of(Duration.ofSeconds(50)), 10))
                .limit(FederatedJob.Limit.versions(1))
                .build();
        RunResult result = run(job, 1);

        assertEquals(1, value(result, "rounds.versions"));
        assertEquals(20, value(result, "tasks.used"));
        assertEquals(20, value(result, "tasks.aborted"));
        assertEquals(50, value(result, "time.job"), 1e-9);
        assertEquals(1, value(result, "class.slow.left_out"));
    }

    @Test
    void computeTimeZero_noPayload_endsAtItsLimitAtTimeZero() {
        RunResult result = run(
                timed(10, Distribution.constant(0))
                        .aggregation(Aggregation.Buffered.of(5, 2))
                        .limit(FederatedJob.Limit.versions(1_000))
                        .build(),
                1);

        assertEquals(1_000, value(result, "rounds.versions"));
        assertEquals(0, value(result, "time.job"));
    }

    @Test
    void version_isTakenAtTheDownload() {
        // Two clients, one at 1 s and one at 10 s a task; the fast one makes a version each second.
        ClientPopulation two = ClientPopulation.of(
                devices(device("fast", 10e9, 1e9), device("slow", 1e9, 1e9))
                        .withSelection(org.motleysim.hardware.population.Selection.QUOTAS),
                2);
        RunResult result = run(
                FederatedJob.of(two)
                        .work(new LocalWork.Training(Flops.giga(10), 1, new LocalWork.Amount.Steps(1, 1), 1))
                        .aggregation(new Aggregation.Asynchronous(2, 0.5, StalenessWeight.constant()))
                        .build(),
                1,
                Duration.ofMillis(10_500));

        // At 10 s the slow one arrives: the fast one has made 9 or 10 versions, and the slow one's is version 0.
        assertTrue(value(result, "staleness.max") >= 9, "staleness is counted from the download");
    }

    @Test
    void maxStaleness_olderUpdates_areThrownAway() {
        RunResult result = run(
                timed(200, Distribution.exponential(1))
                        .aggregation(
                                new Aggregation.Buffered(100, 10, 1, StalenessWeight.constant(), OptionalInt.of(5)))
                        .limit(FederatedJob.Limit.tasks(20_000))
                        .build(),
                1);

        assertTrue(value(result, "staleness.max") <= 5);
        assertTrue(value(result, "tasks.too_stale") > 1_000);
    }

    @Test
    void battery_tooSmallForTheTask_runsOutAndIsNeverBelowZero() {
        // 12 J of compute, 0.8 J before it: 8.8 J last 2 s of download and 2 s of work.
        ClientPopulation weak = ClientPopulation.of(
                        devices(new org.motleysim.hardware.population.DeviceClass(
                                "weak",
                                1,
                                FlopRate.of(1e9),
                                Bytes.gigabytes(1),
                                Bandwidth.of(1e6),
                                Bandwidth.of(1e6),
                                Optional.of(org.motleysim.core.quantity.Energy.joules(8.8)),
                                Optional.empty(),
                                Optional.of(Power.watts(4)))),
                        1)
                .with(ClientBattery.full());
        RunResult result =
                run(nineSeconds(weak).limit(FederatedJob.Limit.versions(1)).build(), 1);

        assertEquals(1, value(result, "tasks.lost.battery"));
        assertEquals(8.8, value(result, "clients.energy.wasted"), 1e-6);
        assertEquals(0, value(result, "clients.battery.stored"), 1e-9);
        assertEquals(0, value(result, "clients.battery.lowest"), 0);
        assertBooksClose(result);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void batteries_manyClientsWithEverythingGoingWrong_booksClose(boolean shared) {
        ClientBattery battery = new ClientBattery(
                Power.watts(10),
                0.9,
                ChargeWindows.daily(Duration.ofHours(1), Duration.ofHours(6)),
                Distribution.uniform(0.02, 0.5),
                0.01,
                Power.watts(0.3));
        ClientPopulation many = clients(300)
                .with(Renewal.exponential(300, 600))
                .with(battery)
                .with(new org.motleysim.workloads.federated.population.ClockSkew(Distribution.uniform(-3_600, 3_600)))
                .withDropout(0.1);
        Server server = new Server(
                Optional.of(FlopRate.gigaflopsPerSecond(1)),
                Flops.giga(0.1),
                shared ? Optional.of(Bandwidth.megabytesPerSecond(20)) : Optional.empty(),
                Optional.empty(),
                Duration.ofMillis(50));
        for (Aggregation aggregation : List.of(
                new Aggregation.Synchronous(20, 26, Optional.of(Duration.ofMinutes(5)), 10),
                Aggregation.Buffered.of(50, 10),
                new Aggregation.Tiered(3, 10),
                new Aggregation.Hierarchical(
                        4, 10, 2, Optional.of(Bandwidth.megabytesPerSecond(10)), Duration.ofMillis(20)),
                new Aggregation.Compass(2, 10, 1.5, 0.9, 1, StalenessWeight.polynomial(0.5)),
                new Aggregation.Gossip())) {
            FederatedJob job = FederatedJob.of(many)
                    .work(new LocalWork.Training(Flops.giga(5), new LocalWork.Amount.Steps(4, 1)))
                    .payload(Payload.of(MEGABYTE, Bytes.megabytes(3)))
                    .radio(new Radio(
                            RadioTechnology.builtIn("lte"), Power.watts(1.288), Power.watts(1), Duration.ofSeconds(10)))
                    .server(server)
                    .aggregation(aggregation)
                    .build();
            RunResult result = run(job, 5, Duration.ofHours(8));

            assertTrue(
                    value(result, "rounds.versions") > 10, aggregation + " made " + value(result, "rounds.versions"));
            assertTrue(value(result, "tasks.lost.availability") > 10, aggregation.toString());
            assertTrue(value(result, "clients.battery.lowest") >= 0, aggregation.toString());
            assertBooksClose(result);
            assertEquals(result.digest(), run(job, 5, Duration.ofHours(8)).digest(), "same seed, same bits");
        }
    }

    @Test
    void batteriesWithoutStandby_whatTheyGaveIsWhatTheTasksDrew() {
        FederatedJob job = nineSeconds(clients(50).with(ClientBattery.full()).withDropout(0.3))
                .aggregation(Aggregation.Buffered.of(10, 5))
                .limit(FederatedJob.Limit.versions(100))
                .build();
        RunResult result = run(job, 2);

        double energy = value(result, "clients.energy.total");
        assertEquals(energy, value(result, "clients.battery.drawn"), 1e-9 * energy);
        assertEquals(
                value(result, "clients.battery.start") - energy,
                value(result, "clients.battery.stored"),
                1e-9 * energy);
    }

    @Test
    void memory_tooSmall_clientIsNeverAsked() {
        RunResult result = run(
                FederatedJob.of(clients(5))
                        .memory(Bytes.gigabytes(5))
                        .limit(FederatedJob.Limit.versions(1))
                        .build(),
                1);

        assertEquals(0, value(result, "tasks.launched"));
        assertEquals(1, value(result, "rounds.failed"));
    }

    @Test
    void serverTime_eachAggregation_takesOperationsOverSpeed() {
        Server slow = new Server(
                Optional.of(FlopRate.of(1e6)), Flops.of(1e6), Optional.empty(), Optional.empty(), Duration.ZERO);
        RunResult result = run(
                timed(10, Distribution.constant(5))
                        .server(slow)
                        .aggregation(Aggregation.Synchronous.of(4))
                        .limit(FederatedJob.Limit.versions(3))
                        .build(),
                1);

        assertEquals(3 * (5 + 4), value(result, "time.job"), 1e-9);
        assertEquals(12, value(result, "server.busy"), 1e-9);
    }

    @Test
    void secureAggregation_publishedSettings_expandAsPublished() {
        // Bonawitz et al., CCS 2017, section 1: 1.73 times for 2^10 users and 2^20 dimensions, 1.98 for 2^14 and 2^24.
        SecureAggregation secure = SecureAggregation.published();
        double clear = 2.0 * (1 << 20);
        assertEquals(1.73, secure.clientBytes(clear, 1 << 10) / clear, 0.005);
        clear = 2.0 * (1 << 24);
        assertEquals(1.98, secure.clientBytes(clear, 1 << 14) / clear, 0.005);
    }

    @Test
    void compression_halfTheBytes_halvesTheUploadAndCostsItsWork() {
        Payload packed = new Payload(
                MEGABYTE, Bytes.megabytes(4), Optional.of(new Payload.Compression(2, 250, 0)), Optional.empty());
        RunResult result = run(
                nineSeconds(clients(1))
                        .payload(packed)
                        .limit(FederatedJob.Limit.versions(1))
                        .build(),
                1);

        assertEquals(1 + 3 + 1 + 2, value(result, "time.job"), 1e-8);
    }

    @Test
    void throttling_longWork_followsTheLadder() {
        // 4 W and 10 K/W lead to 65 degrees; throttled at 45: after tau ln(2) at full speed, then at half speed and
        // power (45 degrees steady).
        Throttling ladder = new Throttling(
                new Thermal(10, Duration.ofSeconds(60), 25, 45, 5), List.of(new Throttling.Rung(0.5, 0.55)));
        RunResult result = run(
                FederatedJob.of(clients(1))
                        .work(new LocalWork.Training(Flops.giga(100), 1, new LocalWork.Amount.Steps(1, 1), 1))
                        .throttling(ladder)
                        .limit(FederatedJob.Limit.versions(1))
                        .build(),
                1);

        double full = 60 * StrictMath.log(2);
        double rest = (100 - full) / 0.5;
        assertEquals(full + rest, value(result, "time.job"), 1e-6);
        assertEquals(4 * full + 2.2 * rest, value(result, "clients.energy.compute"), 1e-6);
    }
}
