package org.motleysim.workloads.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.LatencyHistogram;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.random.IndexedDraws;
import org.motleysim.core.resource.SharedRate;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.RowLog;
import org.motleysim.workloads.RunContext;

/** Frames on their way. A device has one frame at a time: it senses, computes, sends, waits for the server, receives and acts. */
final class SplitRun implements BoundWorkload {
    private static final double SECONDS_PER_DAY = 86_400;
    private static final int NOBODY = -1;

    final SplitJob job;
    private final RunContext context;
    private final Simulation simulation;
    private final LinkTrace.Course link;
    private final IndexedDraws draws;
    private final SharedRate server;
    private final SplitPower power;
    private final SplitView view = new SplitView(this);
    private final long[] linkOffset; // where in the trace each device begins
    private final int[] current; // variant that is loaded
    private final long[] born; // of the frame that a device has; NOBODY when it is free
    private final int[] variant;
    private final int[] stage;
    private final long[] waiting; // frames that wait, by device
    private final long[] firstWaiting; // number of the oldest of them
    private final long[] drawn;
    private final double[] flying; // bytes on the link, by device
    private final EventType frame;
    private final EventType sensed;
    private final EventType computed;
    private final EventType sent;
    private final EventType served;
    private final EventType received;
    private final EventType acted;
    private final LatencyHistogram latency = new LatencyHistogram();
    private final long[] framesOf; // by variant
    private final long[][] exitsOf; // by variant and stage
    private long generated;
    private long finished;
    private long dropped;
    private long missed;
    private double bytesSent;
    private double bytesDelivered;

    SplitRun(SplitJob job, RunContext context) {
        this.job = job;
        this.context = context;
        this.simulation = context.simulation();
        this.link = job.link().bind();
        this.draws = context.streams().draws(job.name() + ".exits");
        this.server = new SharedRate(simulation, "tail", job.serverCores(), 1);
        this.power = new SplitPower(job, simulation);
        int devices = job.devices();
        linkOffset = new long[devices];
        long round = SimTime.nanos(job.link().length());
        for (int device = 0; device < devices; device++) {
            linkOffset[device] = round / devices * device;
        }
        current = new int[devices];
        Arrays.fill(current, NOBODY);
        born = new long[devices];
        Arrays.fill(born, NOBODY);
        variant = new int[devices];
        stage = new int[devices];
        waiting = new long[devices];
        firstWaiting = new long[devices];
        drawn = new long[devices];
        flying = new double[devices];
        framesOf = new long[job.variants().size()];
        exitsOf = job.variants().stream()
                .map(each -> new long[each.stages().size()])
                .toArray(long[][]::new);
        frame = simulation.register("frame", packed -> frame(packed));
        sensed = simulation.register("sensed", device -> compute((int) device));
        computed = simulation.register("computed", device -> computed((int) device));
        sent = simulation.register("sent", device -> sent((int) device));
        served = simulation.register("served", device -> served((int) device));
        received = simulation.register("received", device -> received((int) device));
        acted = simulation.register("acted", device -> acted((int) device));
    }

    @Override
    public void start() {
        // Devices take their frames one after the other within a period.
        for (int device = 0; device < job.devices(); device++) {
            simulation.scheduleAt(job.period().toNanos() / job.devices() * device, frame, device);
        }
    }

    private void frame(long device) {
        int of = (int) device;
        simulation.schedule(job.period().toNanos(), frame, device);
        generated++;
        if (born[of] == NOBODY) {
            take(of, now());
        } else if (job.busy() == SplitJob.Busy.DROP) {
            dropped++;
        } else {
            if (waiting[of]++ == 0) {
                firstWaiting[of] = now();
            }
        }
    }

    private void take(int device, long bornNanos) {
        born[device] = bornNanos;
        int chosen = job.policy().choose(view.of(device));
        if (chosen < 0 || chosen >= job.variants().size()) {
            throw new IllegalArgumentException("variant (" + chosen + ") must be from 0 to "
                    + (job.variants().size() - 1));
        }
        framesOf[chosen]++;
        variant[device] = chosen;
        stage[device] = 0;
        simulation.schedule(job.sensing().toNanos(), sensed, device);
    }

    private void compute(int device) {
        Variant of = job.variants().get(variant[device]);
        long load = 0;
        if (current[device] != variant[device]) {
            load = of.load().toNanos();
            current[device] = variant[device];
        }
        if (of.stages().isEmpty() && load == 0) {
            send(device);
            return;
        }
        power.computing(device, true);
        long first = of.stages().isEmpty() ? 0 : of.stages().get(0).time().toNanos();
        simulation.schedule(load + first, computed, device);
    }

    private void computed(int device) {
        Variant of = job.variants().get(variant[device]);
        int done = stage[device]++;
        if (done < of.stages().size()
                && draws.unit((long) device << 40 | drawn[device]++)
                        < of.stages().get(done).exitShare()) {
            exitsOf[variant[device]][done]++;
            power.computing(device, false);
            act(device);
        } else if (stage[device] < of.stages().size()) {
            simulation.schedule(of.stages().get(stage[device]).time().toNanos(), computed, device);
        } else {
            power.computing(device, false);
            send(device);
        }
    }

