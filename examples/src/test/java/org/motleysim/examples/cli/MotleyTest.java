package org.motleysim.examples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.hardware.fitted.FitKey;
import org.motleysim.hardware.fitted.FittedKernels;

class MotleyTest {
    private static final String MIXED = "scenarios/mixed-serving.json";

    /** A minute of the main example. */
    private static final List<String> SHORT = List.of("--set", "horizon=1 min", "--set", "warmup=10 s");

    @TempDir
    private Path folder;

    private record Outcome(int code, String out, String err) {}

    @Test
    void run_mainExample_printsTheDigestAndWritesAllFiles() throws IOException {
        Outcome outcome = shortRun("--timeline");

        assertEquals(0, outcome.code, outcome.err);
        assertEquals("", outcome.err);
        assertEquals(
                Set.of(
                        "result.json",
                        "metrics.csv",
                        "requests.csv",
                        "iterations.csv",
                        "links.csv",
                        "link-curves.csv",
                        "report.html",
                        "timeline.json"),
                written());
        var result = Json.parse(Files.readString(folder.resolve("result.json")));
        assertTrue(result.get("digest").asText().matches("[0-9a-f]{16}"));
        assertTrue(outcome.out.contains(result.get("digest").asText()), outcome.out);
        assertEquals(7, result.get("seed").asLong());
        assertEquals("mixed-serving", result.get("scenario").get("name").asText());
        assertEquals("s", result.get("metrics").get("ttft.p99").get("unit").asText());
        assertTrue(result.get("metrics").get("energy.total").get("value").asDouble() > 0);
        assertTrue(Files.readString(folder.resolve("requests.csv"))
                .startsWith(
                        "id,arrival_s,prompt_tokens,output_tokens,replica,queue_s,ttft_s,e2e_s,preemptions,energy_j,"
                                + "cost_usd,status\n"));
    }

    @Test
    void fleet_phones_sumsUpWhatWasDrawn() {
        Outcome text = motley("fleet", "scenarios/phones.json", "--count", "200000");
        Outcome json = motley("fleet", "scenarios/phones.json", "--seed", "3", "--json");

        assertEquals(0, text.code, text.err);
        assertTrue(text.out.contains("5.0 bytes a device"), text.out);
        var drawn = Json.parse(json.out);
        assertEquals(1_000, drawn.get("devices").asInt());
        // 53.153% of 1,000 devices, within four deviations.
        assertEquals(531.5, drawn.get("classes").get("low").asDouble(), 4 * Math.sqrt(1_000 * 0.53 * 0.47));
        assertEquals(Motley.BAD_INPUT, motley("fleet", "scenarios/nowhere.csv", "--count", "5").code);
    }

    @Test
    void run_twice_writesTheSameBytes() throws IOException {
        shortRun();
        byte[][] first = bytes();
        shortRun();
        byte[][] second = bytes();

        for (int i = 0; i < first.length; i++) {
            assertArrayEquals(first[i], second[i]);
        }
    }

    @Test
    void run_anotherSeed_givesAnotherDigest() {
        String one = digest(shortRun("--json"));
        String other = digest(shortRun("--json", "--seed", "8"));

        assertFalse(one.equals(other), one);
    }

    @Test
    void run_badScenario_writesNothing() throws IOException {
        Outcome outcome = shortRun("--set", "workloads[0].model=llama-4");

        assertEquals(Motley.BAD_INPUT, outcome.code);
        assertEquals(Set.of(), written());
        assertTrue(outcome.err.contains("$.workloads[0].model"), outcome.err);
        assertFalse(outcome.err.contains("at org.motleysim"), outcome.err);
    }

    @Test
    void run_timelineOutsideTheFolder_isRefusedAndNothingIsWritten() throws IOException {
        Outcome outcome = shortRun("--set", "timeline=../timeline.json");

        assertEquals(Motley.BAD_INPUT, outcome.code, outcome.err);
        assertEquals(Set.of(), written());
        assertFalse(Files.exists(folder.resolveSibling("timeline.json")));
    }

    @Test
    void run_outIsAFile_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        Outcome outcome = motley("run", MIXED, "--out", file.toString());

