package org.motleysim.workloads.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bytes;

class TaskGraphTest {

    private static TaskGraph.Builder chain(String... names) {
        TaskGraph.Builder graph = TaskGraph.builder("g");
        for (String name : names) {
            graph.add(new Task.Recorded(name, Duration.ofSeconds(1)));
        }
        for (int i = 1; i < names.length; i++) {
            graph.edge(i - 1, i, Bytes.of(10L * i));
        }
        return graph;
    }

    @Test
    void build_cycle_isNamedInTheDirectionOfItsEdges() {
        TaskGraph.Builder graph = chain("load", "train", "test", "ship").edge("test", "train", Bytes.of(0));

        var refusal = assertThrows(IllegalArgumentException.class, graph::build);

        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("train -> test -> train") || message.contains("test -> train -> test"), message);
    }

    @Test
    void build_cycleOfManyTasks_isCutShort() {
        TaskGraph.Builder graph = TaskGraph.builder("ring");
        for (int i = 0; i < 100; i++) {
            graph.add(new Task.Recorded("t" + i, Duration.ZERO));
        }
        for (int i = 0; i < 100; i++) {
            graph.edge(i, (i + 1) % 100, Bytes.of(1));
        }

        var refusal = assertThrows(IllegalArgumentException.class, graph::build);

        assertTrue(String.valueOf(refusal.getMessage()).contains("(100 tasks)"), refusal.getMessage());
    }

    @Test
    void edge_toATaskOfAnotherName_suggestsTheNearest() {
        TaskGraph.Builder graph = chain("load", "train");

        var refusal = assertThrows(IllegalArgumentException.class, () -> graph.edge("load", "trian", Bytes.of(1)));

        assertTrue(String.valueOf(refusal.getMessage()).contains("Maybe \"train\"."), refusal.getMessage());
    }

    @Test
    void edge_fromATaskToItself_isRefused() {
        TaskGraph.Builder graph = chain("a", "b");

        assertThrows(IllegalArgumentException.class, () -> graph.edge(1, 1, Bytes.of(1)));
    }

    @Test
    void add_twoTasksOfOneName_isRefused() {
        TaskGraph.Builder graph = chain("a");

        assertThrows(IllegalArgumentException.class, () -> graph.add(new Task.Recorded("a", Duration.ZERO)));
    }

    @Test
    void edges_randomGraphs_areSeenAlikeFromBothEnds() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            TaskGraph.Builder builder = TaskGraph.builder("random");
            int tasks = 2 + random.nextInt(40);
            for (int i = 0; i < tasks; i++) {
                builder.add(new Task.Recorded("t" + i, Duration.ZERO));
            }
            int edges = random.nextInt(100);
            double sum = 0;
            for (int i = 0; i < edges; i++) {
                int from = random.nextInt(tasks - 1);
                int to = from + 1 + random.nextInt(tasks - from - 1);
                builder.edge(from, to, i);
                sum += i;
            }
            TaskGraph graph = builder.build();
            double seen = 0;
            int[] position = new int[tasks];
            for (int i = 0; i < tasks; i++) {
                position[graph.inOrder(i)] = i;
                for (int k = 0; k < graph.inDegree(i); k++) {
                    assertEquals(i, graph.target(graph.inEdge(i, k)), "seed " + seed);
                    seen += graph.bytes(graph.inEdge(i, k));
                }
            }
            assertEquals(sum, seen, "seed " + seed);
            assertEquals(sum, graph.totalBytes(), "seed " + seed);
            for (int edge = 0; edge < graph.edges(); edge++) {
                assertTrue(position[graph.source(edge)] < position[graph.target(edge)], "seed " + seed);
            }
        }
    }
}
