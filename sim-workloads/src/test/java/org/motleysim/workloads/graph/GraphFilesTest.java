package org.motleysim.workloads.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.hardware.device.NumberFormat;

class GraphFilesTest {
    @TempDir
    private Path folder = Path.of("");

    private GraphFiles files(String tasks, String edges) throws IOException {
        return new GraphFiles(
                Files.writeString(folder.resolve("small_tasks.csv"), tasks),
                Files.writeString(folder.resolve("small_edges.csv"), edges),
                NumberFormat.FP64);
    }

    @Test
    void read_tasksOfFlop_compute() throws IOException {
        TaskGraph graph = files("task,flop,note\na,2e9,first\nb,1000,\n", "src,dst,bytes\na,b,80\n")
                .read();

        assertEquals("small", graph.name());
        assertEquals(2e9, ((Task.Compute) graph.task(0)).kernel().flops());
        assertEquals(80, graph.bytes(0));
        assertEquals(1, graph.target(0));
    }

    @Test
    void read_tasksOfRuntime_areRecorded() throws IOException {
        TaskGraph graph =
                files("task,runtime_s\na,0.25\nb,1\n", "src,dst\na,b\n").read();

        assertEquals(Duration.ofMillis(250), ((Task.Recorded) graph.task(0)).time());
        assertEquals(0, graph.bytes(0));
    }

    @Test
    void read_manyFaults_allAreTold() throws IOException {
        var files = files("task,flop\na,-1\nb,much\nc,1\nc,2\n", "src,dst,bytes\na,c,1\nc,cc,1\nc,c,1\n");

        var refusal = assertThrows(GraphFileException.class, files::read);

        assertEquals(6, refusal.problems().size(), refusal.getMessage());
        assertTrue(refusal.problems().get(0).contains("small_tasks.csv:2: flop (-1) must be a number, zero or more"));
        assertTrue(refusal.problems().get(4).contains("Maybe \"c\"."), refusal.getMessage());
    }

    @Test
    void read_missingColumn_suggestsTheNearest() throws IOException {
        var files = files("task,flop\na,1\n", "source,dst\na,a\n");

        var refusal = assertThrows(GraphFileException.class, files::read);

        assertTrue(refusal.problems().get(0).contains("column src is missing"), refusal.getMessage());
    }

    @Test
    void read_endlessFaults_stopAfterTwenty() throws IOException {
        var files = files("task,flop\n" + "x,1\n".repeat(1_000), "src,dst\n");

        var refusal = assertThrows(GraphFileException.class, files::read);

        assertEquals(21, refusal.problems().size());
    }

    @Test
    void read_noSuchFile_isTold() {
        var files = new GraphFiles(folder.resolve("none.csv"), folder.resolve("no.csv"), NumberFormat.FP64);

        var refusal = assertThrows(GraphFileException.class, files::read);

        assertEquals(2, refusal.problems().size());
    }

    @Test
    void read_workflowOfVersion15_hasTheBytesOfSharedFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("workflow.json"), """
                {"name": "two", "schemaVersion": "1.5", "workflow": {
                  "specification": {
                    "tasks": [
                      {"name": "make", "id": "make_1", "parents": [], "children": ["use_1"],
                       "inputFiles": [], "outputFiles": ["x", "y"]},
                      {"name": "use", "id": "use_1", "parents": ["make_1"], "children": [],
                       "inputFiles": ["x"], "outputFiles": []}],
                    "files": [{"id": "x", "sizeInBytes": 700}, {"id": "y", "sizeInBytes": 9}]},
                  "execution": {"makespanInSeconds": 3, "tasks": [
                    {"id": "make_1", "runtimeInSeconds": 1.5}, {"id": "use_1", "runtimeInSeconds": 0.5}]}}}
                """);

        TaskGraph graph = new WorkflowFile(file).read();

        assertEquals("two", graph.name());
        assertEquals(1, graph.edges());
        assertEquals(700, graph.bytes(0));
        assertEquals(Duration.ofMillis(1_500), ((Task.Recorded) graph.task(0)).time());
    }

    @Test
    void read_workflowOfVersion13_isReadToo() throws IOException {
        Path file = Files.writeString(folder.resolve("workflow.json"), """
                {"name": "two", "schemaVersion": "1.3", "workflow": {"tasks": [
                  {"name": "make", "runtime": 2, "parents": [], "files": [{"link": "output", "name": "x", "size": 5}]},
                  {"name": "use", "runtime": 1, "parents": ["make"], "files": [{"link": "input", "name": "x", "size": 5}]}]}}
                """);

        TaskGraph graph = new WorkflowFile(file).read();

        assertEquals(5, graph.bytes(0));
        assertEquals(2, graph.size());
    }

    @Test
    void read_workflowWithFaults_allAreTold() throws IOException {
        Path file = Files.writeString(folder.resolve("workflow.json"), """
                {"workflow": {"tasks": [{"name": "a", "runtime": -1}, {"name": "b", "parents": ["c"], "runtime": "x"}]}}
                """);

        var refusal = assertThrows(GraphFileException.class, () -> new WorkflowFile(file).read());

        assertEquals(2, refusal.problems().size(), refusal.getMessage());
    }

    @Test
    void read_brokenJson_isToldWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("workflow.json"), "{\n\"workflow\": [}\n");

        var refusal = assertThrows(GraphFileException.class, () -> new WorkflowFile(file).read());

        assertTrue(refusal.problems().get(0).contains("workflow.json:2: must be JSON"), refusal.getMessage());
    }
}
