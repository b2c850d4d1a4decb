package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioSchemaTest {
    private static final Path EXAMPLES = Path.of("..", "examples", "scenarios");

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ScenarioFile.schema(), InputFormat.JSON);

    @Test
    void schema_besideTheExamples_isWhatTheReaderDeclares() throws IOException {
        assertEquals(
                ScenarioFile.schema(),
                Files.readString(EXAMPLES.resolve("scenario-1.schema.json")),
                "Maybe run: java -jar examples/target/motley.jar schema > examples/scenarios/scenario-1.schema.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mixed-serving",
                "azure-conversation",
                "tensor-parallel-70b",
                "spot-and-failures",
                "power-capped",
                "streamed-70b",
                "cold-start",
                "colocated",
                "disaggregated",
                "chat-with-prefixes",
                "evening-failure",
                "autoscaled-day",
                "topology",
                "collectives",
                "jobs-over-time",
                "replay",
                "pipeline",
                "campus-offload",
                "offload-on-a-walk",
                "drone-swarm",
                "split-camera",
                "agents"
            })
    void schema_example_isValid(String name) throws IOException {
        var errors = schema.validate(Files.readString(EXAMPLES.resolve(name + ".json")), InputFormat.JSON);

        assertEquals(List.of(), errors);
    }

    /** What a schema can tell, it tells as the reader does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"42 /s\" -> 42",
                "\"42 /s\" -> \"16 per second\"",
                "\"42 /s\" -> \"-1 /s\"",
                "\"least-work\" -> \"least-wrok\"",
                "\"least-work\" -> {\"kind\": \"least-work\", \"more\": 1}",
                "\"warmup\" -> \"warm-up\"",
                "\"motley\": 1 -> \"motley\": 2",
                "\"100 Gbit/s\" -> \"100 Gbps\"",
                "\"count\": 2 -> \"count\": 0",
                "\"count\": 2 -> \"count\": 2.5",
                "\"maxSequences\": 256 -> \"maxSequences\": \"256\"",
                "\"workloads\": [ -> \"workloads\": [5,",
                "\"kind\": \"llm-serving\", -> ",
                "\"azure-2023-conversation\" -> \"azure\"",
            })
    void schema_faults_areTheReadersToo(String change) throws IOException {
        String good = Files.readString(EXAMPLES.resolve("mixed-serving.json"));
        String[] parts = change.split(" -> ", -1);
        assertTrue(good.contains(parts[0]), parts[0]);
        String bad = good.replace(parts[0], parts[1]);

        assertFalse(schema.validate(bad, InputFormat.JSON).isEmpty(), "the schema accepts " + parts[1]);
        assertThrows(
                ScenarioException.class, () -> ScenarioFile.parse(bad, EXAMPLES), "the reader accepts " + parts[1]);
    }
}
