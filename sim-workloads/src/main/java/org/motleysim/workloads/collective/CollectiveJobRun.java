package org.motleysim.workloads.collective;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.random.IndexedDraws;
import org.motleysim.core.trace.TraceSink;
import org.motleysim.hardware.cluster.BoundCluster;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.cluster.Health;
import org.motleysim.hardware.collective.AlgorithmChoice;
import org.motleysim.hardware.collective.AlphaBeta;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.hardware.collective.CollectiveAlgorithm;
import org.motleysim.hardware.collective.Collectives;
import org.motleysim.hardware.collective.Overlap;
import org.motleysim.hardware.collective.SymmetricRun;
import org.motleysim.hardware.network.FairShareNetwork;
import org.motleysim.hardware.network.LevelledNetwork;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.network.UniformNetwork;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.RowLog;
import org.motleysim.workloads.RunContext;

/**
 * The collectives of one job, one after another: each begins when all teams have finished the one before. One during which a device went down
 * is void: it goes on to its end, which is when this is noticed, and is done again when all devices are up.
 */
final class CollectiveJobRun implements BoundWorkload, Health.Listener {
    private record Item(AlgorithmChoice choice, Bytes size) {}

    private final CollectiveJob job;
    private final Simulation simulation;
    private final Collectives collectives;
    private final TraceSink trace;
    private final int track;
    private final Optional<IndexedDraws> draws;
    private final int[][] teams;
    private final Optional<AlphaBeta> ports;
    private final EventType teamDone;
    private final EventType entering;
    private final EventType unpacked;
    private final BoundCluster cluster;
    private final List<Item> items = new ArrayList<>();
    private final CollectiveLog log;
    private final int[] runs; // by team
    private int item;
    private int waiting; // teams that have not finished
    private long startNanos;
    private long started;
    private long entered;
    private final Set<Integer> down = new HashSet<>(); // devices of the cluster
    private boolean isVoid;
    private boolean waitsForRepair;
    private long lost;
    private long lostNanos;
    private Collective current;
    private CollectiveAlgorithm algorithm;

    CollectiveJobRun(CollectiveJob job, RunContext context) {
        this.job = job;
        this.simulation = context.simulation();
        this.trace = context.trace();
        this.cluster = context.cluster();
        Cluster description = cluster.description();
        int[] endpoints = job.endpoints(description);
        int ranks = endpoints.length / job.teams();
        this.teams = new int[job.teams()][];
        Arrays.setAll(teams, team -> Arrays.copyOfRange(endpoints, team * ranks, (team + 1) * ranks));
        this.runs = new int[teams.length];
        this.collectives = job.reduceRate().isPresent()
                ? Collectives.on(
                        simulation,
                        context.cluster().network(),
                        job.reduceRate().get())
                : Collectives.on(simulation, context.cluster().network());
        collectives.sendingAhead(job.sendsAhead());
        this.draws = job.lateness().map(law -> context.streams().draws(job.name() + "/lateness"));
        this.teamDone = simulation.register(job.name() + ".team", team -> arrived((int) team));
        this.unpacked = simulation.register(job.name() + ".unpacked", team -> teamDone());
        this.entering = simulation.register(job.name() + ".enter", this::enter);
        for (AlgorithmChoice choice : job.algorithms()) {
            for (Bytes size : job.sizes()) {
                for (int i = 0; i < job.repetitions(); i++) {
                    items.add(new Item(choice, size));
                }
            }
        }
        this.log = new CollectiveLog(job.name());
        this.track = trace.enabled() ? trace.track(job.name(), "collectives") : 0;
        this.ports = ports(description.network(), endpoints);
        this.current = job.collective();
        this.algorithm = items.get(0).choice.choose(job.sent(items.get(0).size), ranks);
        for (int endpoint : endpoints) {
            cluster.device(endpoint).health().watch(this);
        }
        cluster.workBegins();
    }

    @Override
    public void down(Device device) {
        down.add(device.index());
        isVoid = true;
    }

    @Override
    public void up(Device device) {
        down.remove(device.index());
        if (waitsForRepair && down.isEmpty()) {
            waitsForRepair = false;
            begin();
        }
    }

    /** What formulas are about; only where all ports are equal. */
    private Optional<AlphaBeta> ports(NetworkModel network, int[] endpoints) {
        boolean equal = network instanceof FairShareNetwork || network instanceof UniformNetwork;
        if (!equal || endpoints.length < 2) {
            return Optional.empty();
        }
        AlphaBeta between = AlphaBeta.between(network, endpoints.length, 0, 1);
        return Optional.of(job.reduceRate().map(between::reducingAt).orElse(between));
    }

    @Override
    public void start() {
        begin();
    }

