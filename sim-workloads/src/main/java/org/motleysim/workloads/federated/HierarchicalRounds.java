package org.motleysim.workloads.federated;

import java.util.Arrays;
import java.util.Optional;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;

/** Rounds at each edge, and a mean of the edges' models in the cloud. */
final class HierarchicalRounds implements Protocol {
    private final Floor floor;
    private final Aggregation.Hierarchical rule;
    private final Cohort[] edges;
    private final int[] roundsLeft;
    private final int[] models;
    private final double[] samples; // behind the model of each edge, since the cloud's last version
    private final long modelBytes;
    private final EventType inCloud;
    private final EventType atEdge;
    private int reported;

    HierarchicalRounds(Floor floor, Aggregation.Hierarchical rule) {
        this.floor = floor;
        this.rule = rule;
        int clients = floor.clients.size();
        int count = Math.min(rule.edges(), clients);
        this.edges = new Cohort[count];
        this.roundsLeft = new int[count];
        this.models = new int[count];
        this.samples = new double[count];
        this.modelBytes = floor.job.payload().down().value();
        this.inCloud = floor.simulation.register("edge-reported", edge -> inCloud());
        this.atEdge = floor.simulation.register("edge-begins", edge -> begin((int) edge));
        for (int i = 0; i < count; i++) {
            ClientPool pool = ClientPool.ofEdge(i, count, clients);
            int wanted = Math.min(pool.size(), rule.participants());
            models[i] = 1 + i;
            edges[i] = new Cohort(floor, i, 1 + i, pool, wanted, wanted, 1, Optional.empty(), this::ended);
        }
    }

    @Override
    public void start() {
        for (int i = 0; i < edges.length; i++) {
            floor.learning.copy(0, models[i]);
            begin(i);
        }
    }

    private void begin(int edge) {
        roundsLeft[edge] = rule.edgeRounds();
        edges[edge].begin();
    }

    @Override
    public void arrived(int slot) {
        int edge = floor.flights.group(slot);
        samples[edge] += floor.clients.samples(floor.flights.client(slot));
        edges[edge].arrived(slot);
    }

    @Override
    public void lost(int slot, LossCause cause) {
        edges[floor.flights.group(slot)].lost(slot, cause);
    }

    private void ended(int edge, String failed) {
        if (floor.isOver()) {
            return;
        }
        if (--roundsLeft[edge] > 0) {
            edges[edge].begin();
            return;
        }
        floor.books.backhaulBytes += modelBytes;
        long takes = backhaulNanos();
        if (takes == 0) {
            inCloud();
        } else {
            floor.simulation.schedule(takes, inCloud, edge);
        }
    }

    private long backhaulNanos() {
        double seconds =
                rule.backhaul().map(each -> modelBytes / each.bytesPerSecond()).orElse(0.0);
        return SimTime.nanos(seconds) + SimTime.nanos(rule.backhaulLatency());
    }

    private void inCloud() {
        if (++reported == edges.length) {
            reported = 0;
            floor.aggregate(edges.length, this::newVersion);
        }
    }

    private void newVersion() {
        if (Arrays.stream(samples).sum() > 0) {
            floor.learning.merge(models, samples, 0);
            floor.newVersion();
        } else {
            floor.books.failedRounds++;
        }
        Arrays.fill(samples, 0);
        if (floor.isOver()) {
            return;
        }
        long takes = backhaulNanos();
        for (int i = 0; i < edges.length; i++) {
            floor.learning.copy(0, models[i]);
            floor.books.backhaulBytes += modelBytes;
            if (takes == 0) {
                begin(i);
            } else {
                floor.simulation.schedule(takes, atEdge, i);
            }
        }
    }

    @Override
    public void stop() {
        for (Cohort edge : edges) {
            edge.stop();
        }
    }

    @Override
    public String stuck() {
        for (Cohort edge : edges) {
            if (edge.isStuck()) {
                return "an edge waits for clients that are never available";
            }
        }
        return "";
    }
}
