package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.experiment.Seeding;
import org.motleysim.workloads.Problem;

class StudyFileTest {
    private static final Path EXAMPLES = Path.of("..", "examples", "studies");
    private static final String GOOD = """
            {
              "motleyStudy": 1,
              "name": "rates",
              "scenario": "../scenarios/mixed-serving.json",
              "set": {"warmup": "1 s", "horizon": "5 s"},
              "vary": [
                {"path": "workloads[0].arrivals.rate", "values": ["10 /s", "20 /s"]},
                {"path": "workloads[0].batching.maxSequences", "name": "batch", "from": 8, "to": 128, "steps": 3, "scale": "logarithmic", "whole": true}
              ],
              "replications": 3,
              "compare": ["ttft.p99"]
            }
            """;

    @Test
    void read_aGrid_makesEveryVariant() {
        Study study = StudyFile.parse(GOOD, EXAMPLES);

        assertEquals(List.of("rate", "batch"), study.axes());
        assertEquals(6, study.variants().size());
        assertEquals("rate=10 /s, batch=8", study.variants().get(0).name());
        assertEquals("rate=20 /s, batch=128", study.variants().get(5).name());
        assertEquals(
                Optional.of(Duration.ofSeconds(5)),
                study.variants().get(3).scenario().horizon());
        assertEquals("rate=10 /s, batch=8", study.baseline());
        assertEquals(3, study.rule().most());
        assertNotEquals(
                study.variants().get(0).scenario(), study.variants().get(1).scenario());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"kind": "sobol", "points": 8}          | 8
            {"kind": "latin-hypercube", "points": 5} | 5
            {"kind": "random", "points": 4}          | 4
            {"kind": "morris", "trajectories": 3}    | 9
            "one-at-a-time"                          | 5
            """)
    void read_aDesign_makesItsPoints(String design, int variants) {
        Study study =
                StudyFile.parse(with("\"replications\"", "\"design\": " + design + ", \"replications\""), EXAMPLES);

        assertEquals(variants, study.variants().size());
        assertEquals(
                variants,
                study.variants().stream().map(Study.Case::name).distinct().count());
        assertEquals(design.contains("morris"), study.morris().isPresent());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            workloads[0].arrivals.rate  | workloads[0].arivals.rate        | $.vary[0].path | Maybe "workloads[0].arrivals.rate".
            workloads[0].arrivals.rate  | workloads[0].arrivals.raet       | $.vary[0].path | Maybe "workloads[0].arrivals.rate".
            workloads[0].arrivals.rate  | workloads[1].arrivals.rate       | $.vary[0].path | Maybe "workloads[0].arrivals.rate".
            workloads[0].arrivals.rate  | workloads[0].routng              | $.vary[0].path | Maybe "workloads[0].routing".
            "20 /s"                     | "20 apples"                      | $.vary[0].values[1] | Maybe
            "20 /s"                     | "10 /s"                          | $.vary[0]      | ``
            "steps": 3                  | "stepz": 3                       | $.vary[1].stepz | Maybe "steps".
            "scale": "logarithmic"      | "scale": "log"                   | $.vary[1].scale | ``
            "from": 8                   | "from": 0                        | $.vary[1]      | ``
            "replications": 3           | "replications": 0                | $.replications | ``
            "motleyStudy": 1            | "motleyStudy": 2                 | $.motleyStudy  | ``
            "horizon": "5 s"            | "horizn": "5 s"                  | $.set.horizn   | Maybe "horizon".
            mixed-serving.json          | mixed-servings.json              | $.scenario     | Maybe the path
            "replications": 3           | "replications": 3, "baseline": "rate=10 /s, batch=9" | $.baseline | Maybe "rate=10 /s, batch=8".
            """)
    void read_aFault_isToldAtItsPlaceWithTheNearest(String good, String bad, String path, String hint) {
        var e = assertThrows(ScenarioException.class, () -> StudyFile.parse(with(good, bad), EXAMPLES));

        Problem problem = e.problems().get(0);
        assertEquals(path, problem.path(), problem.toString());
        assertTrue(problem.hint().startsWith(hint), problem.toString());
    }

    @Test
    void read_variantsThatCannotRun_areAllListed() {
        String bad = with("\"horizon\": \"5 s\"", "\"horizon\": \"5 s\", \"workloads[0].model\": \"llama-3-70b\"");
        var e = assertThrows(ScenarioException.class, () -> StudyFile.parse(bad, EXAMPLES));

        assertTrue(
                e.problems().stream().allMatch(problem -> problem.message().startsWith("6 of 6 variants cannot run")),
                e.toString());
        var one = assertThrows(
                ScenarioException.class,
                () -> StudyFile.parse(with("\"from\": 8", "\"from\": 1").replace("\"20 /s\"", "\"-20 /s\""), EXAMPLES));
        assertTrue(
                one.problems().get(0).message().startsWith("3 of 6 variants cannot run, the first being"),
                one.toString());
    }

    @Test
    void baseline_ofAnAxisAndALevel_isTheVariantThatDiffersInThatAlone() {
        Study study =
                StudyFile.parse(with("\"replications\"", "\"baseline\": \"rate=10 /s\", \"replications\""), EXAMPLES);

        assertEquals(
                Map.of(
                        "rate=20 /s, batch=8", "rate=10 /s, batch=8",
                        "rate=20 /s, batch=32", "rate=10 /s, batch=32",
                        "rate=20 /s, batch=128", "rate=10 /s, batch=128"),
                study.baselines());
    }

    @Test
    void identity_ofAnotherSeedOrScenario_isAnother_ofAnotherDescriptionTheSame() {
        String identity = StudyFile.parse(GOOD, EXAMPLES).identity();

        assertEquals(
                identity,
                StudyFile.parse(with("\"replications\"", "\"description\": \"why\", \"replications\""), EXAMPLES)
                        .identity());
        assertEquals(
                identity,
                StudyFile.parse(with("\"ttft.p99\"", "\"goodput\""), EXAMPLES).identity());
        assertNotEquals(
                identity, StudyFile.parse(with("\"5 s\"", "\"6 s\""), EXAMPLES).identity());
        assertNotEquals(
                identity,
                StudyFile.parse(with("\"replications\"", "\"seed\": 2, \"replications\""), EXAMPLES)
                        .identity());
    }

    @Test
    void schema_besideTheExamples_isWhatTheReaderDeclares() throws IOException {
        assertEquals(
                StudyFile.schema(),
                Files.readString(EXAMPLES.resolve("study-1.schema.json")),
                "Maybe run: java -jar examples/target/motley.jar study --schema > examples/studies/study-1.schema.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"routing", "replicas", "gpu-mix", "highest-load", "best-batch"})
    void example_isValidAndReadable(String name) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(StudyFile.schema(), InputFormat.JSON);
        Path file = EXAMPLES.resolve(name + ".json");

        assertEquals(List.of(), schema.validate(Files.readString(file), InputFormat.JSON));
        assertFalse(StudyFile.read(file).variants().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"path\": \"workloads[0].arivals.rate\", \"from\": 1, \"to\": 9, \"unit\": \"/s\"' | '$.search.path' | workloads[0].arrivals.rate",
                "'\"path\": \"workloads[0].arrivals.rate\", \"from\": 9, \"to\": 1, \"unit\": \"/s\"' | '$.search' | must rise",
                "'\"path\": \"workloads[0].arrivals.rate\", \"from\": 1, \"to\": 9' | '$.search' | cannot run under 1.0",
                "'\"path\": \"workloads[0].arrivals.rate\", \"from\": 1, \"to\": 9, \"unit\": \"/s\", \"step\": 1' | '$.search.step' | allowed",
            })
    void search_thatCannotBe_isToldAtItsPlace(String loads, String path, String message) {
        String text = with(
                "\"compare\": [\"ttft.p99\"]",
                "\"search\": {\"kind\": \"highest-load\", " + loads
                        + ", \"tolerance\": 0.5, \"constraint\": {\"metric\": \"goodput\", \"atLeast\": 1}}");
        var e = assertThrows(ScenarioException.class, () -> StudyFile.parse(text, EXAMPLES));
        Problem problem = e.problems().get(0);
        assertEquals(path, problem.path(), e.toString());
        assertTrue((problem.message() + problem.hint()).contains(message), e.toString());
    }

    @Test
    void search_besideAStoppingRuleOrWithoutVariants_isRefused() {
        String search =
                "\"search\": {\"kind\": \"successive-halving\", \"objective\": {\"metric\": \"goodput\", \"aim\": \"high\"}}";
        String beside = with("\"compare\": [\"ttft.p99\"]", search + ", \"seeds\": \"independent\"");
        assertTrue(assertThrows(ScenarioException.class, () -> StudyFile.parse(beside, EXAMPLES))
                .toString()
                .contains("must not stand beside"));
        String alone = "{\"motleyStudy\": 1, \"scenario\": \"../scenarios/mixed-serving.json\", " + search + "}";
        assertTrue(assertThrows(ScenarioException.class, () -> StudyFile.parse(alone, EXAMPLES))
                .toString()
                .contains("two or more variants"));
    }

    @Test
    void replications_thatAreOddAndAntithetic_areRefused() {
        String odd = with("\"replications\": 3", "\"replications\": 3, \"seeds\": \"antithetic\"");
        assertTrue(assertThrows(ScenarioException.class, () -> StudyFile.parse(odd, EXAMPLES))
                .toString()
                .contains("must be even"));
        assertEquals(
                Seeding.ANTITHETIC,
                StudyFile.parse(odd.replace("\"replications\": 3", "\"replications\": 4"), EXAMPLES)
                        .seeding());
    }

    private static String with(String good, String bad) {
        assertTrue(GOOD.contains(good), good);
        return GOOD.replace(good, bad);
    }
}