    private void send(int device) {
        transfer(device, (double) job.variants().get(variant[device]).upload().value(), true, sent);
    }

    private void transfer(int device, double bytes, boolean up, EventType done) {
        if (bytes == 0) {
            simulation.schedule(job.latency().toNanos(), done, device);
            return;
        }
        bytesSent += bytes;
        flying[device] = bytes;
        long start = now() + linkOffset[device];
        long end = link.end(start, bytes);
        power.transfer(device, bytes, up);
        // A link without bandwidth holds the frame for good.
        if (end < Long.MAX_VALUE) {
            simulation.schedule(end - start + job.latency().toNanos(), done, device);
            power.endsAt(device, end - start);
        }
    }

    private void sent(int device) {
        delivered(device);
        server.start(job.variants().get(variant[device]).server().toNanos() * 1e-9, served, device);
    }

    private void delivered(int device) {
        bytesDelivered += flying[device];
        flying[device] = 0;
    }

    private void served(int device) {
        transfer(device, (double) job.variants().get(variant[device]).download().value(), false, received);
    }

    private void received(int device) {
        delivered(device);
        act(device);
    }

    private void act(int device) {
        simulation.schedule(job.acting().toNanos(), acted, device);
    }

    private void acted(int device) {
        finished++;
        long nanos = now() - born[device];
        if (job.deadline().isPresent() && nanos > job.deadline().get().toNanos()) {
            missed++;
        }
        if (born[device] >= context.warmupNanos()) {
            latency.record(nanos);
        }
        born[device] = NOBODY;
        if (waiting[device] > 0) {
            waiting[device]--;
            long next = firstWaiting[device];
            firstWaiting[device] += job.period().toNanos();
            take(device, next);
        }
    }

    long now() {
        return simulation.now();
    }

    double bytesPerSecond(int device) {
        return link.bytesPerSecond(now() + linkOffset[device]);
    }

    int current(int device) {
        return current[device];
    }

    int atServer() {
        return server.jobs();
    }

    double computeWatts() {
        return job.computing().watts() - job.idle().watts();
    }

    private long inFlight() {
        long frames = 0;
        for (int device = 0; device < job.devices(); device++) {
            frames += waiting[device] + (born[device] == NOBODY ? 0 : 1);
        }
        return frames;
    }

    @Override
    public long completed() {
        return finished;
    }

    @Override
    public void finish(MetricSet.Builder metrics) {
        double seconds = SimTime.seconds(now());
        metrics.put("frames.generated", (double) generated, "1");
        metrics.put("frames.finished", (double) finished, "1");
        metrics.put("frames.dropped", (double) dropped, "1");
        metrics.put("frames.in_flight", (double) inFlight(), "1");
        metrics.put("latency.mean", latency.meanSeconds(), "s");
        metrics.put("latency.p50", latency.quantileSeconds(0.5), "s");
        metrics.put("latency.p95", latency.quantileSeconds(0.95), "s");
        metrics.put("latency.p99", latency.quantileSeconds(0.99), "s");
        metrics.put("latency.max", latency.maxSeconds(), "s");
        if (job.deadline().isPresent()) {
            metrics.put("deadline.missed", (double) missed, "1");
            metrics.put("deadline.attainment", (double) (finished - missed) / (finished + dropped), "1");
        }
        for (int i = 0; i < framesOf.length; i++) {
            Variant of = job.variants().get(i);
            metrics.put("variant." + of.name() + ".frames", (double) framesOf[i], "1");
            for (int s = 0; s < exitsOf[i].length; s++) {
                metrics.put(
                        "variant." + of.name() + ".exits." + of.stages().get(s).name(), (double) exitsOf[i][s], "1");
            }
        }
        metrics.put("bytes.sent", bytesSent, "B");
        metrics.put("bytes.delivered", bytesDelivered, "B");
        metrics.put("server.utilization", server.delivered() / (job.serverCores() * seconds), "1");
        // As many wait as came, when the device cannot keep up: it is one frame a period too many for ever.
        boolean grows =
                job.busy() == SplitJob.Busy.WAIT && inFlight() > 10L * job.devices() && inFlight() > 0.02 * generated;
        metrics.put("unstable", grows ? 1 : 0, "1");
        power.put(metrics, finished);
        job.battery()
                .ifPresent(battery -> metrics.put(
                        "battery.life",
                        battery.joules() / (power.deviceJoules() / job.devices() / seconds) / SECONDS_PER_DAY,
                        "d"));
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
        List<Balance> laws = new ArrayList<>();
        laws.add(Balance.exact("frames", generated, finished + dropped + inFlight()));
        laws.add(Balance.sums(
                "bytes on the link",
                "B",
                bytesSent,
                bytesDelivered + Arrays.stream(flying).sum()));
        laws.add(Balance.sums(
                "energy of devices against the integral of their power", "J", power.integral(), power.deviceJoules()));
        return laws;
    }

    @Override
    public List<Series> series() {
        return List.of();
    }

    @Override
    public List<Cdf> cdfs() {
        return latency.count() == 0 ? List.of() : List.of(latency.cdf("latency"));
    }

    @Override
    public List<RowLog> logs() {
        return List.of();
    }
}
