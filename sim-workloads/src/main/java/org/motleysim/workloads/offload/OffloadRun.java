package org.motleysim.workloads.offload;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Priority;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.RowLog;
import org.motleysim.workloads.RunContext;

/**
 * A fleet at work. A task comes up, the policy says where it runs, and then it goes from stage to stage: the queue of its device; or the
 * radio, the wire where its server is not beside the access point, the server, the wire back, the radio.
 */
final class OffloadRun implements BoundWorkload {
    final OffloadJob job;
    final RunContext context;
    final Fleet fleet;
    final TaskTable tasks = new TaskTable();
    final EnergyBooks books;
    final Medium[] media;
    final Server[] servers; // of the sites, then of the cloud
    final @Nullable Link wire;
    final @Nullable Link cloudUp;
    final @Nullable Link cloudDown;
    final RadioFlows flows;
    final OffloadLog log;
    final Services services;
    final Backlog[] localBacklog; // by class of device
    private final Simulation simulation;
    private final Traffic traffic;
    private final Mobility.Course[] courses;
    private final double[][] demand; // seconds by application, and by class of device, then site, then cloud
    private final double[] mostWatts; // by class
    private final int sites;
    private final OffloadView view = new OffloadView(this);
    private final EventType arrival;
    private final EventType localDone;
    private final EventType wired;
    private final EventType reached;
    private final EventType served;
    private final EventType returned;
    private final EventType moved;
    private final EventType drained;
    private int undecided = TaskTable.NONE;

    OffloadRun(OffloadJob job, RunContext context) {
        this.job = job;
        this.context = context;
        this.simulation = context.simulation();
        this.sites = job.sites().size();
        this.books = new EnergyBooks(simulation, job.carbon());
        this.fleet = new Fleet(simulation, job.classes(), books);
        String prefix = job.name() + ".";
        this.traffic =
                new Traffic(job.applications(), fleet.size, context.streams().draws(prefix + "tasks"));
        var moves = context.streams().draws(prefix + "moves");
        this.courses = new Mobility.Course[fleet.size];
        for (int device = 0; device < fleet.size; device++) {
            courses[device] = fleet.classes.get(fleet.kind[device]).mobility().bind(device, job.sites(), moves);
            fleet.site[device] = courses[device].site();
        }
        this.media = new Medium[sites];
        for (int site = 0; site < sites; site++) {
            media[site] = new Medium(
                    simulation, job.sites().get(site), books, context.streams().stream(prefix + "fading", site));
        }
        this.servers = new Server[sites + (job.cloud().isPresent() ? 1 : 0)];
        for (int site = 0; site < sites; site++) {
            Site of = job.sites().get(site);
            servers[site] = new Server(simulation, of.server(), of.queueing(), books);
        }
        job.cloud()
                .ifPresent(cloud -> servers[sites] = new Server(simulation, cloud.server(), cloud.queueing(), books));
        this.wire =
                job.backhaul().map(link -> new Link(simulation, link, books)).orElse(null);
        this.cloudUp = job.cloud()
                .map(cloud -> new Link(simulation, cloud.link(), books))
                .orElse(null);
        this.cloudDown = job.cloud()
                .map(cloud -> new Link(simulation, cloud.link(), books))
                .orElse(null);
        this.log = new OffloadLog(job, context, fleet);
        this.flows = new RadioFlows(simulation, fleet, tasks, media, log, this::acrossRadio);
        this.services = new Services(simulation, fleet, job.migration(), wire);
        this.localBacklog = IntStream.range(0, fleet.classes.size())
                .mapToObj(kind -> new Backlog())
                .toArray(Backlog[]::new);
        this.demand = demands(job);
        this.mostWatts = new double[fleet.classes.size()];
        double fastest = 0;
        for (Medium medium : media) {
            fastest = Math.max(fastest, medium.rateAlone());
        }
        for (int kind = 0; kind < mostWatts.length; kind++) {
            mostWatts[kind] = fleet.mostWatts(kind)
                    + fastest * Math.max(fleet.sendJoulesPerByte[kind], fleet.receiveJoulesPerByte[kind]);
        }
        this.arrival = simulation.register("task", device -> arrive((int) device));
        this.localDone = simulation.register("local-done", slot -> localDone((int) slot));
        this.wired = simulation.register("wired", slot -> wired((int) slot));
        this.reached = simulation.register("reached", slot -> reached((int) slot));
        this.served = simulation.register("served", slot -> served((int) slot));
        this.returned = simulation.register("returned", slot -> returned((int) slot));
        this.moved = simulation.register("handover", device -> move((int) device));
        this.drained = simulation.register("battery", device -> checkBattery((int) device));
    }