    private void begin() {
        if (!down.isEmpty()) {
            waitsForRepair = true;
            return;
        }
        isVoid = false;
        Item next = items.get(item);
        int ranks = teams[0].length;
        current = job.sent(next.size);
        algorithm = next.choice.choose(current, ranks);
        startNanos = simulation.now();
        waiting = teams.length;
        started++;
        if (job.oneRankForAll()) {
            LevelledNetwork network = (LevelledNetwork) cluster.description().network();
            double rate = job.reduceRate().map(Bandwidth::bytesPerSecond).orElse(Double.POSITIVE_INFINITY);
            long nanos = SymmetricRun.nanos(algorithm, current, network, rate);
            simulation.schedule(packNanos(0, 0) + nanos, teamDone, 0);
            return;
        }
        for (int team = 0; team < teams.length; team++) {
            runs[team] = collectives.open(algorithm, current, teams[team], teamDone, team);
        }
        for (int team = 0; team < teams.length; team++) {
            for (int rank = 0; rank < ranks; rank++) {
                enterAfter(team, rank);
            }
        }
    }

    private void enterAfter(int team, int rank) {
        long index = entered++;
        long wait = packNanos(team, rank);
        if (draws.isPresent()) {
            wait += SimTime.nanos(
                    job.lateness().orElseThrow().quantile(draws.get().open(index)));
        }
        long place = ((long) team << 32) | rank;
        if (wait > 0) {
            simulation.schedule(wait, entering, place);
        } else {
            enter(place);
        }
    }

    /** What bringing a buffer together, or putting it back, takes a device. */
    private long packNanos(int team, int rank) {
        return job.layout().isPresent()
                ? job.layout().get().nanos(cluster.device(teams[team][rank]), current.bytes())
                : 0;
    }

    /** All of a team have the bytes; they still have to be put back. */
    private void arrived(int team) {
        long longest = 0;
        for (int rank = 0; job.layout().isPresent() && rank < teams[team].length; rank++) {
            longest = Math.max(longest, packNanos(team, rank));
        }
        if (longest > 0) {
            simulation.schedule(longest, unpacked, team);
        } else {
            teamDone();
        }
    }

    private void enter(long teamAndRank) {
        collectives.enter(runs[(int) (teamAndRank >>> 32)], (int) teamAndRank);
    }

    private void teamDone() {
        if (--waiting > 0) {
            return;
        }
        Item ended = items.get(item);
        long now = simulation.now();
        if (isVoid) {
            lost++;
            lostNanos += now - startNanos;
            begin();
            return;
        }
        double formula = ports.map(network ->
                        algorithm.seconds(current, teams[0].length, network).orElse(Double.NaN))
                .orElse(Double.NaN);
        log.add(new CollectiveLog.Row(
                ended.choice.label(),
                algorithm.name(),
                ended.size.value(),
                current,
                teams[0].length,
                startNanos,
                now,
                formula));
        if (trace.enabled() && now > startNanos) {
            trace.span(track, ended.choice.label() + " " + ended.size, startNanos, now - startNanos);
        }
        item++;
        if (item < items.size()) {
            begin();
        } else {
            cluster.workEnds();
        }
    }

    @Override
    public long completed() {
        return log.size();
    }

    @Override
    public void finish(MetricSet.Builder metrics) {
        double total = 0;
        double best = 0;
        double exposed = 0;
        for (CollectiveLog.Row row : log.rows()) {
            total += row.seconds();
            best = Math.max(best, row.busBandwidth());
            exposed += overlapped(job, row.seconds()).exposedSeconds();
        }
        metrics.put("collectives.started", (double) started, "1");
        metrics.put("collectives.finished", log.size(), "1");
        metrics.put("collectives.transfers", (double) collectives.transfers(), "1");
        if (lost > 0) {
            metrics.put("collectives.lost", (double) lost, "1");
            metrics.put("collectives.lost.time", SimTime.seconds(lostNanos), "s");
        }
        metrics.put("communication.time", total, "s");
        metrics.put("communication.exposed", exposed, "s");
        metrics.put("bandwidth.bus.max", best, "B/s");
    }

    /** Both times when the devices compute meanwhile; communication alone otherwise. */
    static Overlap.Times overlapped(CollectiveJob job, double seconds) {
        Overlap overlap = job.beside().map(Computing::overlap).orElse(Overlap.FREE);
        Duration compute = job.beside().map(Computing::time).orElse(Duration.ZERO);
        return overlap.of(SimTime.seconds(SimTime.nanos(compute)), seconds);
    }

    @Override
    public double attributedJoules() {
        return 0;
    }

    @Override
    public double attributedUsd() {
        return 0;
    }

    @Override
    public List<Balance> conservation() {
        return List.of(Balance.exact("collectives", started, log.size() + lost + (waiting > 0 ? 1 : 0)));
    }

    @Override
    public List<Series> series() {
        return List.of();
    }

    @Override
    public List<Cdf> cdfs() {
        return List.of();
    }

    @Override
    public List<RowLog> logs() {
        return List.of(log);
    }
}
