package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.MoneyRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.calibration.MeasuredKernels;
import org.motleysim.hardware.calibration.few.FewSampleCostModel;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.cost.CpuCostModel;
import org.motleysim.hardware.cost.CpuPlacement;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.CpuLayout;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.dispatch.Hosts;
import org.motleysim.hardware.dispatch.LaunchMode;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.Slo;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.batching.ChunkedPrefill;
import org.motleysim.workloads.llm.batching.ContinuousBatching;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.llm.step.StepModel;
import org.motleysim.workloads.traces.RequestTrace;

class ScenarioFileTest {
    private static final String GOOD = """
            {
              "motley": 1,
              "name": "small",
              "cluster": {
                "devices": [{"name": "h100", "count": 2, "device": "nvidia-h100-sxm-80gb"}],
                "network": {"kind": "fair-share", "bandwidth": "100 Gbit/s", "latency": "10 us"}
              },
              "workloads": [{
                "kind": "llm-serving",
                "model": "llama-3-8b",
                "arrivals": {"kind": "poisson", "rate": "2 /s"},
                "lengths": {"kind": "fixed", "prompt": 100, "output": 20},
                "batching": {"kind": "chunked-prefill", "maxSequences": 64},
                "routing": "least-work",
                "slo": {"ttft": "500 ms", "tpot": "50 ms"}
              }],
              "horizon": "10 s"
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void read_goodFile_isTheSameAsInJava() throws IOException {
        Scenario read = ScenarioFile.read(file(GOOD));

        Cluster cluster = Cluster.builder("2x h100")
                .add("h100", 2, Catalog.builtIn().device("nvidia-h100-sxm-80gb"))
                .network(NetworkModel.fairShare(Bandwidth.gigabitsPerSecond(100), Duration.ofNanos(10_000)))
                .build();
        LlmServing serving = LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                .arrivals(Arrivals.poisson(2))
                .lengths(RequestLengths.fixed(100, 20))
                .batching(new ChunkedPrefill(BatchLimits.DEFAULT.withMaxSequences(64)))
                .routing(Routing.leastWork())
                .slo(new Slo(Duration.ofMillis(500), Duration.ofMillis(50)))
                .build();
        assertEquals(
                Scenario.of(cluster, serving)
                        .name("small")
                        .horizon(Duration.ofSeconds(10))
                        .build(),
                read);
    }

    /** Each row: what is replaced, by what, and then path, value, what is allowed, and the nearest name, as told. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"horizon\" | \"horizont\" | $.horizont | 10 s | horizon | Maybe \"horizon\".",
                "\"maxSequences\" | \"maxSequenses\" | $.workloads[0].batching.maxSequenses | 64 | maxBatchedTokens | Maybe \"maxSequences\".",
                "\"maxSequences\": 64 | \"maxSequences\": 0 | $.workloads[0].batching.maxSequences | 0 | whole number from 1 | ``",
                "\"maxSequences\": 64 | \"maxSequences\": 1.5 | $.workloads[0].batching.maxSequences | 1.5 | whole number from 1 | ``",
                "\"maxSequences\": 64 | \"maxSequences\": \"64\" | $.workloads[0].batching.maxSequences | \"64\" | whole number | Maybe without the quotes.",
                "\"maxSequences\": 64 | \"maxSequences\": null | $.workloads[0].batching.maxSequences | null | whole number | ``",
                "\"2 /s\" | 2 | $.workloads[0].arrivals.rate | (2) | with its unit | Maybe \"2 /s\".",
                "\"2 /s\" | \"2\" | $.workloads[0].arrivals.rate | \"2\" | units: /s | Maybe \"2 /s\".",
                "\"2 /s\" | \"-2 /s\" | $.workloads[0].arrivals.rate | -2 /s | a rate | ``",
                "\"2 /s\" | \"0 /s\" | $.workloads[0].arrivals | 0.0 | positive | ``",
                "\"100 Gbit/s\" | \"100 Gbps\" | $.cluster.network.bandwidth | 100 Gbps | Gbit/s | Maybe \"100 Gbit/s\".",
                "\"500 ms\" | \"500 GB\" | $.workloads[0].slo.ttft | 500 GB | ns, us, ms, s | Maybe",
                "\"poisson\" | \"poison\" | $.workloads[0].arrivals.kind | poison | gamma | Maybe \"poisson\".",
                "\"least-work\" | \"least-wrok\" | $.workloads[0].routing | least-wrok | round-robin | Maybe \"least-work\".",
                "\"llama-3-8b\" | \"llama-3-8\" | $.workloads[0].model | llama-3-8 | llama-3-70b | Maybe \"llama-3-8b\".",
                "\"nvidia-h100-sxm-80gb\" | \"nvidia-h100-sxm\" | $.cluster.devices[0].device | nvidia-h100-sxm | motley devices | Maybe \"nvidia-h100-sxm-80gb\".",
                "\"count\": 2 | \"count\": -1 | $.cluster.devices[0].count | -1 | whole number | ``",
                "\"motley\": 1 | \"motley\": 2 | $.motley | 2 | must be 1 | ``",
                "\"motley\": 1, | `` | $ | motley | missing | ``",
                "\"llama-3-8b\" | \"deepseek-v3\" | $.workloads[0] | 80 | GB | ``",
                "\"routing\": \"least-work\", | \"routing\": \"least-work\", \"routing\": \"random\", | $.workloads[0].routing | routing | twice | Maybe remove one.",
                "\"routing\": \"least-work\" | \"routing\": \"acme.cheapest\" | $.workloads[0].routing | acme.cheapest | RoutingProvider | ``",
                "\"least-work\" | [] | $.workloads[0].routing | [] | routing: | ``",
                "\"h100\", | \"../h100\", | $.cluster.devices[0].name | ../h100 | letters | ``",
                "\"horizon\": \"10 s\" | \"horizon\": \"10 s\", \"warmup\": \"10 s\" | $.warmup | PT10S | shorter than the horizon | Maybe",
                "{\"kind\": \"poisson\", \"rate\": \"2 /s\"} | {\"kind\": \"trace\", \"file\": \"nowhere.csv\"} | $.workloads[0].arrivals.file | nowhere.csv | a trace file | --set workloads[0].arrivals.file=FILE",
                "\"llama-3-8b\" | {\"config\": \"nowhere.json\"} | $.workloads[0].model.config | nowhere.json | config.json | ``",
            })
    void read_oneFault_tellsPathValueAllowedAndNearest(
            String what, String replacement, String path, String value, String allowed, String hint)
            throws IOException {
        assertTrue(GOOD.contains(what), what);

        List<Problem> problems = problems(GOOD.replace(what, replacement));

        Problem problem = problems.get(0);
        assertTrue(problem.path().startsWith(path), problem.toString());
        assertTrue(problem.message().contains(value), problem.toString());
        assertTrue(problem.message().contains(allowed), problem.toString());
        assertTrue(problem.hint().contains(hint), problem.toString());
    }

    @Test
    void read_manyFaults_tellsAllInTheOrderOfTheFile() throws IOException {
        String bad = GOOD.replace("\"count\": 2", "\"count\": 0")
                .replace("\"2 /s\"", "2")
                .replace("least-work", "least-wrok")
                .replace("\"horizon\"", "\"horizont\"");

        List<String> paths = problems(bad).stream().map(Problem::path).toList();

        assertEquals(
                List.of(
                        "$.cluster.devices[0].count",
                        "$.workloads[0].arrivals.rate",
                        "$.workloads[0].routing",
                        "$.horizont"),
                paths);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | empty",
                "{\"motley\": 1,, | line 1, column 14",
                "{\"motley\": 1} {} | more text after the end",
                "// no comments | line 1",
                "[] | must be an object",
                "{\"motley\": NaN} | not JSON",
            })
    void read_noScenario_tellsWhere(String text, String message) throws IOException {
        Problem problem = problems(text).get(0);

        assertTrue(problem.message().contains(message), problem.toString());
    }

    @Test
    void read_deepNesting_isRefused() throws IOException {
        assertTrue(problems("[".repeat(100_000)).get(0).message().contains("not JSON"));
    }

    @Test
    void read_gigabyteOfJunk_isRefusedUnread() throws IOException {
        Path junk = folder.resolve("junk.json");
        try (var file = new RandomAccessFile(junk.toFile(), "rw")) {
            file.setLength(1L << 30); // sparse: a hole of zeros
        }

        var refusal = assertThrows(ScenarioException.class, () -> ScenarioFile.read(junk));

        assertTrue(refusal.problems().get(0).message().contains("longer than the allowed 8 MiB"));
        assertEquals(1, refusal.problems().size());
    }

    @Test
    void read_missingFile_isAProblem() {
        var refusal = assertThrows(ScenarioException.class, () -> ScenarioFile.read(folder.resolve("none.json")));

        assertTrue(refusal.problems().get(0).message().contains("does not exist"));
    }

    @Test
    void read_bytesThatAreNoText_isAProblem() throws IOException {
        Path file = folder.resolve("bytes.json");
        Files.write(file, new byte[] {'{', (byte) 0xC3, (byte) 0x28});

        var refusal = assertThrows(ScenarioException.class, () -> ScenarioFile.read(file));

        assertTrue(refusal.problems().get(0).message().contains("UTF-8"));
    }

    @Test
    void read_overrides_changeNumbersTextsAndWhatIsNotThere() throws IOException {
        Scenario changed = ScenarioFile.read(
                file(GOOD),
                Map.of(
                        "cluster.devices[0].count", "4",
                        "workloads[0].arrivals.rate", "20 /s",
                        "$.seed", "11",
                        "warmup", "1 s",
                        "workloads[0].batching", "{\"kind\": \"static\", \"maxSequences\": 3}"));

        LlmServing serving = (LlmServing) changed.workloads().get(0);
        assertEquals(4, changed.cluster().deviceCount());
        assertEquals(Arrivals.poisson(20), serving.arrivals());
        assertEquals(11, changed.seed());
        assertEquals(Duration.ofSeconds(1), changed.warmup());
        assertEquals("static", serving.batching().label());
        assertEquals(3, serving.batching().limits().maxSequences());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "workloads[0].arivals.rate | $.workloads[0].arivals | Maybe \"arrivals\".",
                "sede | $.sede | Maybe \"seed\".",
                "workloads[1].arrivals | $.workloads[1].arrivals | ",
                "workloads[0].model.size | $.workloads[0].model.size | ",
                "workloads..model | $.workloads..model | Maybe \"workloads[0].arrivals.rate\".",
            })
    void read_overrideOfNoField_isAProblem(String path, String told, String hint) throws IOException {
        Path file = file(GOOD);

        var refusal = assertThrows(ScenarioException.class, () -> ScenarioFile.read(file, Map.of(path, "5")));

        Problem problem = refusal.problems().get(0);
        assertEquals(told, problem.path());
        assertTrue(problem.hint().contains(hint == null ? "" : hint), problem.toString());
    }

    @Test
    void write_scenarioWithEverything_isReadBackEqual() throws IOException {
        Path traceFile = Files.writeString(
                folder.resolve("trace.csv"), "arrival_s,prompt_tokens,output_tokens\n0.5,10,5\n1.5,20,7\n");
        RequestTrace trace = RequestTrace.read(traceFile);
        DeviceSpec npu = DeviceSpec.builder("my-npu", DeviceKind.NPU)
                .peak(NumberFormat.FP32, FlopRate.teraflopsPerSecond(25.0 / 3))
                .peak(NumberFormat.BF16, FlopRate.teraflopsPerSecond(400.0 / 3))
                .memory("HBM", Bytes.gibibytes(64), Bandwidth.gigabytesPerSecond(1234.5678901))
                .tdp(Power.watts(250))
                .idle(Power.watts(40))
                .pricePerHour(MoneyRate.usdPerHour(1.1))
                .source("tdp", "our own measurement")
                .build();
        DeviceSpec h100 = Catalog.builtIn().device("nvidia-h100-sxm-80gb");
        DeviceSpec l40s = Catalog.builtIn().device("nvidia-l40s-48gb");
        Cluster cluster = Cluster.builder("mine")
                .add("a", 2, npu)
                .add("b", 4, h100, RooflineCostModel.peak())
                .add("c", 1, h100)
                .add("e", 1, l40s, fewSamples(l40s, h100))
                .add(
                        "d",
                        1,
                        Catalog.builtIn().device("amd-epyc-7742").toBuilder()
                                .pricePerHour(MoneyRate.usdPerHour(0.8))
                                .build(),
                        CpuCostModel.of(CpuLayout.builder(64, 4, Bandwidth.gigabytesPerSecond(51.2))
                                        .vectors(256, 2, 2.25e9)
                                        .latency(Duration.ofNanos(96), Duration.ofNanos(120))
                                        .linesInFlight(22)
                                        .remoteBandwidth(Bandwidth.gigabytesPerSecond(64))
                                        .build())
                                .placed(new CpuPlacement(
                                        32, CpuPlacement.Spread.COMPACT, CpuPlacement.Pages.INTERLEAVE))
                                .serial(0.01)
                                .sustained(0.75)
                                .reaching(0.4)
                                .streamingStores()
                                .warm())
                .network(NetworkModel.uniform(Bandwidth.gigabitsPerSecond(25), Duration.ofNanos(1_234)))
                .price(PriceModel.hourly().plus(PriceModel.electricity(0.15)))
                .build();
        LlmServing replayed = LlmServing.of(ModelSpec.builtIn("llama-3-8b").withWeightFormat(NumberFormat.FP8))
                .name("replayed")
                .replay(trace)
                .arrivals(Arrivals.trace(trace).stretched(1 / 3.0))
                .groups("a")
                .batching(new ContinuousBatching(new BatchLimits(7, 999, 32, 0.05)))
                .routing(Routing.random())
                .maxOutstanding(100)
                .maxOutstandingPerReplica(50)
                .loggedRequests(10)
                .memoryUtilization(0.85)
                .build();
        LlmServing drawn = LlmServing.of(ModelSpec.builtIn("llama-3-70b").withKvFormat(NumberFormat.FP8))
                .name("drawn")
                .groups("b")
                .tensorParallel(4)
                .arrivals(Arrivals.gamma(3, 2.5).stretched(0.7))
                .lengths(RequestLengths.independent(
                                Distribution.truncated(Distribution.weibull(1.5, 300), 1, 2_000),
                                Distribution.exponential(90))
                        .within(4_096))
                .requests(500)
                .batching(Batching.fixedBatch(9))
                .slo(new Slo(Duration.ofMillis(1_500), Duration.ofNanos(12_345_678)))
                .build();
        LlmServing usual = LlmServing.of(ownModel())
                .name("usual")
                .groups("c")
                .arrivals(Arrivals.fixed(1.0 / 3))
                .lengths(RequestLengths.independent(
                        Distribution.empirical(new double[] {128, 64, 1_024}, new double[] {3, 0.1, 7}),
                        Distribution.empiricalCdf(new double[] {1, 10, 500}, new double[] {0.1, 0.4, 1})))
                .stepModel(StepModel.launchedBy(
                        Hosts.XEON_8468V_H100
                                .perKernel(Duration.ofNanos(9_000))
                                .perGraph(Duration.ofNanos(30_000))
                                .queueDepth(100)
                                .launching(LaunchMode.GRAPH),
                        Duration.ofMillis(2)))
                .build();
        Scenario scenario = Scenario.of(cluster, replayed, drawn, usual)
                .name("all \"of\" it")
                .description("Ünïcödé too")
                .seed(Long.MIN_VALUE)
                .warmup(Duration.ofNanos(1))
                .horizon(Duration.ofMinutes(30))
                .timeline(Path.of("timeline.json"))
                .build();

        String text = ScenarioFile.write(scenario);

        assertEquals(scenario, ScenarioFile.parse(text, Path.of("")));
        assertEquals(text, ScenarioFile.write(ScenarioFile.parse(text, Path.of(""))));
    }

    @Test
    void write_lambda_isRefusedWithItsName() throws IOException {
        Scenario read = ScenarioFile.read(file(GOOD));
        Scenario own = Scenario.of(
                        read.cluster(),
                        LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                                .arrivals(Arrivals.poisson(1))
                                .lengths(RequestLengths.fixed(1, 1))
                                .routing((request, replicas) -> replicas.get(0))
                                .build())
                .build();

        var refusal = assertThrows(IllegalArgumentException.class, () -> ScenarioFile.write(own));

        assertTrue(String.valueOf(refusal.getMessage()).startsWith("routing ("), refusal.getMessage());
    }

    private CostModel fewSamples(DeviceSpec device, DeviceSpec known) throws IOException {
        Path table = Files.writeString(
                folder.resolve("few.csv"),
                "system,framework,dtype,m,n,k,latency_ms\nl40s,mine,bf16,64,4096,4096,0.06\nl40s,mine,bf16,2048,4096,4096,0.4\n");
        return FewSampleCostModel.of(
                device, MeasuredKernels.readTable(table), List.of(known), RooflineCostModel.peak());
    }

    @Test
    void read_fewSamplesWithoutRowsOfTheDevice_saysWhichMachinesThereAre() throws IOException {
        Files.writeString(
                folder.resolve("few.csv"), "system,framework,dtype,m,n,k,latency_ms\nl40s,mine,bf16,64,64,64,1\n");
        String device = "nvidia-t4-16gb";
        List<Problem> problems = problems("""
                {"motley": 1, "name": "x", "horizon": "1 s", "workloads": [],
                 "cluster": {"devices": [{"device": "%s"}], "costModel":
                   {"kind": "few-samples", "device": "%s", "data": "few.csv", "family": ["nvidia-h100-sxm-80gb"]}}}
                """.formatted(device, device));

        assertTrue(
                problems.stream()
                        .anyMatch(problem -> problem.path().equals("$.cluster.costModel")
                                && problem.toString().contains("there are l40s")),
                problems.toString());
    }

    private static ModelSpec ownModel() {
        ModelSpec llama = ModelSpec.builtIn("llama-3-8b");
        return new ModelSpec(
                "my-model",
                llama.layers() / 2,
                llama.hidden(),
                llama.vocabulary(),
                llama.contextLimit(),
                true,
                llama.attention(),
                llama.feedForward(),
                llama.norms(),
                Optional.empty(),
                NumberFormat.BF16,
                NumberFormat.BF16,
                NumberFormat.INT8);
    }

    private List<Problem> problems(String text) throws IOException {
        Path file = file(text);
        return assertThrows(ScenarioException.class, () -> ScenarioFile.read(file))
                .problems();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("scenario.json"), text);
    }
}
