package org.motleysim.workloads.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.quantity.Bytes;

/**
 * A scientific workflow in WfFormat, the JSON of WfCommons (Coleman et al., "WfCommons: a framework for enabling scientific workflow
 * research and development", FGCS 128, 2022): versions 1.5 ("specification" and "execution") and before ("tasks" with
 * their "files"). Tasks become {@link Task.Recorded}; what flows along an edge is the files that the one writes and the other reads.
 *
 * @param file path of the JSON
 */
public record WorkflowFile(Path file) implements GraphSource {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public TaskGraph read() {
        var problems = new GraphProblems();
        try {
            problems.checkFile(file);
            problems.check();
            return new Reading(JSON.readTree(file.toFile()), problems).graph();
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            problems.add(file, line, "must be JSON: " + e.getOriginalMessage());
            problems.check();
            throw new IllegalStateException("unreachable: there is a problem", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** One task as the file says it. */
    private static final class Step {
        private double seconds = Double.NaN;
        private long memoryBytes;
        private final Set<String> parents = new LinkedHashSet<>();
        private final Set<String> children = new LinkedHashSet<>();
        private final Set<String> reads = new LinkedHashSet<>();
        private final Set<String> writes = new LinkedHashSet<>();
    }

    private final class Reading {
        private final JsonNode root;
        private final GraphProblems problems;
        private final Map<String, Step> steps = new LinkedHashMap<>();
        private final Map<String, Double> bytesOf = new LinkedHashMap<>();

        Reading(JsonNode root, GraphProblems problems) {
            this.root = root;
            this.problems = problems;
        }

        TaskGraph graph() {
            JsonNode workflow = root.path("workflow");
            if (!workflow.isObject()) {
                problems.add(file + ": $.workflow must be an object: this is no WfFormat");
                problems.check();
            }
            if (workflow.path("specification").isObject()) {
                readSpecification(workflow.path("specification"));
                readExecution(workflow.path("execution").path("tasks"));
            } else {
                readOldTasks(workflow.has("tasks") ? workflow.path("tasks") : workflow.path("jobs"));
            }
            String name = root.path("name").asText("");
            TaskGraph.Builder graph =
                    TaskGraph.builder(name.isBlank() ? "workflow" : name).source(WorkflowFile.this);
            steps.forEach((id, step) -> addTask(graph, id, step));
            problems.check();
            addEdges(graph);
            problems.check();
            return GraphProblems.built(file, graph, problems);
        }

        private void readSpecification(JsonNode specification) {
            for (JsonNode entry : specification.path("files")) {
                bytesOf.put(entry.path("id").asText(), size(entry));
            }
            for (JsonNode entry : specification.path("tasks")) {
                Step step = step(entry, "id");
                entry.path("inputFiles").forEach(id -> step.reads.add(id.asText()));
                entry.path("outputFiles").forEach(id -> step.writes.add(id.asText()));
            }
        }

        private void readExecution(JsonNode tasks) {
            for (JsonNode entry : tasks) {
                Step step = steps.get(entry.path("id").asText());
                if (step == null) {
                    problems.add(file + ": execution of task ("
                            + entry.path("id").asText() + ") must be of a task of the specification");
                } else {
                    step.seconds = entry.path("runtimeInSeconds").asDouble(Double.NaN);
                    step.memoryBytes = entry.path("memoryInBytes").asLong(0);
                }
            }
        }

        private void readOldTasks(JsonNode tasks) {
            for (JsonNode entry : tasks) {
                Step step = step(entry, entry.has("id") ? "id" : "name");
                step.seconds = entry.path(entry.has("runtimeInSeconds") ? "runtimeInSeconds" : "runtime")
                        .asDouble(Double.NaN);
                step.memoryBytes = entry.path("memoryInBytes").asLong(0);
                for (JsonNode used : entry.path("files")) {
                    String id = used.path("name").asText();
                    bytesOf.put(id, size(used));
                    (used.path("link").asText().equals("input") ? step.reads : step.writes).add(id);
                }
            }
        }

        private Step step(JsonNode entry, String key) {
            Step step = new Step();
            String id = entry.path(key).asText("");
            if (id.isBlank() || steps.putIfAbsent(id, step) != null) {
                problems.add(file + ": " + key + " (\"" + id + "\") of a task must be there, and its own");
            }
            entry.path("parents").forEach(parent -> step.parents.add(parent.asText()));
            entry.path("children").forEach(child -> step.children.add(child.asText()));
            return step;
        }

        private double size(JsonNode entry) {
            return entry.path(entry.has("sizeInBytes") ? "sizeInBytes" : "size").asDouble(0);
        }

        private void addTask(TaskGraph.Builder graph, String id, Step step) {
            if (!(step.seconds >= 0 && step.seconds < Double.POSITIVE_INFINITY)) {
                problems.add(file + ": runtime (" + step.seconds + ") of task " + id
                        + " must be a number of seconds, zero or more");
                return;
            }
            graph.add(new Task.Recorded(
                    id, Duration.ofNanos(SimTime.nanos(step.seconds)), Bytes.of(Math.max(0, step.memoryBytes))));
        }

        /** Both ends tell of an edge; some writers fill in only one. */
        private void addEdges(TaskGraph.Builder graph) {
            Set<Edge> edges = new LinkedHashSet<>();
            steps.forEach((id, step) -> {
                step.parents.forEach(parent -> edges.add(new Edge(parent, id)));
                step.children.forEach(child -> edges.add(new Edge(id, child)));
            });
            for (Edge edge : edges) {
                Step from = steps.get(edge.from);
                Step to = steps.get(edge.to);
                if (from == null || to == null) {
                    problems.add(file + ": task (" + (from == null ? edge.from : edge.to) + "), which "
                            + (from == null ? edge.to : edge.from) + " names, must be in the workflow");
                    continue;
                }
                double bytes = from.writes.stream()
                        .filter(to.reads::contains)
                        .mapToDouble(shared -> bytesOf.getOrDefault(shared, 0.0))
                        .sum();
                try {
                    graph.edge(graph.number(edge.from), graph.number(edge.to), bytes);
                } catch (IllegalArgumentException e) {
                    problems.add(file + ": " + e.getMessage());
                }
            }
        }
    }

    private record Edge(String from, String to) {}
}
