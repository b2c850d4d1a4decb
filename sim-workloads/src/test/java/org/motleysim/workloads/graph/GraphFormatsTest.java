package org.motleysim.workloads.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.ScenarioException;
import org.motleysim.workloads.schedule.Schedulers;

/** STG, DOT and Chakra. */
class GraphFormatsTest {
    @TempDir
    private Path folder = Path.of("");

    private Path file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private static String refusal(GraphSource source) {
        var refusal = assertThrows(GraphFileException.class, source::read);
        return String.valueOf(refusal.getMessage());
    }

    /** Two tasks of 3 and 4 between entry and exit, in the layout of the set. */
    @Test
    void stg_smallGraph_hasItsTimesAndEdges() throws IOException {
        Path file = file(
                "rand0000.stg",
                "   2",
                "  0   0   0",
                "  1   3   1   0",
                "  2   4   2   0   1",
                "  3   0   2   1   2",
                "# task graph");

        TaskGraph graph = new StgFile(file, Duration.ofMillis(10)).read();

        assertEquals(4, graph.size());
        assertEquals(5, graph.edges());
        assertEquals(new Task.Recorded("2", Duration.ofMillis(40)), graph.task(2));
        assertEquals(0, graph.totalBytes());
    }

    @Test
    void stg_faults_areToldWithTheirLines() throws IOException {
        Path count = file("count.stg", "3", "0 0 0", "1 3 1 0");
        Path word = file("word.stg", "1", "0 0 0", "1 x 1 0", "2 0 1 1");
        Path short1 = file("short.stg", "1", "0 0 0", "1 3 2 0", "2 0 1 9");
        Path cycle = file("cycle.stg", "2", "0 0 0", "1 3 2 0 2", "2 3 1 1", "3 0 1 2");

        assertTrue(refusal(new StgFile(count, Duration.ofSeconds(1))).contains("count.stg:1: number of tasks (3)"));
        assertTrue(
                refusal(new StgFile(word, Duration.ofSeconds(1))).contains("word.stg:3: (x) must be a whole number"));
        assertTrue(refusal(new StgFile(short1, Duration.ofSeconds(1))).contains("short.stg:3: must be the number 1"));
        String told = refusal(new StgFile(cycle, Duration.ofSeconds(1)));
        assertTrue(told.contains("cycle.stg: ") && told.contains("1 -> 2 -> 1"), told);
    }

    @Test
    void dot_writtenAndRead_isTheSameGraph() throws IOException {
        TaskGraph.Builder graph = TaskGraph.builder("trip");
        graph.add(new Task.Recorded("read \"a\"", Duration.ofMillis(1_500)));
        graph.add(new Task.Compute("2 -> 3", new Kernel(KernelFamily.GEMM, NumberFormat.FP64, 2e9, 0, 0, Shape.NONE)));
        graph.add(new Task.Measured("end", "fft"));
        graph.edge(0, 1, 1_000.5);
        graph.edge(0, 2, 0.0);
        graph.edge(1, 2, 7.0);
        TaskGraph written = graph.build();
        StringWriter text = new StringWriter();
        DotWriter.write(written, text);

        TaskGraph read = new DotFile(file("trip.dot", text.toString()), NumberFormat.FP64).read();

        assertEquals(written, read);
    }

    @Test
    void dot_byHand_isRead() throws IOException {
        Path file = file(
                "hand.dot",
                "digraph G {",
                "  // comment",
                "  node [shape=box];",
                "  a [runtime_s=2, label=\"first\"];",
                "  b [type=fft];",
                "  a -> b [bytes=\"1e6\"];",
                "}");

        TaskGraph graph = new DotFile(file, NumberFormat.FP64).read();

        assertEquals(1e6, graph.bytes(0));
        assertEquals(new Task.Measured("b", "fft"), graph.task(1));
    }

    @Test
    void dot_faults_areTold() throws IOException {
        Path bare = file("bare.dot", "digraph G { a; b; a -> b; }");
        Path loop = file("loop.dot", "digraph G { a [flop=1]; b [flop=1]; a -> b; b -> a; }");
        Path self = file("self.dot", "digraph G { a [flop=1]; a -> a; }");
        Path broken = file("broken.dot", "digraph G { a [");
        Path bareNumber = file("number.dot", "digraph G { a [flop=1e6]; }");

        String all = refusal(new DotFile(bare, NumberFormat.FP64));
        assertTrue(all.contains("node (a) must have one of") && all.contains("node (b) must have one of"), all);
        assertTrue(refusal(new DotFile(loop, NumberFormat.FP64)).contains("there is one: a -> b -> a"));
        assertTrue(refusal(new DotFile(self, NumberFormat.FP64)).contains("must not lead from a task to itself"));
        assertTrue(refusal(new DotFile(bareNumber, NumberFormat.FP64)).contains("attribute (e6) must have a value"));
        assertTrue(refusal(new DotFile(broken, NumberFormat.FP64)).contains("broken.dot: must be DOT"));
    }

