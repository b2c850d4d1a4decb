package org.motleysim.workloads.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;

/**
 * The execution trace of one device in Chakra (Sridharan et al., "Chakra: Advancing performance benchmarking and co-design using standardized
 * execution traces", 2023): protobuf messages, each behind its length, GlobalMetadata first, then Nodes; or the same as JSON objects one
 * after the other, as its converter prints them (a file that ends in {@code .json}).
 *
 * <p>A node with {@code num_ops} becomes {@link Task.Compute} that reads {@code tensor_size} bytes; any other takes its recorded duration.
 * Control and data dependencies become edges along which nothing flows: all tasks are of one device.
 *
 * <p>With one rank, nodes of communication run as tasks of their recorded time. With several, each rank runs the trace on a device of its own
 * (the scheduler {@code by-rank} keeps them there), and each collective is one {@link Task.Collective} of all ranks, of {@code comm_size}
 * bytes; groups of processes in the trace are not looked at. Sends and receives keep their recorded time.
 *
 * @param file path of the trace
 * @param format in which operations are computed
 * @param ranks devices that run the trace together, one or more
 */
public record ChakraFile(Path file, NumberFormat format, int ranks) implements GraphSource {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COMPUTATION = 4;
    private static final int METADATA = 1;
    private static final int COLLECTIVE = 7;
    private static final int MOST_TASKS = 20_000_000;

    /** What {@code comm_type} numbers mean; blank where there is no such collective here. */
    private static final List<String> COLLECTIVES = List.of(
            "all-reduce",
            "",
            "all-gather",
            "",
            "",
            "broadcast",
            "all-to-all",
            "reduce-scatter",
            "reduce-scatter",
            "barrier");

    /** @throws IllegalArgumentException if there is no rank */
    public ChakraFile {
        if (ranks < 1) {
            throw new IllegalArgumentException("ranks (" + ranks + ") must be one or more");
        }
    }

    /** The trace on one device. */
    public ChakraFile(Path file, NumberFormat format) {
        this(file, format, 1);
    }

    /** One node as the trace has it. */
    private static final class Node {
        private long id;
        private String name = "";
        private int type;
        private double micros;
        private double operations;
        private double bytes;
        private int collective; // all-reduce is 0, which may be left out
        private double moved = -1; // bytes of a collective
        private final Set<Long> needs = new LinkedHashSet<>(); // control and data may name the same node
    }