        assertEquals(Motley.BAD_INPUT, outcome.code);
        assertTrue(outcome.err.contains("must be a folder"), outcome.err);
    }

    @Test
    void run_azureWithoutItsTrace_tellsWhatToSet() {
        Outcome outcome = motley("run", "scenarios/azure-conversation.json", "--out", folder.toString());

        assertEquals(Motley.BAD_INPUT, outcome.code);
        assertTrue(outcome.err.contains("--set workloads[0].arrivals.file=FILE"), outcome.err);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arrival_s,prompt_tokens,output_tokens;0.5,100,5;1.5,200,7",
                "TIMESTAMP,ContextTokens,GeneratedTokens;2023-11-16 18:15:46.6805900,100,5;2023-11-16 18:15:47.0000000,200,7"
            })
    void run_azureWithATrace_replaysIt(String rows) throws IOException {
        Path trace = Files.writeString(folder.resolve("trace.csv"), rows.replace(';', '\n') + "\n");

        Outcome outcome = motley(
                "run",
                "scenarios/azure-conversation.json",
                "--set",
                "workloads[0].arrivals.file=" + trace,
                "--out",
                folder.resolve("out").toString(),
                "--json");

        assertEquals(0, outcome.code, outcome.err);
        assertEquals(
                2,
                Json.parse(outcome.out)
                        .get("metrics")
                        .get("requests.finished")
                        .get("value")
                        .asInt());
    }

    @Test
    void run_ownRouting_isFoundByName() {
        Outcome outcome =
                shortRun("--json", "--set", "workloads[0].routing={\"kind\": \"test.first-of\", \"replicas\": 2}");

        assertEquals(0, outcome.code, outcome.err);
        var routing =
                Json.parse(outcome.out).get("scenario").get("workloads").get(0).get("routing");
        assertEquals("{\"kind\":\"test.first-of\",\"replicas\":\"2\"}", routing.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mixed-serving",
                "tensor-parallel-70b",
                "datasheet-only",
                "task-graph",
                "rtx-4090-few-samples",
                "measured-layers",
                "power-capped",
                "topology",
                "collectives"
            })
    void check_example_isOk(String name) {
        Outcome outcome = motley("check", "scenarios/" + name + ".json");

        assertEquals(0, outcome.code, outcome.err);
        assertEquals("ok", outcome.out.strip());
    }

    @Test
    void check_manyFaults_printsAll() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bad.json"),
                Files.readString(Path.of(MIXED))
                        .replace("\"count\": 2", "\"count\": 0")
                        .replace("least-work", "least"));

        Outcome text = motley("check", file.toString());
        Outcome json = motley("check", file.toString(), "--json");

        assertEquals(Motley.BAD_INPUT, text.code);
        assertTrue(text.err.contains("$.cluster.devices[0].count"), text.err);
        assertTrue(text.err.contains("$.workloads[0].routing"), text.err);
        assertEquals(Motley.BAD_INPUT, json.code);
        assertEquals(2, Json.parse(json.out).get("problems").size());
    }

    @ParameterizedTest
    @CsvSource({
        "devices, nvidia-h100-sxm-80gb",
        "devices --kind phone, name",
        "devices show nvidia-l4-24gb, tdp",
        "formats, mxfp6",
        "formats show nvfp4, nvidia-b200-sxm-180gb",
        "formats show int4-b128s16, 4.125",
        "estimate --device nvidia-a100-sxm-80gb --kernel gemm --m 8 --n 4096 --k 4096 --format mxfp4, no multiplier for mxfp4",
        "models, llama-3-8b",
        "models show llama-3-8b, parameters",
    })
    void tables_textAndJson_holdTheNames(String command, String expected) {
        Outcome text = motley(command.split(" ", -1));
        Outcome json = motley((command + " --json").split(" ", -1));

        assertEquals(0, text.code, text.err);
        assertTrue(text.out.contains(expected), text.out);
        assertEquals(0, json.code, json.err);
        assertFalse(Json.parse(json.out).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "formats show mxpf4, Maybe \"mxfp4\"",
        "devices show nvidia-h100, Maybe \"nvidia-h100-sxm-80gb\"",
        "devices jetsen, Maybe \"jetson\"",
        "devices --vendor nvidea, Maybe \"NVIDIA\"",
        "devices --year 22, 2018..2020",
        "devices --memory 40, needs a unit",
        "devices --price 2GB, USD/h",
        "devices --devices none, must exist",
        "models show llama-3-8, Maybe \"llama-3-8b\"",
        "rum x.json, run",
        "run x.json --sed 5, --seed",
        "run, FILE",
        "run x.json --seed many, many",
        "check none.json, does not exist",
    })
    void mistypedCommand_isBadInputWithASuggestion(String command, String suggestion) {
        Outcome outcome = motley(command.split(" ", -1));

        assertEquals(Motley.BAD_INPUT, outcome.code);
        assertTrue(outcome.err.contains(suggestion), outcome.err);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "check",
                "devices",
                "models",
                "formats",
                "schema",
                "reproduce",
                "estimate",
                "validate",
                "calibrate"
            })
    void help_everyCommand_showsAnExample(String command) {
        Outcome outcome = motley(command, "--help");

        assertEquals(0, outcome.code);
        assertTrue(outcome.out.contains("  motley " + command), outcome.out);
    }

    @Test
    void estimate_oneKernel_saysWhoAnsweredAndHowWell() {
        Outcome outcome = motley(
                "estimate",
                "--device",
                "h100_sxm",
                "--kernel",
                "gemm",
                "--m",
                "64",
                "--n",
                "8192",
                "--k",
                "8192",
                "--json");

        var answer = Json.parse(outcome.out);
        assertEquals("fit", answer.get("model").asText(), outcome.out);
        assertTrue(answer.get("expected_error").asDouble() < 0.07, outcome.out);
        // 134 MB of weights at 3.35 TB/s take 40 us at least.
        assertTrue(answer.get("seconds").asDouble() > 4.0e-5, outcome.out);
    }

    @Test
    void calibrateThenValidateThenEstimate_onAStrangersTable_workTogether() throws IOException {
        Path table = folder.resolve("kernels.csv");
        StringBuilder text = new StringBuilder("system,framework,version,dtype,m,n,k,latency_ms\n");
        for (int n = 512; n <= 8192; n *= 2) {
            for (int m = 16; m <= 2048; m *= 2) {
                text.append("l40s,mine,1,bfloat16,%d,%d,1024,%s%n".formatted(m, n, 0.01 + 1e-8 * m * n));
            }
        }
        Files.writeString(table, text);
        String fits = folder.resolve("fits").toString();

        Outcome calibrated = motley("calibrate", "--data", table.toString(), "--out", fits);
        Outcome validated = motley("validate", "--data", folder.toString(), "--fits", fits);
        Path out = folder.resolve("out.csv");
        Outcome estimated = motley("estimate", "--csv", table.toString(), "--out", out.toString(), "--fits", fits);

        assertEquals(0, calibrated.code, calibrated.err);
        assertTrue(calibrated.out.contains("1 fits in"), calibrated.out);
        assertEquals(0, validated.code, validated.out + validated.err);
        assertTrue(validated.out.contains("gemm-mine-held-out"), validated.out);
        assertEquals(0, estimated.code, estimated.err);
        List<String> lines = Files.readAllLines(out);
        assertEquals("system,framework,version,dtype,m,n,k,latency_ms,predicted_ms,model,bound", lines.get(0));
        assertTrue(lines.get(1).contains(",fit,"), lines.get(1));
    }

    /** Ten measured kernels of a device that no fit knows; its datasheet alone is some ten per cent off. */
    @Test
    void calibrateFew_tenKernels_halveTheErrorAndPrintACostModel() throws IOException {
        Outcome outcome = motley(
                "calibrate",
                "--few",
                "scenarios/rtx-4090-ten-kernels.csv",
                "--devices",
                "nvidia-rtx-4090-24gb",
                "--family",
                "nvidia-l40s-48gb,nvidia-a100-sxm-80gb,nvidia-h100-sxm-80gb,nvidia-b200-sxm-180gb");

        assertEquals(0, outcome.code, outcome.err);
        Matcher errors = Pattern.compile(
                        "10 rows  without them: mean +([0-9.]+)%  left out one by one: mean +([0-9.]+)%")
                .matcher(outcome.out);
        assertTrue(errors.find(), outcome.out);
        assertTrue(Double.parseDouble(errors.group(2)) < 0.5 * Double.parseDouble(errors.group(1)), outcome.out);
        String printed = outcome.out.substring(outcome.out.indexOf("\"costModel\""));
        String example = Files.readString(Path.of("scenarios/rtx-4090-few-samples.json"));
        assertEquals(
                Json.parse(example).get("cluster").get("costModel").get("family"),
                Json.parse("{" + printed + "}").get("costModel").get("family"));
    }

    @Test
    void calibrateFew_withoutAFamily_isBadInput() {
        Outcome outcome = motley("calibrate", "--few", "scenarios/rtx-4090-ten-kernels.csv");

        assertEquals(Motley.BAD_INPUT, outcome.code);
        assertTrue(outcome.err.contains("--family"), outcome.err);
    }

    @Test
    void validate_ofAPlaceWithoutTables_isBadInput() {
        Outcome outcome = motley("validate", "--data", folder.resolve("none").toString());

        assertEquals(Motley.BAD_INPUT, outcome.code);
        assertTrue(outcome.err.contains("must be a folder"), outcome.err);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--kind gpu --year 2025.. --memory 300GB | []",
                "h100 | [nvidia-h100-pcie-80gb, nvidia-h100-sxm-80gb]",
                "--kind pim | [samsung-hbm-pim-aquabolt-xl, sk-hynix-gddr6-aim-1gb, upmem-pim-160gb]",
                "--vendor google --year ..2018 | [google-tpu-v2-16gb, google-tpu-v3-32gb]",
                "--vendor GOOGLE --year 2023 --sort memory | [google-tpu-v5p-95gb, google-tpu-v5e-16gb]",
                "--price 0.6USD/h | [nvidia-rtx-4090-24gb, nvidia-t4-16gb]",
                "--memory 10TB | []",
                "cerebras --sort bandwidth | [cerebras-wse-3-44gb, cerebras-wse-2-40gb]",
            })
    void devices_filters_keepWhatTheySay(String options, String names) {
        Outcome json = motley(("devices --json " + options).split(" ", -1));
        Outcome text = motley(("devices " + options).split(" ", -1));

        assertEquals(0, json.code, json.err);
        List<String> kept = new ArrayList<>();
        Json.parse(json.out).forEach(device -> kept.add(device.get("name").asText()));
        assertEquals(names, kept.toString());
        assertEquals(0, text.code, text.err);
        assertTrue(kept.stream().allMatch(text.out::contains), text.out);
    }

    @Test
    void devices_all_areListedWithoutLeavingAnyOut() {
        Outcome json = motley("devices", "--json");
        Outcome text = motley("devices");

        Json.parse(json.out)
                .forEach(device ->
                        assertTrue(text.out.contains(" " + device.get("name").asText() + " "), text.out));
    }

    @Test
    void devicesShow_measuredDevice_tellsWhoAnswersAndHowWell() {
        var sheet = Json.parse(motley("devices", "show", "nvidia-h100-sxm-80gb", "--json").out);
        var like = Json.parse(motley("devices", "show", "nvidia-a100-pcie-40gb", "--json").out);
        var board = Json.parse(motley("devices", "show", "raspberry-pi-5-4gb", "--json").out);
        Outcome processor = motley("devices", "show", "amd-epyc-9654");

        double heldOut = FittedKernels.builtIn().records("nvidia-h100-sxm-80gb").stream()
                .filter(fit -> fit.key().equals(new FitKey("gemm", "bf16", "bf16", "vllm", "")))
                .findFirst()
                .orElseThrow()
                .heldOutError();
        var product = kernels(sheet, "gemm", "bf16");
        assertEquals("fit", product.get("model").asText());
        assertEquals(heldOut, product.get("held_out_error").asDouble());
        assertEquals(
                "fit of a like device",
                kernels(like, "gemm", "bf16").get("model").asText());
        assertEquals(
                "nvidia-a100-sxm-80gb",
                kernels(like, "gemm", "bf16").get("fitted_on").asText());
        var any = board.get("kernels").get(0);
        assertEquals("roofline", any.get("model").asText());
        assertEquals("peak", any.get("fitted_on").asText());
        assertTrue(any.get("held_out_error").isNull());
        assertTrue(processor.out.contains("Cores of one socket"), processor.out);
        assertTrue(processor.out.contains("lastLevelCache"), processor.out);
    }

    private static JsonNode kernels(JsonNode sheet, String family, String format) {
        for (JsonNode row : sheet.get("kernels")) {
            if (List.of(row.get("families").asText().split(" ", -1)).contains(family)
                    && row.get("formats").asText().equals(format)) {
                return row;
            }
        }
        throw new AssertionError(sheet.toString());
    }

    @Test
    void devicesShow_ownOverride_tellsTheField() {
        Outcome shown = motley("devices", "show", "nvidia-h100-sxm-80gb", "--devices", "scenarios/acme-npu.json");

        assertEquals(0, shown.code, shown.err);
        assertTrue(shown.out.lines().anyMatch(line -> line.matches(" *tdp +700 W +500 W")), shown.out);
    }

    @Test
    void run_deviceThatIsOnlyADatasheet_serves() {
        Outcome outcome = motley(
                "run", "scenarios/datasheet-only.json", "--set", "horizon=20 s", "--json", "--out", folder.toString());

        assertEquals(0, outcome.code, outcome.err);
        var result = Json.parse(outcome.out);
        assertTrue(result.get("metrics").get("requests.finished").get("value").asInt() > 0);
        assertEquals("tdp", result.get("overrides").get(0).get("field").asText());
        assertEquals(1, result.get("overrides").size());
    }

    private Outcome shortRun(String... more) {
        var arguments = new ArrayList<>(List.of("run", MIXED, "--out", folder.toString()));
        arguments.addAll(SHORT);
        arguments.addAll(List.of(more));
        return motley(arguments.toArray(String[]::new));
    }

    private static Outcome motley(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Motley.execute(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Outcome(code, out.toString(), err.toString());
    }

    private static String digest(Outcome outcome) {
        return Json.parse(outcome.out).get("digest").asText();
    }

    private Set<String> written() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toSet());
        }
    }

    private byte[][] bytes() throws IOException {
        return new byte[][] {
            Files.readAllBytes(folder.resolve("result.json")),
            Files.readAllBytes(folder.resolve("metrics.csv")),
            Files.readAllBytes(folder.resolve("requests.csv")),
            Files.readAllBytes(folder.resolve("report.html"))
        };
    }
}