    private static double[][] demands(OffloadJob job) {
        int kinds = job.classes().size();
        int sites = job.sites().size();
        var demand = new double[job.applications().size()][kinds + sites + 1];
        for (int a = 0; a < demand.length; a++) {
            Work work = job.applications().get(a).work();
            for (int kind = 0; kind < kinds; kind++) {
                demand[a][kind] = job.classes()
                        .get(kind)
                        .processor()
                        .map(processor -> processor.seconds(work).orElseThrow())
                        .orElse(Double.NaN);
            }
            for (int site = 0; site < sites; site++) {
                demand[a][kinds + site] =
                        job.sites().get(site).server().seconds(work).orElseThrow();
            }
            demand[a][kinds + sites] = job.cloud()
                    .map(cloud -> cloud.server().seconds(work).orElseThrow())
                    .orElse(Double.NaN);
        }
        return demand;
    }

    @Override
    public void start() {
        double[] upTo = shares();
        for (int device = 0; device < fleet.size; device++) {
            double drawn = traffic.unit(device) * upTo[upTo.length - 1];
            int application = 0;
            while (application < upTo.length - 1 && drawn >= upTo[application]) {
                application++;
            }
            fleet.application[device] = application;
            fleet.home[device] = fleet.site[device];
            traffic.begin(device, application);
            simulation.scheduleAt(traffic.nextNanos(device, application, 0), arrival, device);
            scheduleMove(device);
            if (fleet.capacity[device] < Double.POSITIVE_INFINITY) {
                checkBattery(device);
            }
        }
        for (int quarter = 1; quarter < 4; quarter++) {
            int ended = quarter;
            simulation.scheduleAt(context.horizonNanos() / 4 * quarter, Priority.OBSERVE, "quarter", () -> mark(ended));
        }
    }

    private double[] shares() {
        var upTo = new double[job.applications().size()];
        double sum = 0;
        for (int a = 0; a < upTo.length; a++) {
            sum += job.applications().get(a).share();
            upTo[a] = sum;
        }
        return upTo;
    }

    private void mark(int quarter) {
        long now = now();
        for (Medium medium : media) {
            medium.backlog.mark(quarter, now);
        }
        for (Server server : servers) {
            server.backlog.mark(quarter, now);
        }
        for (Backlog local : localBacklog) {
            local.mark(quarter, now);
        }
        for (Link link : links()) {
            link.backlog.mark(quarter, now);
        }
    }

    List<Link> links() {
        return wire == null
                ? cloudUp == null || cloudDown == null ? List.of() : List.of(cloudUp, cloudDown)
                : cloudUp == null || cloudDown == null ? List.of(wire) : List.of(wire, cloudUp, cloudDown);
    }

    // What happens to a task, in its order.

    private void arrive(int device) {
        if (fleet.dead[device]) {
            return;
        }
        int application = fleet.application[device];
        simulation.scheduleAt(traffic.nextNanos(device, application, now()), arrival, device);
        Application of = job.applications().get(application);
        int slot = tasks.add();
        tasks.device[slot] = device;
        tasks.bornNanos[slot] = now();
        tasks.uploadBytes[slot] = (long) Math.rint(of.upload().value() * traffic.size(device, application));
        tasks.downloadBytes[slot] = (long) Math.rint(of.download().value() * traffic.size(device, application));
        tasks.scale[slot] = of.work() instanceof Work.Instructions ? traffic.size(device, application) : 1;
        log.born();
        undecided = slot;
        int target = job.policy().choose(view.of(slot));
        if (target == OffloadEpisode.LATER) {
            simulation.stop();
        } else {
            place(target);
        }
    }

    /** Takes the choice for the task that has come up. */
    void place(int target) {
        int slot = undecided;
        if (target < 0 || target >= targets() || !possible(slot, target)) {
            throw new IllegalArgumentException(
                    "target (" + target + ") must be possible for the task: 0 the device, 1 to " + sites + " a site, "
                            + (sites + 1) + " the cloud");
        }
        undecided = TaskTable.NONE;
        tasks.target[slot] = target;
        log.placed(target);
        if (target == OffloadView.LOCAL) {
            queueLocally(slot);
        } else {
            to(slot, TaskTable.UPLOAD);
            flows.start(slot, (double) tasks.uploadBytes[slot]);
        }
    }

    private void queueLocally(int slot) {
        int device = tasks.device[slot];
        to(slot, TaskTable.LOCAL);
        localBacklog[fleet.kind[device]].enter(now());
        int tail = fleet.queueTail[device];
        fleet.queueTail[device] = slot;
        fleet.localFreeNanos[device] =
                Math.max(now(), fleet.localFreeNanos[device]) + SimTime.nanos(demand(slot, OffloadView.LOCAL));
        if (tail == TaskTable.NONE) {
            fleet.queueHead[device] = slot;
            startLocally(device);
        } else {
            tasks.next[tail] = slot;
        }
    }

