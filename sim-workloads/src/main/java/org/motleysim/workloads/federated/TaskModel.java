package org.motleysim.workloads.federated;

import org.motleysim.core.engine.SimTime;
import org.motleysim.core.random.RandomStream;
import org.motleysim.hardware.population.Attribute;
import org.motleysim.hardware.population.DeviceTable;
import org.motleysim.workloads.federated.population.Clients;

/**
 * What one task takes a client, on links of its own: download, compute, upload, with the power of each. {@link #price} fills the fields; one
 * object serves all tasks of a run.
 */
final class TaskModel {
    private final Clients clients;
    private final LocalWork work;
    private final double latency;
    private final double extraFlops;
    private final double sendJoulesPerByte;
    private final double receiveJoulesPerByte;
    private final double radioWatts;
    private final double tailWatts;
    private final long tailNanos;
    private final boolean throttled;
    private final FederatedJob job;
    private final boolean byRow; // devices of one row are alike, links too
    private final double[] speedOfRow;
    private final double[] wattsOfRow;
    private final long[] downOfRow;
    private final long[] upOfRow;
    private final double[] downWattsOfRow;
    private final double[] upWattsOfRow;
    private final Throttling.Course course = new Throttling.Course();
    private final RandomStream times;
    final long bytesDown;
    final long bytesUp;

    long downNanos;
    long computeNanos;
    long upNanos;
    double downWatts;
    double computeWatts;
    double upWatts;

    TaskModel(FederatedJob job, Clients clients, RandomStream times) {
        this.job = job;
        this.clients = clients;
        this.work = job.work();
        this.times = times;
        int cohort = job.aggregation().cohort(clients.size());
        this.bytesDown = job.payload().down().value();
        this.bytesUp = job.payload().sentUp(cohort);
        this.extraFlops = job.payload().clientFlops(cohort);
        this.latency = SimTime.seconds(SimTime.nanos(job.server().latency()))
                + job.radio()
                        .map(each -> each.technology().latency().toNanos() * 1e-9)
                        .orElse(0.0);
        this.sendJoulesPerByte = job.radio()
                .map(each -> each.technology().sendNanojoulesPerBit() * 8e-9)
                .orElse(0.0);
        this.receiveJoulesPerByte = job.radio()
                .map(each -> each.technology().receiveNanojoulesPerBit() * 8e-9)
                .orElse(0.0);
        this.radioWatts = job.radio().map(each -> each.base().watts()).orElse(0.0);
        this.tailWatts = job.radio().map(each -> each.tail().watts()).orElse(0.0);
        this.tailNanos = job.radio().map(each -> SimTime.nanos(each.tailTime())).orElse(0L);
        this.throttled = job.throttling().isPresent();
        this.byRow = job.clients().links().isEmpty()
                && job.clients().devices().jitter().isEmpty();
        int rows = byRow ? clients.devices().table().rows() : 0;
        this.speedOfRow = new double[rows];
        this.wattsOfRow = new double[rows];
        this.downOfRow = new long[rows];
        this.upOfRow = new long[rows];
        this.downWattsOfRow = new double[rows];
        this.upWattsOfRow = new double[rows];
        for (int row = 0; row < rows; row++) {
            DeviceTable table = clients.devices().table();
            double watts = table.value(Attribute.BUSY_POWER, row);
            speedOfRow[row] = table.value(Attribute.SPEED, row);
            wattsOfRow[row] = watts > 0 ? watts : 0;
            transfers(table.value(Attribute.LINK_DOWN, row), table.value(Attribute.LINK_UP, row));
            downOfRow[row] = downNanos;
            upOfRow[row] = upNanos;
            downWattsOfRow[row] = downWatts;
            upWattsOfRow[row] = upWatts;
        }
    }

    /** Prices a task, drawing its time where that is drawn. */
    void price(int client, int steps) {
        price(
                client,
                steps,
                work instanceof LocalWork.Timed timed ? timed.seconds().sample(times) : 0);
    }

    /** Prices a task as expected. */
    void expect(int client) {
        price(client, 0, work instanceof LocalWork.Timed timed ? timed.seconds().mean() : 0);
    }

    private void price(int client, int steps, double timed) {
        double speed;
        double watts;
        if (byRow) {
            int row = clients.devices().row(client);
            speed = speedOfRow[row];
            watts = wattsOfRow[row];
            downNanos = downOfRow[row];
            upNanos = upOfRow[row];
            downWatts = downWattsOfRow[row];
            upWatts = upWattsOfRow[row];
        } else {
            speed = clients.speed(client);
            watts = clients.busyWatts(client);
            transfers(clients.linkDown(client), clients.linkUp(client));
        }
        double seconds = timed;
        if (work instanceof LocalWork.Training training) {
            double flops = training.amount().samples(clients.samples(client), steps) * training.flopsPerSample();
            seconds = (flops + extraFlops) / speed;
        }
        if (throttled && seconds > 0) {
            job.throttling().orElseThrow().follow(seconds, watts, course);
            seconds = course.seconds;
            watts = course.joules / course.seconds;
        }
        computeNanos = SimTime.nanos(seconds);
        computeWatts = watts;
    }

    private void transfers(double bytesPerSecondDown, double bytesPerSecondUp) {
        double down = bytesDown / bytesPerSecondDown;
        double up = bytesUp / bytesPerSecondUp;
        downNanos = SimTime.nanos(down + latency);
        upNanos = SimTime.nanos(up + latency);
        downWatts = watts(bytesDown * receiveJoulesPerByte + down * radioWatts, downNanos);
        upWatts = watts(bytesUp * sendJoulesPerByte + up * radioWatts, upNanos);
    }

    /** The power that spends an energy evenly over a time, so that power times time is that energy. */
    private static double watts(double joules, long nanos) {
        return nanos == 0 ? 0 : joules / (nanos * 1e-9);
    }

    /** The mean power of a transfer that took so long over a shared link. */
    double transferWatts(boolean up, long nanos) {
        long bytes = up ? bytesUp : bytesDown;
        return watts(
                bytes * (up ? sendJoulesPerByte : receiveJoulesPerByte)
                        + Math.max(0, nanos * 1e-9 - latency) * radioWatts,
                nanos);
    }

    double joules() {
        return 1e-9 * (downNanos * downWatts + computeNanos * computeWatts + upNanos * upWatts) + 2 * tailJoules();
    }

    double tailJoules() {
        return 1e-9 * tailNanos * tailWatts;
    }

    double tailWatts() {
        return tailWatts;
    }

    long tailNanos() {
        return tailNanos;
    }

    long latencyNanos() {
        return SimTime.nanos(latency);
    }
}
