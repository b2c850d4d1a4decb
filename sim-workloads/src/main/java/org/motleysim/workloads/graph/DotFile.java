package org.motleysim.workloads.graph;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jgrapht.alg.util.Pair;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.ImportException;
import org.jgrapht.nio.dot.DOTEventDrivenImporter;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.device.NumberFormat;

/**
 * A directed graph in DOT, the language of Graphviz. A node has the attribute {@code flop} (operations), {@code runtime_s} (recorded seconds)
 * or {@code type} (looked up in {@link MeasuredTimes}); an edge may have {@code bytes}. Other attributes are not looked at.
 *
 * @param file path of the text
 * @param format in which {@code flop} is computed
 */
public record DotFile(Path file, NumberFormat format) implements GraphSource {

    private record Arrow(String from, String to, Map<String, String> attributes) {}

    @Override
    public TaskGraph read() {
        var problems = new GraphProblems();
        try {
            problems.checkFile(file);
            problems.check();
            return graph(problems);
        } catch (MalformedInputException e) {
            problems.add(file + ": must be text in UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        problems.check();
        throw new IllegalStateException("unreachable: there is a problem");
    }

    private TaskGraph graph(GraphProblems problems) throws IOException {
        Map<String, Map<String, String>> nodes = new LinkedHashMap<>();
        List<Arrow> arrows = new ArrayList<>();
        // Attributes follow their edge; of several between the same nodes they are those of the latest.
        Map<Pair<String, String>, Arrow> current = new HashMap<>();
        var importer = new DOTEventDrivenImporter();
        importer.addVertexConsumer(node -> nodes.computeIfAbsent(node, key -> new LinkedHashMap<>()));
        importer.addVertexAttributeConsumer(
                (node, attribute) -> nodes.computeIfAbsent(node.getFirst(), key -> new LinkedHashMap<>())
                        .put(node.getSecond(), value(node.getSecond(), attribute, problems)));
        importer.addEdgeConsumer(edge -> {
            var arrow = new Arrow(edge.getFirst(), edge.getSecond(), new LinkedHashMap<>());
            arrows.add(arrow);
            current.put(edge, arrow);
        });
        importer.addEdgeAttributeConsumer((edge, attribute) -> {
            Arrow arrow = current.get(edge.getFirst());
            if (arrow != null) {
                arrow.attributes.put(edge.getSecond(), value(edge.getSecond(), attribute, problems));
            }
        });
        try (Reader in = Files.newBufferedReader(file)) {
            importer.importInput(in);
        } catch (ImportException e) {
            problems.add(file + ": must be DOT: " + e.getMessage());
            problems.check();
        }
        TaskGraph.Builder graph = TaskGraph.builder(
                        file.getFileName().toString().replaceFirst("\\.[A-Za-z]+$", ""))
                .source(this);
        nodes.forEach((name, attributes) -> {
            try {
                graph.add(TaskFields.task(name, attributes, format));
            } catch (IllegalArgumentException e) {
                problems.add(file + ": " + e.getMessage());
            }
        });
        problems.check();
        for (Arrow arrow : arrows) {
            try {
                graph.edge(
                        graph.number(arrow.from),
                        graph.number(arrow.to),
                        TaskFields.number("bytes", arrow.attributes.getOrDefault("bytes", "0")));
            } catch (IllegalArgumentException e) {
                problems.add(file + ": edge " + arrow.from + " -> " + arrow.to + ": " + e.getMessage());
            }
        }
        problems.check();
        return GraphProblems.built(file, graph, problems);
    }

    private String value(String name, @Nullable Attribute attribute, GraphProblems problems) {
        String value = attribute == null ? null : attribute.getValue();
        if (value == null) {
            problems.add(file + ": attribute (" + name + ") must have a value"
                    + "\nMaybe it is the end of a number with an exponent, which stands in quotes in DOT.");
            return "";
        }
        return value;
    }
}