    @Override
    public TaskGraph read() {
        var problems = new GraphProblems();
        try {
            problems.checkFile(file);
            problems.check();
            List<Node> nodes = file.getFileName().toString().endsWith(".json") ? json(problems) : protobuf();
            return graph(nodes, problems);
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            problems.add(file, line, "must be JSON: " + e.getOriginalMessage());
        } catch (InvalidProtocolBufferException e) {
            problems.add(file + ": must be Chakra's messages in protobuf: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        problems.check();
        throw new IllegalStateException("unreachable: there is a problem");
    }

    private TaskGraph graph(List<Node> nodes, GraphProblems problems) {
        TaskGraph.Builder graph = TaskGraph.builder(
                        file.getFileName().toString().replaceFirst("\\.(et|json|[0-9]+\\.et)$", ""))
                .source(this);
        Map<Long, Node> known = new LinkedHashMap<>();
        for (Node node : nodes) {
            if (known.putIfAbsent(node.id, node) != null) {
                problems.add(file + ": id (" + node.id + ") of node " + node.name + " must be its own");
            }
        }
        check(known, problems);
        if ((long) known.size() * ranks > MOST_TASKS) {
            problems.add(file + ": " + known.size() + " nodes for each of " + ranks + " ranks must not exceed "
                    + MOST_TASKS + " tasks");
        }
        problems.check();
        return GraphProblems.built(file, graph(graph, known, problems), problems);
    }

    private void check(Map<Long, Node> nodes, GraphProblems problems) {
        for (Node node : nodes.values()) {
            boolean moves = ranks > 1 && node.type == COLLECTIVE;
            if (!moves && !isCounted(node) && node.micros == 0 && node.type != METADATA) {
                problems.add(file + ": node " + node.name + " (" + node.id + ") of type " + node.type
                        + " must have operations (num_ops) or a duration");
            }
            for (long need : node.needs) {
                if (!nodes.containsKey(need)) {
                    problems.add(file + ": node " + node.name + " (" + node.id + ") needs node " + need
                            + ", which must be in the trace");
                } else if (need == node.id) {
                    problems.add(file + ": node " + node.name + " (" + node.id + ") must not need itself");
                }
            }
        }
    }

    private TaskGraph.Builder graph(TaskGraph.Builder graph, Map<Long, Node> nodes, GraphProblems problems) {
        Map<Long, Integer> together = new LinkedHashMap<>(); // collectives by node
        for (Node node : nodes.values()) {
            if (ranks > 1 && node.type == COLLECTIVE) {
                together.put(node.id, graph.add(collective(name(node), node, problems)));
            }
        }
        for (int rank = 0; rank < ranks; rank++) {
            Map<Long, Integer> numbers = new LinkedHashMap<>(together);
            for (Node node : nodes.values()) {
                if (!together.containsKey(node.id)) {
                    String name = ranks == 1 ? name(node) : rank + "/" + name(node);
                    numbers.put(node.id, ranked(graph, graph.add(task(name, node)), rank));
                } else if (node.needs.isEmpty()) {
                    // It takes part, though nothing comes before.
                    Task nothing = new Task.Recorded(rank + "/before " + name(node), Duration.ZERO);
                    graph.edge(ranked(graph, graph.add(nothing), rank), numbers.getOrDefault(node.id, 0), 0.0);
                }
            }
            for (Node node : nodes.values()) {
                for (long need : node.needs) {
                    boolean once = together.containsKey(need) && together.containsKey(node.id);
                    if (rank == 0 || !once) {
                        graph.edge(numbers.getOrDefault(need, 0), numbers.getOrDefault(node.id, 0), 0.0);
                    }
                }
            }
        }
        problems.check();
        return graph;
    }

    private static boolean isCounted(Node node) {
        return node.type == COMPUTATION && node.operations > 0;
    }

    private int ranked(TaskGraph.Builder graph, int task, int rank) {
        if (ranks > 1) {
            graph.rank(task, rank);
        }
        return task;
    }

    private static String name(Node node) {
        return (node.name.isBlank() ? "node" : node.name) + "#" + node.id;
    }

    private Task collective(String name, Node node, GraphProblems problems) {
        String kind =
                node.collective >= 0 && node.collective < COLLECTIVES.size() ? COLLECTIVES.get(node.collective) : "";
        if (kind.isEmpty()) {
            problems.add(file + ": comm_type (" + node.collective + ") of node " + node.name + " (" + node.id
                    + ") must be a collective that all ranks get something of");
            kind = "barrier";
        } else if (node.moved < 0 && !kind.equals("barrier")) {
            problems.add(file + ": node " + node.name + " (" + node.id + ") must have a size (comm_size)");
        }
        return new Task.Collective(name, TaskFields.collective(kind, Bytes.of((long) Math.max(0, node.moved))));
    }

    private Task task(String name, Node node) {
        if (isCounted(node)) {
            return new Task.Compute(
                    name, new Kernel(KernelFamily.GEMM, format, node.operations, node.bytes, 0, Shape.NONE));
        }
        return new Task.Recorded(name, Duration.ofNanos(Math.round(node.micros * 1_000)));
    }

    private List<Node> json(GraphProblems problems) throws IOException {
        List<Node> nodes = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                MappingIterator<JsonNode> objects =
                        JSON.readerFor(JsonNode.class).readValues(in)) {
            while (objects.hasNextValue()) {
                JsonNode object = objects.nextValue();
                if (object.has("id")) {
                    nodes.add(node(object));
                } else if (!object.has("version") && !object.has("attr")) {
                    problems.add(file + ": object " + (nodes.size() + 1) + " must be a node with an id");
                }
            }
        }
        return nodes;
    }

    /** Printers of protobuf write 64-bit numbers as strings, leave zeros out, and may change the case of names. */
    private static Node node(JsonNode object) {
        Node node = new Node();
        node.id = object.path("id").asLong();
        node.name = object.path("name").asText("");
        JsonNode type = object.path("type");
        node.type = type.isNumber()
                ? type.intValue()
                : switch (type.asText("")) {
                    case "COMP_NODE" -> COMPUTATION;
                    case "METADATA_NODE" -> METADATA;
                    case "COMM_COLL_NODE" -> COLLECTIVE;
                    default -> 0;
                };
        node.micros = either(object, "duration_micros", "durationMicros").asDouble(0);
        either(object, "ctrl_deps", "ctrlDeps").forEach(need -> node.needs.add(need.asLong()));
        either(object, "data_deps", "dataDeps").forEach(need -> node.needs.add(need.asLong()));
        for (JsonNode attribute : object.path("attr")) {
            double value = 0;
            for (Map.Entry<String, JsonNode> field : attribute.properties()) {
                if (field.getKey().endsWith("_val") || field.getKey().endsWith("Val")) {
                    value = field.getValue().asDouble(0);
                }
            }
            attribute(node, attribute.path("name").asText(""), value);
        }
        return node;
    }

    private static JsonNode either(JsonNode object, String snake, String camel) {
        return object.has(snake) ? object.path(snake) : object.path(camel);
    }

    private static void attribute(Node node, String name, double value) {
        if (name.equals("num_ops")) {
            node.operations = Math.max(0, value);
        } else if (name.equals("tensor_size")) {
            node.bytes = Math.max(0, value);
        } else if (name.equals("comm_size")) {
            node.moved = Math.max(0, value);
        } else if (name.equals("comm_type")) {
            node.collective = (int) value;
        }
    }

    private List<Node> protobuf() throws IOException {
        List<Node> nodes = new ArrayList<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            CodedInputStream coded = CodedInputStream.newInstance(in);
            boolean first = true;
            while (!coded.isAtEnd()) {
                int limit = coded.pushLimit(coded.readRawVarint32());
                if (first) {
                    coded.skipRawBytes(coded.getBytesUntilLimit()); // GlobalMetadata
                    first = false;
                } else {
                    nodes.add(node(coded));
                }
                coded.checkLastTagWas(0);
                coded.popLimit(limit);
                coded.resetSizeCounter();
            }
        }
        return nodes;
    }

