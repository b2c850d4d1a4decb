package org.motleysim.workloads.offload;

import java.util.Optional;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.resource.SharedRate;
import org.motleysim.hardware.radio.Contention;
import org.motleysim.hardware.radio.RayleighFading;

/**
 * The radio medium of one site. Its air time is divided equally among all transfers, both ways; a transfer that has all of it moves bytes
 * at its own rate. With contention, all together have less air time the more stations are active, as measured tables say: what the table
 * gives for n stations over what it gives for one.
 *
 * <p>A transfer of B bytes at rate r is so a job of B / r seconds on a {@link SharedRate} of capacity 1 or less. The virtual time counts
 * the air time that a transfer has had; a power that goes with its rate is integrated by it.
 */
final class Medium {
    private static final int MOST_STATIONS = 4096;

    private final Simulation simulation;
    private final EnergyBooks books;
    private final SharedRate air;
    private final double bytesPerSecond;
    private final double[] capacity; // by active stations, constant beyond the last; of length 1 without contention
    private final Optional<RayleighFading> fading;
    private final RandomStream draws;
    final long latencyNanos;
    final Backlog backlog = new Backlog();

    private int flows;
    private int stations;
    private double wattsAtFullRate;
    private double watts;
    private double virtual;
    private double busySeconds;
    private long sinceNanos;

    Medium(Simulation simulation, Site site, EnergyBooks books, RandomStream draws) {
        this.simulation = simulation;
        this.books = books;
        this.draws = draws;
        this.air = new SharedRate(simulation, "radio", 1);
        this.fading = site.fading();
        this.latencyNanos = site.radio().latency().toNanos();
        this.bytesPerSecond = site.contention()
                .map(table -> table.bytesPerSecond(1))
                .orElse(site.radio().bandwidth().bytesPerSecond());
        this.capacity = site.contention().map(Medium::capacities).orElse(new double[] {1});
    }

    private static double[] capacities(Contention table) {
        int last = table.points().get(table.points().size() - 1).stations();
        var capacity = new double[Math.min(last, MOST_STATIONS) + 1];
        capacity[0] = 1;
        for (int n = 1; n < capacity.length; n++) {
            capacity[n] = table.bytesPerSecond(n) / table.bytesPerSecond(1);
        }
        return capacity;
    }

    /** Returns the rate of a transfer that has all the air time, in bytes per second; drawn anew at each call where there is fading. */
    double drawRate() {
        return fading.isPresent() ? Math.min(bytesPerSecond, fading.get().bytesPerSecond(draws)) : bytesPerSecond;
    }

    /** The rate of a station that is alone, without fading. */
    double rateAlone() {
        return bytesPerSecond;
    }

    /** The share of the medium's rate that one more transfer would get now. */
    double shareOfOneMore() {
        return capacityOf(stations + 1) / (flows + 1);
    }

    /**
     * Starts a transfer.
     *
     * @param airSeconds that it needs
     * @param fullWatts what its device draws for it when it has all the air time
     * @param newStation whether its device had no transfer here before
     * @return the job
     */
    long start(double airSeconds, double fullWatts, boolean newStation, EventType done, long slot) {
        advance();
        flows++;
        wattsAtFullRate += fullWatts;
        if (newStation) {
            stations++;
            changeCapacity();
        }
        backlog.enter(simulation.now());
        long job = air.start(airSeconds, done, slot);
        tell();
        return job;
    }

    /** Takes a transfer off, which has ended or been cancelled. */
    void end(double fullWatts, boolean lastOfStation) {
        advance();
        flows--;
        wattsAtFullRate = flows == 0 ? 0 : wattsAtFullRate - fullWatts;
        if (lastOfStation) {
            stations--;
            changeCapacity();
        }
        backlog.leave(simulation.now());
        tell();
    }

    /** Returns the seconds of air time that a transfer still needs. */
    double remaining(long job) {
        return air.remaining(job);
    }

    boolean cancel(long job) {
        return air.cancel(job);
    }

    /** Returns the air time that a transfer would have had that has been there from the beginning. */
    double virtual() {
        advance();
        return virtual;
    }

    int stations() {
        return stations;
    }

    /** The share of time in which somebody used it, so far. */
    double utilization() {
        advance();
        return simulation.now() == 0 ? 0 : busySeconds / SimTime.seconds(simulation.now());
    }

    /** Air time given to transfers, in seconds; with contention less than it was used, by what the stations cost each other. */
    double airSeconds() {
        return air.delivered();
    }

    private double capacityOf(int active) {
        return capacity[Math.min(active, capacity.length - 1)];
    }

    private void changeCapacity() {
        if (capacity.length > 1) {
            air.setCapacity(capacityOf(stations));
        }
    }

    private double share() {
        return flows == 0 ? 0 : capacityOf(stations) / flows;
    }

    private void advance() {
        long now = simulation.now();
        if (now > sinceNanos) {
            double seconds = SimTime.seconds(now - sinceNanos);
            virtual += share() * seconds;
            busySeconds += flows > 0 ? seconds : 0;
            sinceNanos = now;
        }
    }

    private void tell() {
        double changed = share() * wattsAtFullRate;
        books.change(changed - watts);
        watts = changed;
    }
}
