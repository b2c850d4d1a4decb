package org.motleysim.hardware.collective;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.name.NearestName;

/**
 * What a library reaches on a machine of nodes, as fitted to measured times: per collective and level a launch, a latency per hop and a
 * rate. Immutable.
 *
 * <p>Levels are {@code node} (between devices of a node, per device) and {@code network} (between nodes, per device that has its own
 * port). A collective within a node, or between nodes with one device each, is what was measured; between nodes with several devices it is
 * composed: rings leave a node through as many ports as it has devices ({@link Algorithms#railRing}), so that the slower of node and ports
 * decides; all-to-all uses both at once; send-receive waits for the transfer between nodes. Fits are by
 * org.motleysim.bench.collective.CalibrateCollectives; docs/models/collectives.md says how far off they are.
 */
public final class CollectiveLibrary {
    /** Between devices of a node. */
    public static final String NODE = "node";

    /** Between nodes. */
    public static final String NETWORK = "network";

    /**
     * What was fitted for one collective on one level.
     *
     * @param collective its {@link Collective#name}
     * @param level {@link #NODE} or {@link #NETWORK}
     * @param algorithm ring, direct or in-network
     * @param fromRanks the fewest ranks that it is for; of several rows that with the most counts
     * @param launchSeconds whatever the size
     * @param hopSeconds once per node that a ring goes on to; once for direct
     * @param bytesPerSecond of what one rank sends
     * @param heldOutError mean relative error on sizes that were not fitted
     */
    public record Row(
            String collective,
            String level,
            String algorithm,
            int fromRanks,
            double launchSeconds,
            double hopSeconds,
            double bytesPerSecond,
            double heldOutError) {
        /** @throws IllegalArgumentException if a number is out of its range */
        public Row {
            if (!(launchSeconds >= 0 && hopSeconds >= 0 && bytesPerSecond > 0) || fromRanks < 1) {
                throw new IllegalArgumentException("row of " + collective + " (" + launchSeconds + " s, " + hopSeconds
                        + " s, " + bytesPerSecond + " B/s, " + fromRanks
                        + " ranks) must have times of zero or more and a rate and ranks above zero");
            }
        }
    }

    private final String name;
    private final String source;
    private final List<Row> rows;

    private CollectiveLibrary(String name, String source, List<Row> rows) {
        this.name = name;
        this.source = source;
        this.rows = List.copyOf(rows);
    }

    /** Returns a library of one's own fits. */
    public static CollectiveLibrary of(String name, String source, List<Row> rows) {
        return new CollectiveLibrary(name, source, rows);
    }

    /**
     * Returns one that comes with Motley, such as {@code "nccl-h100"}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static CollectiveLibrary builtIn(String name) {
        for (CollectiveLibrary library : read()) {
            if (library.name.equals(name)) {
                return library;
            }
        }
        List<String> names = names();
        throw new IllegalArgumentException("library (\"" + name + "\") must be one of " + String.join(", ", names)
                + NearestName.of(name, names)
                        .map(nearest -> "\nMaybe \"" + nearest + "\".")
                        .orElse(""));
    }

    /** Returns the names of those that come with Motley. */
    public static List<String> names() {
        return read().stream().map(CollectiveLibrary::name).toList();
    }

    private static List<CollectiveLibrary> read() {
        try (InputStream file = CollectiveLibrary.class.getResourceAsStream("libraries.json")) {
            List<CollectiveLibrary> libraries = new ArrayList<>();
            for (JsonNode library : JsonMapper.builder().build().readTree(file).path("libraries")) {
                List<Row> rows = new ArrayList<>();
                for (JsonNode row : library.path("rows")) {
                    rows.add(new Row(
                            row.path("collective").asText(),
                            row.path("level").asText(),
                            row.path("algorithm").asText(),
                            row.path("fromRanks").asInt(),
                            row.path("launchSeconds").asDouble(),
                            row.path("hopSeconds").asDouble(),
                            row.path("bytesPerSecond").asDouble(),
                            row.path("heldOutError").asDouble()));
                }
                libraries.add(new CollectiveLibrary(
                        library.path("name").asText(), library.path("source").asText(), rows));
            }
            return libraries;
        } catch (IOException e) {
            throw new UncheckedIOException("libraries.json must be readable", e);
        }
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Returns where its numbers come from. */
    public String source() {
        return source;
    }

    /** Returns its fits. */
    public List<Row> rows() {
        return rows;
    }

    /**
     * Returns the time of a collective over all devices of some nodes, in seconds.
     *
     * @param nodes one or more
     * @param perNode devices of a node that take part, one or more
     * @throws IllegalArgumentException if a number is out of its range or there is no fit
     */
    public double seconds(Collective collective, int nodes, int perNode) {
        if (nodes < 1 || perNode < 1) {
            throw new IllegalArgumentException(
                    "nodes (" + nodes + ") and perNode (" + perNode + ") must be one or more");
        }
        int ranks = Math.multiplyExact(nodes, perNode);
        if (ranks == 1) {
            return 0;
        }
        if (nodes == 1) {
            Row row = row(collective, NODE, perNode);
            double bytes = row.algorithm.equals("in-network")
                    ? collective.bytes()
                    : collective.busFactor(ranks) * collective.bytes();
            return row.launchSeconds + bytes / row.bytesPerSecond;
        }
        Row between = row(collective, NETWORK, nodes);
        double latency = between.launchSeconds + hops(collective, nodes) * between.hopSeconds;
        if (perNode == 1) {
            return latency + collective.busFactor(ranks) * collective.bytes() / between.bytesPerSecond;
        }
        // Of the rings within a node, not the switch: that has no part in a ring through many nodes.
        Row within = row(collective, NODE, 1);
        return latency + transfer(collective, nodes, perNode, within.bytesPerSecond, between.bytesPerSecond);
    }

    private static double transfer(Collective collective, int nodes, int perNode, double within, double between) {
        int ranks = nodes * perNode;
        double bytes = collective.busFactor(ranks) * collective.bytes();
        if (collective instanceof Collective.SendReceive) {
            return bytes / Math.min(within, between);
        }
        if (collective instanceof Collective.AllToAll) {
            double each = (double) collective.bytes() / ranks;
            return Math.max(each * (perNode - 1) / within, each * (ranks - perNode) / between);
        }
        // Of perNode rings one leaves through a device's own port; the others go on within the node.
        double inside = bytes * (perNode - 1) / perNode / within;
        return Math.max(inside, bytes / perNode / between);
    }

    /** How often a ring goes on to another node. */
    private static int hops(Collective collective, int nodes) {
        if (collective instanceof Collective.AllReduce) {
            return 2 * (nodes - 1);
        }
        return collective instanceof Collective.AllGather || collective instanceof Collective.ReduceScatter
                ? nodes - 1
                : 1;
    }

    private Row row(Collective collective, String level, int ranks) {
        Row best = null;
        for (Row row : rows) {
            boolean fits = row.collective.equals(collective.name())
                    && row.level.equals(level)
                    && row.fromRanks <= Math.max(ranks, 2);
            if (fits && (best == null || row.fromRanks > best.fromRanks)) {
                best = row;
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("library (" + name + ") must have a fit of " + collective.name()
                    + " on level " + level + "\nMaybe run an algorithm on a network instead.");
        }
        return best;
    }

    @Override
    public String toString() {
        return name;
    }
}