    private void startLocally(int device) {
        int slot = fleet.queueHead[device];
        fleet.computeOn(device);
        fleet.localEvent[device] = simulation.schedule(SimTime.nanos(demand(slot, OffloadView.LOCAL)), localDone, slot);
    }

    private void localDone(int slot) {
        int device = tasks.device[slot];
        fleet.computeOff(device);
        localBacklog[fleet.kind[device]].leave(now());
        int next = tasks.next[slot];
        fleet.queueHead[device] = next;
        if (next == TaskTable.NONE) {
            fleet.queueTail[device] = TaskTable.NONE;
        } else {
            startLocally(device);
        }
        finished(slot);
    }

    private void acrossRadio(int slot) {
        if (tasks.stage[slot] == TaskTable.DOWNLOAD) {
            if (fleet.dead[tasks.device[slot]]) {
                log.lost();
                tasks.remove(slot);
            } else {
                finished(slot);
            }
            return;
        }
        long radio = media[fleet.site[tasks.device[slot]]].latencyNanos;
        if (beside(slot)) {
            to(slot, TaskTable.SERVED);
            simulation.schedule(radio, reached, slot);
        } else {
            to(slot, TaskTable.WIRED_UP);
            Link link = link(slot, true);
            link.start(tasks.uploadBytes[slot], wired, slot);
        }
    }

    private void wired(int slot) {
        boolean up = tasks.stage[slot] == TaskTable.WIRED_UP;
        Link link = link(slot, up);
        link.end(up ? tasks.uploadBytes[slot] : tasks.downloadBytes[slot]);
        long radio = media[fleet.site[tasks.device[slot]]].latencyNanos;
        to(slot, TaskTable.SERVED);
        simulation.schedule(radio + link.latencyNanos, up ? reached : returned, slot);
    }

    private void reached(int slot) {
        long wait = services.waitNanos(tasks.device[slot], tasks.target[slot] - 1);
        if (wait > 0) {
            simulation.schedule(wait, reached, slot);
            return;
        }
        servers[tasks.target[slot] - 1].start(demand(slot, tasks.target[slot]), served, slot);
    }

    private void served(int slot) {
        servers[tasks.target[slot] - 1].end();
        log.served(slot, tasks, now());
        if (beside(slot)) {
            simulation.schedule(media[fleet.site[tasks.device[slot]]].latencyNanos, returned, slot);
        } else {
            to(slot, TaskTable.WIRED_DOWN);
            link(slot, false).start(tasks.downloadBytes[slot], wired, slot);
        }
    }

    private void returned(int slot) {
        if (fleet.dead[tasks.device[slot]]) {
            log.lost();
            tasks.remove(slot);
            return;
        }
        to(slot, TaskTable.DOWNLOAD);
        flows.start(slot, (double) tasks.downloadBytes[slot]);
    }

    private void finished(int slot) {
        log.finished(slot, tasks, now());
        tasks.remove(slot);
    }

    private void to(int slot, byte stage) {
        tasks.stage[slot] = stage;
        tasks.stageNanos[slot] = now();
    }

    /** Whether the server of a task stands beside the access point of its device. */
    private boolean beside(int slot) {
        return tasks.target[slot] - 1 == fleet.site[tasks.device[slot]];
    }

    private Link link(int slot, boolean up) {
        Link link = tasks.target[slot] == sites + 1 ? (up ? cloudUp : cloudDown) : wire;
        if (link == null) {
            throw new IllegalStateException("task for target " + tasks.target[slot] + " has no wire");
        }
        return link;
    }

    // What happens to a device.

    private void scheduleMove(int device) {
        long stay = courses[device].stayNanos();
        if (stay < Long.MAX_VALUE - now()) {
            simulation.schedule(stay, moved, device);
        }
    }

    private void move(int device) {
        if (fleet.dead[device]) {
            return;
        }
        int site = courses[device].move();
        if (site != fleet.site[device]) {
            log.handedOver();
            flows.handOver(device, site, SimTime.nanos(job.handover()));
            services.follow(device);
        }
        scheduleMove(device);
    }