    /** The numbers of fields are those of {@code et_def.proto}. */
    private static Node node(CodedInputStream in) throws IOException {
        Node node = new Node();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> node.id = in.readUInt64();
                case 2 -> node.name = in.readString();
                case 3 -> node.type = in.readEnum();
                case 4, 5 -> needs(in, tag, node.needs);
                case 7 -> node.micros = (double) in.readUInt64();
                case 10 -> {
                    int limit = in.pushLimit(in.readRawVarint32());
                    attribute(in, node);
                    in.popLimit(limit);
                }
                default -> in.skipField(tag);
            }
        }
        return node;
    }

    /** Repeated numbers come packed or one by one. */
    private static void needs(CodedInputStream in, int tag, Set<Long> needs) throws IOException {
        if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            needs.add(in.readUInt64());
            return;
        }
        int limit = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
            needs.add(in.readUInt64());
        }
        in.popLimit(limit);
    }

    private static void attribute(CodedInputStream in, Node node) throws IOException {
        String name = "";
        double value = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> name = in.readString();
                case 3 -> value = in.readDouble();
                case 5 -> value = in.readFloat();
                case 7, 9, 11, 13 -> value = (double) in.readInt64();
                case 15, 17 -> value = (double) in.readSInt64();
                default -> in.skipField(tag);
            }
        }
        attribute(node, name, value);
    }
}