    @Test
    void dot_fileOf200Megabytes_isRefusedUnread() throws IOException {
        Path file = folder.resolve("huge.dot");
        try (var huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(200L << 20);
        }
        for (GraphSource source : List.of(
                new DotFile(file, NumberFormat.FP64),
                new StgFile(file, Duration.ofSeconds(1)),
                new ChakraFile(file, NumberFormat.FP16),
                new WorkflowFile(file),
                new GraphFiles(file, file, NumberFormat.FP64))) {
            assertTrue(refusal(source).contains("209715200 bytes must not exceed"), source.toString());
        }
    }

    private static byte[] message(ThrowingWriter writer) throws IOException {
        var bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        writer.write(out);
        out.flush();
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface ThrowingWriter {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] node(long id, String name, int type, long micros, long operations, long... needs)
            throws IOException {
        return message(out -> {
            out.writeUInt64(1, id);
            out.writeString(2, name);
            out.writeEnum(3, type);
            byte[] packed = message(list -> {
                for (long need : needs) {
                    list.writeUInt64NoTag(need);
                }
            });
            if (needs.length > 0) {
                out.writeByteArray(5, packed); // packed, as proto3 does
                out.writeUInt64(4, needs[0]); // and one by one
            }
            out.writeUInt64(7, micros);
            if (operations > 0) {
                for (String attribute : List.of("num_ops", "tensor_size")) {
                    out.writeByteArray(10, message(value -> {
                        value.writeString(1, attribute);
                        value.writeInt64(9, attribute.equals("num_ops") ? operations : 4_096);
                    }));
                }
            }
        });
    }

    private Path trace(byte[]... messages) throws IOException {
        Path file = folder.resolve("trace.0.et");
        Files.write(file, message(out -> {
            for (byte[] each : messages) {
                out.writeByteArrayNoTag(each);
            }
        }));
        return file;
    }

    @Test
    void chakra_protobuf_hasItsNodesAndDependencies() throws IOException {
        byte[] metadata = message(out -> out.writeString(1, "0.0.4"));
        Path file = trace(
                metadata,
                node(7, "embed", 4, 0, 1_000_000),
                node(9, "all-reduce", 7, 250, 0, 7),
                node(12, "mlp", 4, 40, 2_000_000, 7, 9));

        TaskGraph graph = new ChakraFile(file, NumberFormat.FP16).read();

        assertEquals(3, graph.size());
        assertEquals(3, graph.edges());
        assertEquals(new Task.Recorded("all-reduce#9", Duration.ofNanos(250_000)), graph.task(1));
        Kernel kernel = ((Task.Compute) graph.task(2)).kernel();
        assertEquals(2_000_000, kernel.flops());
        assertEquals(4_096, kernel.bytesRead());
    }

    @Test
    void chakra_json_isTheSame() throws IOException {
        Path file = file(
                "trace.json",
                "{\"version\": \"0.0.4\"}",
                "{\"id\": \"7\", \"name\": \"embed\", \"type\": \"COMP_NODE\",",
                "  \"attr\": [{\"name\": \"num_ops\", \"int64_val\": \"1000000\"}, {\"name\": \"tensor_size\", \"uint64Val\": \"4096\"}]}",
                "{\"id\": \"9\", \"name\": \"all-reduce\", \"type\": \"COMM_COLL_NODE\", \"durationMicros\": \"250\", \"dataDeps\": [\"7\"]}");

        TaskGraph graph = new ChakraFile(file, NumberFormat.FP16).read();

        assertEquals(2, graph.size());
        assertEquals(1, graph.edges());
        assertEquals(1e6, ((Task.Compute) graph.task(0)).kernel().flops());
        assertEquals(new Task.Recorded("all-reduce#9", Duration.ofNanos(250_000)), graph.task(1));
    }

    @Test
    void chakra_ofSeveralRanks_joinsThemAtCollectives() throws IOException {
        Path file = file(
                "trace.json",
                "{\"version\": \"0.0.4\"}",
                "{\"id\": \"1\", \"name\": \"sync\", \"type\": \"COMM_COLL_NODE\", \"attr\": [{\"name\": \"comm_type\", \"int64_val\": \"9\"}]}",
                "{\"id\": \"2\", \"name\": \"forward\", \"type\": \"COMP_NODE\", \"durationMicros\": \"1000\", \"dataDeps\": [\"1\"]}",
                "{\"id\": \"3\", \"name\": \"reduce\", \"type\": \"COMM_COLL_NODE\", \"dataDeps\": [\"2\"],"
                        + " \"attr\": [{\"name\": \"comm_size\", \"int64_val\": \"8000000\"}]}",
                "{\"id\": \"4\", \"name\": \"step\", \"type\": \"COMP_NODE\", \"durationMicros\": \"500\", \"dataDeps\": [\"3\"]}");
        TaskGraph graph = new ChakraFile(file, NumberFormat.FP16, 4).read();

        // Per rank: nothing before the barrier, forward, step; and two collectives.
        assertEquals(4 * 3 + 2, graph.size());
        assertEquals(new Collective.Barrier(), ((Task.Collective) graph.task(0)).operation());
        assertEquals(new Collective.AllReduce(8_000_000), ((Task.Collective) graph.task(1)).operation());
        assertEquals(4, graph.inDegree(1));
        RunResult result = GraphBench.run(
                GraphBench.cluster(GraphBench.group(4), Duration.ZERO),
                GraphJob.of(graph, Schedulers.byRank()).build());
        // A ring of four: 6 steps of 2 MB at 1 GB/s.
        assertEquals(0.0015 + 6 * 0.002, result.metrics().value("makespan"), 1e-9);
        for (int task = 2; task < graph.size(); task++) {
            assertEquals(graph.rank(task), GraphBench.log(result).device(task));
        }
        assertTrue(assertThrows(
                        ScenarioException.class,
                        () -> GraphBench.run(
                                GraphBench.cluster(GraphBench.group(3), Duration.ZERO),
                                GraphJob.of(graph, Schedulers.byRank()).build()))
                .problems()
                .get(0)
                .message()
                .contains("must be below the number of devices (3)"));
    }

    @Test
    void csvAndDot_collectivesAndMemory_areRead() throws IOException {
        Path tasks = file(
                "tasks.csv",
                "task,runtime_s,memory_bytes,collective,size_bytes",
                "a,1,5e9,,",
                "b,2,,,",
                "r,,,all-gather,4096");
        Path edges = file("edges.csv", "src,dst", "a,r", "b,r");
        TaskGraph graph = new GraphFiles(tasks, edges, NumberFormat.FP64).read();

        assertEquals(new Task.Recorded("a", Duration.ofSeconds(1), Bytes.gigabytes(5)), graph.task(0));
        assertEquals(new Task.Recorded("b", Duration.ofSeconds(2)), graph.task(1));
        assertEquals(new Task.Collective("r", new Collective.AllGather(4_096)), graph.task(2));

        Path dot = folder.resolve("again.dot");
        StringWriter text = new StringWriter();
        DotWriter.write(graph, text);
        Files.writeString(dot, text.toString());
        TaskGraph again = new DotFile(dot, NumberFormat.FP64).read();
        for (int i = 0; i < 3; i++) {
            assertEquals(graph.task(i), again.task(i));
        }
        Path wrong = file("wrong.csv", "task,collective", "a,all-redduce");
        assertTrue(refusal(new GraphFiles(wrong, edges, NumberFormat.FP64)).contains("Maybe \"all-reduce\"."));
    }

    @Test
    void chakra_faults_areTold() throws IOException {
        byte[] metadata = message(out -> out.writeString(1, "0.0.4"));
        Path nowhere = trace(metadata, node(1, "a", 4, 1, 0, 5), node(2, "b", 7, 0, 0), node(2, "c", 4, 1, 0));

        String all = refusal(new ChakraFile(nowhere, NumberFormat.FP16));

        assertTrue(all.contains("node a (1) needs node 5, which must be in the trace"), all);
        assertTrue(all.contains("node b (2) of type 7 must have operations (num_ops) or a duration"), all);
        assertTrue(all.contains("id (2) of node c must be its own"), all);
        Path cut = folder.resolve("cut.et");
        Files.write(cut, new byte[] {3, 10, 1, 'x', 100, 8});
        assertTrue(refusal(new ChakraFile(cut, NumberFormat.FP16)).contains("must be Chakra's messages in protobuf"));
    }
}