    /** Looks again when the battery could be empty at the earliest: all parts of the device at their most since now. */
    private void checkBattery(int device) {
        if (fleet.dead[device]) {
            return;
        }
        double watts = mostWatts[fleet.kind[device]];
        double left = fleet.capacity[device] - deviceJoules(device);
        // What a device draws in a millisecond at most is not worth another look, and keeps the charge above zero.
        if (left <= watts * 1e-3) {
            die(device);
        } else if (watts > 0 && left / watts < 9e9) {
            simulation.schedule(SimTime.nanos(left / watts * (1 - 1e-12)), drained, device);
        }
    }

    private void die(int device) {
        flows.drop(device);
        simulation.cancel(fleet.localEvent[device]);
        fleet.localEvent[device] = EventHandle.NONE;
        for (int slot = fleet.queueHead[device]; slot != TaskTable.NONE; ) {
            int next = tasks.next[slot];
            localBacklog[fleet.kind[device]].leave(now());
            log.lost();
            tasks.remove(slot);
            slot = next;
        }
        fleet.queueHead[device] = TaskTable.NONE;
        fleet.queueTail[device] = TaskTable.NONE;
        fleet.die(device);
        log.died();
    }

    double deviceJoules(int device) {
        return fleet.idleJoules(device)
                + fleet.computeJoules(device)
                + fleet.radioJoules(device)
                + flows.openJoules(device);
    }

    // What a policy sees.

    long now() {
        return simulation.now();
    }

    int sites() {
        return sites;
    }

    int targets() {
        return servers.length + 1;
    }

    OffloadView view() {
        return view;
    }

    int home(int device) {
        return services.home(device);
    }

    boolean possible(int slot, int target) {
        if (target == OffloadView.LOCAL) {
            return fleet.classes.get(fleet.kind[tasks.device[slot]]).processor().isPresent();
        }
        return target >= 1
                && target < targets()
                && (target == sites + 1 || services.serves(tasks.device[slot], target - 1));
    }

    double demand(int slot, int target) {
        int device = tasks.device[slot];
        double[] of = demand[fleet.application[device]];
        double mean = target == OffloadView.LOCAL ? of[fleet.kind[device]] : of[fleet.classes.size() + target - 1];
        return mean * tasks.scale[slot];
    }

    int localTasks(int device) {
        int count = 0;
        for (int slot = fleet.queueHead[device]; slot != TaskTable.NONE; slot = tasks.next[slot]) {
            count++;
        }
        return count;
    }

    double estimatedSeconds(int slot, int target) {
        int device = tasks.device[slot];
        double alone = demand(slot, target);
        if (target == OffloadView.LOCAL) {
            return SimTime.seconds(Math.max(0, fleet.localFreeNanos[device] - now())) + alone;
        }
        Server server = servers[target - 1];
        double slowdown = Math.max(1, (server.backlog.level() + 1.0) / server.cores());
        double up = tasks.uploadBytes[slot];
        double down = tasks.downloadBytes[slot];
        Medium medium = media[fleet.site[device]];
        double seconds =
                flows.estimatedSeconds(device, up + down) + 2 * SimTime.seconds(medium.latencyNanos) + alone * slowdown;
        if (target - 1 == fleet.site[device]) {
            return seconds;
        }
        Link link = target == sites + 1 ? cloudUp : wire;
        if (link == null) {
            return Double.POSITIVE_INFINITY;
        }
        return seconds
                + 2 * SimTime.seconds(link.latencyNanos)
                + (up + down) * (link.backlog.level() + 1) / link.bytesPerSecond;
    }

    double estimatedJoules(int slot, int target) {
        int device = tasks.device[slot];
        if (target == OffloadView.LOCAL) {
            return fleet.computeWatts(device) * demand(slot, target);
        }
        int kind = fleet.kind[device];
        double up = tasks.uploadBytes[slot];
        double down = tasks.downloadBytes[slot];
        return up * fleet.sendJoulesPerByte[kind]
                + down * fleet.receiveJoulesPerByte[kind]
                + fleet.baseWatts(device) * flows.estimatedSeconds(device, up + down)
                + fleet.tailJoules(device);
    }

    double batteryShare(int device) {
        double full = fleet.capacity[device];
        return full == Double.POSITIVE_INFINITY ? 1 : Math.max(0, 1 - deviceJoules(device) / full);
    }

    double chance(int device) {
        return traffic.unit(device);
    }

    // What is left of it.

    @Override
    public long completed() {
        return log.finishedTasks();
    }

    @Override
    public void finish(MetricSet.Builder metrics) {
        mark(4);
        new OffloadMetrics(this).put(metrics);
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
        return new OffloadMetrics(this).conservation();
    }

    @Override
    public List<Series> series() {
        return log.series();
    }

    @Override
    public List<Cdf> cdfs() {
        return log.cdfs();
    }

    @Override
    public List<RowLog> logs() {
        return List.of();
    }
}
