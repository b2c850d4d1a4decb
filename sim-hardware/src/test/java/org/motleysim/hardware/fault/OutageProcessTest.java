package org.motleysim.hardware.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.TimeWeighted;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStreams;

class OutageProcessTest {
    /** Devices that are up on average, over the time. */
    private static double meanUp(RenewalOutages outages, int devices, double seconds, long seed) {
        Simulation simulation = new Simulation();
        TimeWeighted up = new TimeWeighted();
        up.add(0, devices);
        OutageProcess process = new OutageProcess(
                simulation,
                outages,
                devices,
                RandomStreams.of(seed),
                "test",
                listener(device -> up.add(simulation.now(), -1), device -> up.add(simulation.now(), 1)));
        process.start();
        simulation.runUntil(SimTime.nanos(seconds));
        return up.mean(simulation.now());
    }

    private static OutageProcess.Listener listener(
            java.util.function.IntConsumer down, java.util.function.IntConsumer up) {
        return new OutageProcess.Listener() {
            @Override
            public void down(int device) {
                down.accept(device);
            }

            @Override
            public void up(int device) {
                up.accept(device);
            }
        };
    }

    /** MTBF / (MTBF + MTTR), whatever the distributions. */
    @Test
    void availability_anyDistributions_isThatOfRenewalTheory() {
        List<RenewalOutages> cases = List.of(
                new RenewalOutages(
                        Distribution.exponential(90), Distribution.exponential(10), RenewalOutages.UNLIMITED),
                new RenewalOutages(
                        Distribution.weibull(0.7, 100), Distribution.logNormal(10, 60), RenewalOutages.UNLIMITED),
                new RenewalOutages(Distribution.weibull(2, 50), Distribution.constant(7), RenewalOutages.UNLIMITED));
        for (RenewalOutages each : cases) {
            double mtbf = each.uptime().mean();
            double mttr = each.downtime().mean();
            double expected = mtbf / (mtbf + mttr);

            assertEquals(expected, each.availability(), 1e-12);
            assertEquals(expected, meanUp(each, 200, 20_000, 3) / 200, 0.005, "seed 3, " + each);
        }
    }

    /**
     * The machine repair model M/M/c with a finite source: with rho = MTTR/MTBF, the probability of n machines down goes as
     * N!/(N-n)! rho^n / (n! or c! c^(n-c)) (Kleinrock, Queueing Systems I, 3.9).
     */
    @Test
    void meanUp_fewCrews_isThatOfTheMachineRepairModel() {
        int machines = 10;
        double rho = 0.2;
        for (int crews : new int[] {1, 2, 10}) {
            double sum = 0;
            double down = 0;
            double weight = 1;
            for (int n = 0; n <= machines; n++) {
                if (n > 0) {
                    weight *= rho * (machines - n + 1) / Math.min(n, crews);
                }
                sum += weight;
                down += n * weight;
            }
            double expected = machines - down / sum;
            RenewalOutages outages =
                    new RenewalOutages(Distribution.exponential(100), Distribution.exponential(20), crews);

            assertEquals(expected, meanUp(outages, machines, 8_000_000, 5), 0.07, "seed 5, crews " + crews);
        }
    }

    @Test
    void otherDevices_more_shiftNobodysFailures() {
        List<Long> alone = failuresOfDeviceZero(1);

        assertEquals(alone, failuresOfDeviceZero(7));
        assertTrue(alone.size() > 50);
    }

    private static List<Long> failuresOfDeviceZero(int devices) {
        Simulation simulation = new Simulation();
        List<Long> failures = new ArrayList<>();
        new OutageProcess(
                        simulation,
                        Outages.renewal(Distribution.exponential(90), Distribution.exponential(10)),
                        devices,
                        RandomStreams.of(1),
                        "test",
                        listener(
                                device -> {
                                    if (device == 0) {
                                        failures.add(simulation.now());
                                    }
                                },
                                device -> {}))
                .start();
        simulation.runUntil(SimTime.nanos(10_000));
        return failures;
    }

    @Test
    void recorded_file_happensAsWritten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("outages.csv");
        Files.writeString(file, "device,down_s,up_s\n1,5,7.5\n0,2,3\n1,8,9\n");
        Simulation simulation = new Simulation();
        List<String> seen = new ArrayList<>();
        new OutageProcess(
                        simulation,
                        RecordedOutages.read(file),
                        2,
                        RandomStreams.of(1),
                        "test",
                        listener(
                                device -> seen.add(SimTime.seconds(simulation.now()) + " down " + device),
                                device -> seen.add(SimTime.seconds(simulation.now()) + " up " + device)))
                .start();
        simulation.run();

        assertEquals(List.of("2.0 down 0", "3.0 up 0", "5.0 down 1", "7.5 up 1", "8.0 down 1", "9.0 up 1"), seen);
    }

    @Test
    void recorded_wrongFile_namesLineAndRule(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("outages.csv");

        assertTrue(refusal(folder.resolve("none.csv")).contains("must exist"));
        Files.writeString(file, "device,up_s,down_s\n");
        assertTrue(refusal(file).contains("line 1"));
        Files.writeString(file, "device,down_s,up_s\n0,5,4\n");
        assertTrue(refusal(file).contains("line 2: upSeconds (4.0) of device 0 must be after downSeconds (5.0)"));
        Files.writeString(file, "device,down_s,up_s\n0,5,x\n");
        assertTrue(refusal(file).contains("must be numbers"));
        Files.writeString(file, "device,down_s,up_s\n0,5,9\n0,7,8\n");
        assertTrue(refusal(file).contains("must not overlap"));
    }

    private static String refusal(Path file) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> RecordedOutages.read(file))
                .getMessage());
    }

    @Test
    void laws_impossibleNumbers_areRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Outages.renewal(Distribution.normal(10, 5), Distribution.constant(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Outages.renewal(Distribution.constant(0), Distribution.constant(1)));
        assertThrows(IllegalArgumentException.class, () -> new Straggling(0.1, Distribution.logNormal(1.5, 2)));
        assertThrows(IllegalArgumentException.class, () -> new Straggling(10, Distribution.constant(2)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SlowPhases(Outages.renewal(Distribution.constant(1), Distribution.constant(1)), 0.5));
        assertThrows(IllegalArgumentException.class, () -> new SoftErrors(-1, 1, 0, 0, 0, 0));
    }
}
