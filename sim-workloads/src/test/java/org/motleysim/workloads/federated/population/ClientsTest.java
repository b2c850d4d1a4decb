package org.motleysim.workloads.federated.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.population.Attribute;
import org.motleysim.hardware.population.DeviceClass;
import org.motleysim.hardware.population.DeviceTable;
import org.motleysim.hardware.population.PopulationModel;
import org.motleysim.hardware.power.ChargeWindows;

/** Who clients are, when they are there, and what is in their batteries. */
class ClientsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3_600 * SECOND;

    @TempDir
    private Path folder;

    private static PopulationModel phones() {
        return PopulationModel.of(DeviceTable.of(List.of(new DeviceClass(
                "phone",
                1,
                FlopRate.of(1e9),
                Bytes.gigabytes(4),
                Bandwidth.of(1e6),
                Bandwidth.of(1e6),
                Optional.of(Energy.joules(10_000)),
                Optional.empty(),
                Optional.of(Power.watts(4))))));
    }

    private static Clients draw(ClientPopulation population) {
        return population.draw(RandomStreams.of(1), Bytes.ZERO);
    }

    @Test
    void clients_availabilityAndBatteries_takeAtMost32BytesEach() {
        int count = 100_000;
        ClientPopulation population = ClientPopulation.of(phones(), count)
                .with(DataVolume.constant(30))
                .with(Renewal.exponential(3_600, 7_200))
                .with(ClientBattery.full());
        Runtime.getRuntime().gc();
        Clients clients = draw(population);
        assertTrue(clients.arrayBytes() <= 32L * count, "bytes: " + (double) clients.arrayBytes() / count);
        // Counted by hand: row, samples, participations, busy, hours, battery.
        assertEquals(1 + 2 + 2 + 0.125 + 8 + 16, (double) clients.arrayBytes() / count, 0.001);

        ClientPopulation jittered = ClientPopulation.of(
                        phones().withJitter(Attribute.SPEED, Distribution.logNormalMuSigma(0, 0.2))
                                .withJitter(Attribute.LINK_UP, Distribution.logNormalMuSigma(0, 0.2))
                                .withJitter(Attribute.LINK_DOWN, Distribution.logNormalMuSigma(0, 0.2)),
                        count)
                .with(Renewal.exponential(3_600, 7_200));
        assertTrue(draw(jittered).arrayBytes() <= 32L * count);
    }

    @Test
    void volume_eachLaw_hasItsMean() {
        int count = 200_000;
        DataVolume.Histogram histogram = new DataVolume.Histogram(
                List.of(new DataVolume.Histogram.Bin(10, 3), new DataVolume.Histogram.Bin(50, 1)));
        assertEquals(20, mean(histogram, count), 0.2);
        assertEquals(100, mean(new DataVolume.Dirichlet(100L * count, 2), count), 0.2);
        // Small alpha: most have the one sample that everybody has, a few have nearly all.
        Clients unequal = draw(ClientPopulation.of(phones(), 1_000).with(new DataVolume.Dirichlet(1_000_000, 0.01)));
        long most = 0;
        int poor = 0;
        for (int i = 0; i < 1_000; i++) {
            most = Math.max(most, unequal.samples(i));
            poor += unequal.samples(i) == 1 ? 1 : 0;
        }
        assertTrue(most > 65_536 && poor > 700, most + " at most, " + poor + " have one");
    }

    private static double mean(DataVolume volume, int count) {
        Clients clients = draw(ClientPopulation.of(phones(), count).with(volume));
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += clients.samples(i);
        }
        return sum / count;
    }

    @Test
    void renewal_otherLaws_isInEquilibriumAndLeavesTheResidualLife() {
        int count = 60_000;
        var laws = new Renewal(Distribution.uniform(0, 7_200), Distribution.constant(1_800));
        Availability.Hours hours = laws.bind(count, ClockSkew.none().bind(RandomStreams.of(1)), RandomStreams.of(2));
        int on = 0;
        double left = 0;
        for (int client = 0; client < count; client++) {
            if (hours.isOn(client, 0)) {
                on++;
                left += hours.onUntil(client, 0) * 1e-9;
            }
        }
        assertEquals(2.0 / 3, (double) on / count, 3 * 0.5 / Math.sqrt(count));
        // E[X^2] / (2 E[X]) of a uniform law from 0 to a: a / 3.
        assertEquals(2_400, left / on, 3 * 1_700 / Math.sqrt(on));
        int later = 0;
        for (int client = 0; client < count; client++) {
            later += hours.isOn(client, 20 * HOUR) ? 1 : 0;
        }
        assertEquals(2.0 / 3, (double) later / count, 3 * 0.5 / Math.sqrt(count));
    }

    @Test
    void diurnal_fixedHours_followTheClientsClock() {
        var nights = new Diurnal(Distribution.constant(22), Distribution.constant(8), 1);
        Availability.Hours right = nights.bind(1, ClockSkew.none().bind(RandomStreams.of(1)), RandomStreams.of(1));
        assertTrue(right.isOn(0, 0), "since ten in the evening of the day before");
        assertEquals(6 * HOUR, right.onUntil(0, 0));
        assertFalse(right.isOn(0, 6 * HOUR));
        assertEquals(22 * HOUR, right.offUntil(0, 6 * HOUR));
        assertEquals(30 * HOUR, right.onUntil(0, 23 * HOUR));
        var ahead = new ClockSkew(Distribution.constant(3_600)).bind(RandomStreams.of(1));
        assertEquals(5 * HOUR, nights.bind(1, ahead, RandomStreams.of(1)).onUntil(0, 0));

        var rare = new Diurnal(Distribution.constant(1), Distribution.constant(1), 0.25);
        Availability.Hours some = rare.bind(4_000, ClockSkew.none().bind(RandomStreams.of(1)), RandomStreams.of(1));
        int on = 0;
        for (int client = 0; client < 4_000; client++) {
            on += some.isOn(client, HOUR + HOUR / 2) ? 1 : 0;
        }
        assertEquals(0.25, on / 4_000.0, 3 * 0.43 / Math.sqrt(4_000));
    }

    @Test
    void traces_fedScaleCsvAndJson_areReadAlike() throws IOException {
        Path csv = Files.writeString(folder.resolve("hours.csv"), """
                        client,active,inactive,finish_time
                        0,0,10,100
                        0,90,100,100
                        1,20,30,50
                        """);
        Path json = Files.writeString(
                folder.resolve("hours.json"),
                "{\"0\": {\"active\": [0, 90], \"inactive\": [10, 100], \"finish_time\": 100},"
                        + " \"1\": {\"active\": [20], \"inactive\": [30], \"finish_time\": 50}}");
        TraceHours read = TraceHours.read(csv, TraceHoursFormat.FEDSCALE);
        assertEquals(
                read.devices(), TraceHours.read(json, TraceHoursFormat.FEDSCALE).devices());
        assertEquals(0.2, read.devices().get(0).share(), 1e-12);

        Availability.Hours first = TraceHours.of(List.of(read.devices().get(0)))
                .bind(1, ClockSkew.none().bind(RandomStreams.of(1)), RandomStreams.of(1));
        assertTrue(first.isOn(0, 95 * SECOND));
        assertEquals(110 * SECOND, first.onUntil(0, 95 * SECOND), "on over the end of the record");
        assertFalse(first.isOn(0, 10 * SECOND));
        assertEquals(90 * SECOND, first.offUntil(0, 10 * SECOND));
        assertEquals(190 * SECOND, first.offUntil(0, 150 * SECOND));
    }

    @Test
    void traces_flashLines_areOnWhileIdleChargingAndOnWifi() throws IOException {
        Path lines = Files.writeString(folder.resolve("events.txt"), """
                        2020-02-03 21:00:00\tscreen_off
                        2020-02-03 21:00:10\tbattery_charged_on
                        2020-02-03 21:00:20\twifi
                        2020-02-03 21:00:50\t82.0%
                        2020-02-03 21:01:00\tscreen_on
                        2020-02-03 21:01:10\tscreen_lock
                        2020-02-03 21:01:40\t4G
                        2020-02-03 21:02:00\tbattery_charged_off
                        """);
        TraceHours.Device device =
                TraceHours.read(lines, TraceHoursFormat.FLASH).devices().get(0);
        assertEquals(
                new TraceHours.Device(
                        "device", new long[] {20 * SECOND, 60 * SECOND, 70 * SECOND, 100 * SECOND}, 120 * SECOND),
                device);

        Path json = Files.writeString(
                folder.resolve("events.json"),
                "{\"a\": {\"messages\": \"2020-02-03 21:00:00\\twifi\\n2020-02-03 21:00:01\\tbattery_charged_on\\n"
                        + "2020-02-03 21:00:02\\tscreen_off\\n2020-02-03 21:00:12\\tunknown\"}}");
        assertEquals(
                10.0 / 12,
                TraceHours.read(json, TraceHoursFormat.FLASH).devices().get(0).share(),
                1e-12);
    }

    private static String refusal(Path file, TraceHoursFormat format) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> TraceHours.read(file, format))
                .getMessage());
    }

    @Test
    void traces_badFiles_areRefusedWithAllThatIsWrong() throws IOException {
        Path events = Files.writeString(
                folder.resolve("bad.txt"),
                "2020-02-03 21:00:00\tscreen_off\nyesterday\twifi\n2020-02-03 21:00:10\tscreen_of\nno tab\n");
        String message = refusal(events, TraceHoursFormat.FLASH);
        assertTrue(message.contains("line 2: (yesterday) must be a time such as"), message);
        assertTrue(message.contains("line 3: event (screen_of) must be one of"), message);
        assertTrue(message.contains("line 4: (no tab) must be a time, a tab and an event"), message);

        Path hours = Files.writeString(
                folder.resolve("bad.csv"), "client,active,inactive,finish_time\n0,10,5,100\n1,x,5,100\n2,0,5,1\n");
        message = refusal(hours, TraceHoursFormat.FEDSCALE);
        assertTrue(message.contains("times of device 0 must rise"), message);
        assertTrue(message.contains("line 3, active: (x) must be a number of seconds"), message);
        assertTrue(message.contains("device 2 must go off"), message);

        Path columns = Files.writeString(folder.resolve("columns.csv"), "client,start\n0,1\n");
        message = refusal(columns, TraceHoursFormat.FEDSCALE);
        assertTrue(message.contains("columns [active, inactive, finish_time] are missing"), message);
    }

    @Test
    void battery_chargedEachNight_followsItsLine() {
        ClientBattery model = new ClientBattery(
                Power.watts(2),
                0.5,
                ChargeWindows.daily(Duration.ofHours(1), Duration.ofHours(2)),
                Distribution.constant(0.5),
                0.2,
                Power.watts(0.5));
        Clients clients = draw(ClientPopulation.of(phones(), 1).with(model));
        BatteryLedger ledger = clients.batteries().orElseThrow();
        // 5,000 J less half a watt for an hour, then an hour of 1 W in and 0.5 W out.
        assertEquals(0.32, ledger.share(0, HOUR), 1e-12);
        assertEquals(0.50, ledger.share(0, 2 * HOUR), 1e-12);
        // A draw of 2 W on top: 5,000 J last 2,000 s.
        long lasts = ledger.lastsUntil(0, 2 * HOUR, 3 * HOUR, 2);
        assertTrue(Math.abs(2 * HOUR + 2_000 * SECOND - lasts) <= 2, "lasts until " + lasts);
        ledger.draw(0, 2 * HOUR, 3 * HOUR, 2);
        assertEquals(0, ledger.share(0, 3 * HOUR), 0);
        assertFalse(ledger.suffices(0, 3 * HOUR));
        // The next night: 0.5 W net from one o'clock on, 2,000 J to reach the 20% that are needed: longer than one
        // night's 1,800 J.
        long enough = ledger.sufficesAt(0, 3 * HOUR);
        assertTrue(enough == Long.MAX_VALUE, "an hour a night gives 1,800 J, which are gone by the next: " + enough);
        assertEquals(
                ledger.startJoules() + ledger.chargedJoules(),
                ledger.drawnJoules() + ledger.storedJoules(30 * HOUR),
                1e-6);
    }
}
