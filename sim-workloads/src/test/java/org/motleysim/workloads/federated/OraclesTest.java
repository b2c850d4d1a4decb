package org.motleysim.workloads.federated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.motleysim.workloads.federated.Runs.run;
import static org.motleysim.workloads.federated.Runs.timed;
import static org.motleysim.workloads.federated.Runs.value;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Flops;
import org.motleysim.core.random.Distribution;
import org.motleysim.workloads.federated.learning.StalenessWeight;
import org.motleysim.workloads.federated.population.ClientPopulation;
import org.motleysim.workloads.federated.population.Renewal;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/** Against closed forms, and against the reference rows of {@code fl_oracles.csv} and FedScale's completion formula. */
class OraclesTest {
    private static Distribution law(String name) {
        return switch (name) {
            case "constant" -> Distribution.constant(1);
            case "exponential" -> Distribution.exponential(1);
            case "lognormal" -> Distribution.logNormalMuSigma(0, 0.5);
            default -> Distribution.logNormalMuSigma(-0.5, 1); // mean 1
        };
    }

    /** Mean and standard error of the rounds' durations. */
    private static double[] rounds(String law, int invited, int participants, int count, long seed) {
        RunResult result = run(
                timed(invited + 70, law(law))
                        .aggregation(new Aggregation.Synchronous(participants, invited, Optional.empty(), participants))
                        .limit(FederatedJob.Limit.versions(count))
                        .build(),
                seed);
        RoundLog log = Runs.rounds(result);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < log.size(); i++) {
            double seconds = log.endSeconds(i) - log.startSeconds(i);
            sum += seconds;
            squares += seconds * seconds;
        }
        double mean = sum / log.size();
        assertEquals(count, log.size());
        return new double[] {mean, Math.sqrt((squares / count - mean * mean) / count)};
    }

    @ParameterizedTest
    @CsvSource({"10,10", "100,100", "130,100"})
    void synchronousRound_exponentialTimes_lastsTheOrderStatistic(int invited, int participants) {
        double expected = 0; // H_n - H_(n-k)
        for (int i = invited - participants + 1; i <= invited; i++) {
            expected += 1.0 / i;
        }
        double[] seen = rounds("exponential", invited, participants, 4_000, 11);
        assertEquals(expected, seen[0], 3 * seen[1]);
    }

    @ParameterizedTest
    @CsvSource({
        "constant,100,10",
        "exponential,100,10",
        "heavy,100,10",
        "constant,1000,10",
        "exponential,1000,10",
        "heavy,1000,10"
    })
    void buffered_anyLaw_meanStalenessIsConcurrencyLessOneOverBuffer(String law, int concurrency, int buffer) {
        // The first tasks begin together and the last are not seen to their end: without the first ones the mean has no
        // bias.
        long warmup = 30;
        RunResult result = Scenario.of(
                        Runs.SERVER,
                        timed(2 * concurrency, law(law))
                                .aggregation(Aggregation.Buffered.of(concurrency, buffer))
                                .limit(FederatedJob.Limit.tasks(1_000_000 + warmup * concurrency))
                                .build())
                .seed(3)
                .warmup(Duration.ofSeconds(warmup))
                .build()
                .run();
        double expected = (concurrency - 1.0) / buffer;
        assertEquals(expected, value(result, "staleness.mean"), 1e-3 * expected, law);
        // Renewal reward: concurrency tasks a mean time. Its own deviation is that of a million times.
        assertEquals(concurrency / (double) buffer, value(result, "throughput.versions"), 0.006 * concurrency / buffer);
    }

    @Test
    void buffered_bufferLargerThanConcurrency_stalenessIsBelowOne() {
        RunResult result = run(
                timed(40, Distribution.exponential(1))
                        .aggregation(Aggregation.Buffered.of(20, 50))
                        .limit(FederatedJob.Limit.tasks(500_000))
                        .build(),
                5);
        assertEquals(19.0 / 50, value(result, "staleness.mean"), 0.002);
    }

    @ParameterizedTest
    @CsvSource({"3600,7200,300", "600,5400,300"})
    void renewal_constantJob_dropoutIsThatOfAMemorylessLaw(double on, double off, double job) {
        ClientPopulation clients = Runs.clients(40_000).with(Renewal.exponential(on, off));
        RunResult result = run(
                FederatedJob.of(clients)
                        .work(new LocalWork.Timed(Distribution.constant(job)))
                        .aggregation(
                                new Aggregation.Buffered(500, 10, 1, StalenessWeight.constant(), OptionalInt.empty()))
                        .limit(FederatedJob.Limit.tasks(400_000))
                        .build(),
                8);
        double arrived = value(result, "tasks.arrived");
        double all = arrived + value(result, "tasks.lost.availability");
        double expected = StrictMath.exp(-job / on);
        double error = Math.sqrt(expected * (1 - expected) / all);
        assertEquals(expected, arrived / all, 3 * error);
    }

    @Test
    void oracles_referenceFile_isReproduced() throws IOException {
        int checked = 0;
        for (CSVRecord row : rows("fl_oracles.csv")) {
            double expected = Double.NaN;
            if (row.get("model").startsWith("sync_round")) {
                List<Double> numbers = numbers(row.get("setting").replaceAll(".*invite", "invite"));
                String law = row.get("model").replace("sync_round_", "");
                double[] seen =
                        rounds(law, numbers.get(0).intValue(), numbers.get(1).intValue(), 4_000, 21);
                // The reference of the log-normal rows has an error of its own, which it says.
                double own = row.get("how").contains("s.e.")
                        ? numbers(row.get("how").replaceAll(".*s.e.", "")).get(0)
                        : 0;
                assertEquals(
                        Double.parseDouble(row.get("value")), seen[0], 3 * Math.hypot(seen[1], own), row.toString());
                expected = seen[0];
            } else if (row.get("model").equals("availability")) {
                List<Double> numbers = numbers(row.get("setting"));
                double on = numbers.get(0);
                if (row.get("quantity").equals("available_fraction")) {
                    expected = share(on, numbers.get(1));
                    assertEquals(
                            Double.parseDouble(row.get("value")),
                            expected,
                            3 * 0.5 / Math.sqrt(200_000),
                            row.toString());
                } else {
                    assertEquals(Double.parseDouble(row.get("value")), StrictMath.exp(-numbers.get(1) / on), 1e-12);
                    expected = 0; // simulated by renewal_constantJob_dropoutIsThatOfAMemorylessLaw with these numbers
                }
            } else if (row.get("model").equals("fedbuff")) {
                List<Double> numbers = numbers(row.get("setting"));
                double rate = numbers.get(0) / numbers.get(1);
                expected = row.get("quantity").startsWith("server") ? rate : (numbers.get(0) - 1) / numbers.get(1);
                assertEquals(
                        Double.parseDouble(row.get("value")), expected, 1e-12); // simulated above with these numbers
            }
            checked += Double.isNaN(expected) ? 0 : 1;
        }
        assertEquals(12, checked, "all rows but that of processor sharing, which is no federated learning");
    }

    /** The share of clients that are on, seen late in a run. */
    private static double share(double on, double off) {
        int clients = 200_000;
        var hours = Renewal.exponential(on, off).bind(clients, clocks(), org.motleysim.core.random.RandomStreams.of(4));
        int seen = 0;
        for (int client = 0; client < clients; client++) {
            hours.isOn(client, 0); // so that the second look is a transition
            seen += hours.isOn(client, 1_234_000_000_000L) ? 1 : 0;
        }
        return (double) seen / clients;
    }

    private static org.motleysim.workloads.federated.population.ClockSkew.Clocks clocks() {
        return org.motleysim.workloads.federated.population.ClockSkew.none()
                .bind(org.motleysim.core.random.RandomStreams.of(1));
    }

    @Test
    void task_fedScaleVectors_takesWhatItsFormulaSays() throws IOException {
        for (CSVRecord row : rows("fedscale_completion_vectors.csv")) {
            double forward = 1e9; // FedScale's time per sample is of the forward pass; its speed follows
            double speed = forward / (Double.parseDouble(row.get("ms_per_sample")) / 1_000);
            double bytesPerSecond = 125 * Double.parseDouble(row.get("bandwidth_kbps"));
            FederatedJob job = FederatedJob.of(
                            ClientPopulation.of(Runs.devices(Runs.device("phone", speed, bytesPerSecond)), 1))
                    .work(new LocalWork.Training(
                            Flops.of(forward),
                            new LocalWork.Amount.Steps(
                                    Integer.parseInt(row.get("local_steps")), Integer.parseInt(row.get("batch")))))
                    .payload(Payload.of(
                            Bytes.of(125L * Long.parseLong(row.get("download_kbit"))),
                            Bytes.of(125L * Long.parseLong(row.get("upload_kbit")))))
                    .limit(FederatedJob.Limit.versions(1))
                    .build();
            double expected = Double.parseDouble(row.get("compute_s")) + Double.parseDouble(row.get("comm_s"));
            assertEquals(expected, value(run(job, 1), "tasks.time.mean"), 3e-9, row.toString());
        }
    }

    private static List<Double> numbers(String text) {
        List<Double> found = new ArrayList<>();
        java.util.regex.Matcher matcher =
                java.util.regex.Pattern.compile("\\d+(\\.\\d+)?").matcher(text);
        while (matcher.find()) {
            found.add(Double.parseDouble(matcher.group()));
        }
        return found;
    }

    private static List<CSVRecord> rows(String name) throws IOException {
        String folder = System.getProperty("motley.data", System.getenv("MOTLEY_DATA"));
        assumeTrue(folder != null, "skipped: set MOTLEY_DATA to the folder of measured data");
        Path file = Path.of(folder, "edge", name);
        assertTrue(Files.exists(file), file + " is not there");
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader = Files.newBufferedReader(file)) {
            return format.parse(reader).getRecords();
        }
    }
}
