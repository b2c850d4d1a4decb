package org.motleysim.workloads.graph;

import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jgrapht.graph.DirectedMultigraph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.DefaultAttribute;
import org.jgrapht.nio.dot.DOTExporter;
import org.motleysim.core.engine.SimTime;

/** Writes task graphs in DOT, the language of Graphviz, with the attributes that {@link DotFile} reads. */
public final class DotWriter {
    private static final int MOST_TASKS = 1_000_000;

    private DotWriter() {}

    /**
     * Writes a graph. Operations are told as {@code flop}; bytes that a task reads and writes in memory, and its number format, are not.
     *
     * @throws IllegalArgumentException if it has more than a million tasks, which no program draws
     */
    public static void write(TaskGraph graph, Writer out) {
        if (graph.size() > MOST_TASKS) {
            throw new IllegalArgumentException(
                    "tasks (" + graph.size() + ") of a graph in DOT must not exceed " + MOST_TASKS);
        }
        var copy = new DirectedMultigraph<Integer, Integer>(null, null, false);
        for (int task = 0; task < graph.size(); task++) {
            copy.addVertex(task);
        }
        for (int edge = 0; edge < graph.edges(); edge++) {
            copy.addEdge(graph.source(edge), graph.target(edge), edge);
        }
        var exporter = new DOTExporter<Integer, Integer>(
                task -> "\"" + graph.task(task).name().replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        exporter.setVertexAttributeProvider(task -> attributes(graph.task(task)));
        exporter.setEdgeAttributeProvider(edge -> Map.of("bytes", DefaultAttribute.createAttribute(graph.bytes(edge))));
        exporter.exportGraph(copy, out);
    }

    private static Map<String, Attribute> attributes(Task task) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        if (task instanceof Task.Compute compute) {
            attributes.put(
                    "flop", DefaultAttribute.createAttribute(compute.kernel().flops()));
        } else if (task instanceof Task.Recorded recorded) {
            attributes.put(
                    "runtime_s", DefaultAttribute.createAttribute(SimTime.seconds(SimTime.nanos(recorded.time()))));
        } else if (task instanceof Task.Measured measured) {
            attributes.put("type", DefaultAttribute.createAttribute(measured.type()));
        } else if (task instanceof Task.Collective together) {
            attributes.put(
                    "collective",
                    DefaultAttribute.createAttribute(together.operation().name()));
            attributes.put(
                    TaskFields.SIZE,
                    DefaultAttribute.createAttribute(together.operation().bytes()));
        }
        if (task.memory().value() > 0) {
            attributes.put(
                    TaskFields.MEMORY,
                    DefaultAttribute.createAttribute(task.memory().value()));
        }
        return attributes;
    }
}
