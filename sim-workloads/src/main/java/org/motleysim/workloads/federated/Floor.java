package org.motleysim.workloads.federated;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.trace.TraceSink;
import org.motleysim.workloads.federated.learning.Learning;
import org.motleysim.workloads.federated.population.Clients;

/** What all kinds of rounds stand on: the clock, the clients, the tasks under way, the books, and what is learnt. */
final class Floor {
    /** Samples of a local step where the work says only how long it takes: one time through the samples. */
    private static final int DEFAULT_BATCH = 20;

    final Simulation simulation;
    final FederatedJob job;
    final Clients clients;
    final TaskModel tasks;
    final Flights flights;
    final Selector selector;
    final Books books;
    final RoundLog rounds;
    final Learning.Run learning;
    final TraceSink trace;
    private final EventType aggregated;
    private @Nullable Runnable[] waiting = new @Nullable Runnable[4];
    private long serverFree;
    private boolean over;
    private long endNanos;
    private Runnable stop = () -> {};

    Floor(
            Simulation simulation,
            FederatedJob job,
            Clients clients,
            TaskModel tasks,
            Flights flights,
            Selector selector,
            Books books,
            Learning.Run learning,
            TraceSink trace) {
        this.simulation = simulation;
        this.job = job;
        this.clients = clients;
        this.tasks = tasks;
        this.flights = flights;
        this.selector = selector;
        this.books = books;
        this.learning = learning;
        this.trace = trace;
        this.rounds = new RoundLog(job.name());
        this.aggregated = simulation.register("aggregated", place -> run((int) place));
    }

    private void run(int place) {
        Runnable then = Objects.requireNonNull(waiting[place]);
        waiting[place] = null;
        then.run();
    }

    /**
     * Lets the server aggregate so many updates, one aggregation after another; then something happens. At once if it takes no time.
     */
    void aggregate(int updates, Runnable then) {
        double seconds = job.server()
                .seconds(
                        updates,
                        job.payload().serverFlops(updates, job.aggregation().cohort(clients.size())));
        if (seconds == 0) {
            then.run();
            return;
        }
        books.serverBusy(seconds);
        long start = Math.max(simulation.now(), serverFree);
        serverFree = start + SimTime.nanos(seconds);
        simulation.scheduleAt(serverFree, aggregated, place(then));
    }

    private int place(Runnable then) {
        for (int i = 0; i < waiting.length; i++) {
            if (waiting[i] == null) {
                waiting[i] = then;
                return i;
            }
        }
        int size = waiting.length;
        waiting = Arrays.copyOf(waiting, 2 * size);
        waiting[size] = then;
        return size;
    }

    /** Begins a task of a client that is free, from a model, and returns its slot; 0 steps for as many as the work says. */
    int begin(int client, int group, int model, int steps) {
        int slot = flights.launch(client, steps, group);
        learning.begin(slot, client, model, steps > 0 ? steps : localSteps(client));
        return slot;
    }

    private int localSteps(int client) {
        if (job.work() instanceof LocalWork.Training training) {
            int steps = training.amount().steps();
            if (steps > 0) {
                return steps;
            }
            if (training.amount() instanceof LocalWork.Amount.Epochs each) {
                return each.epochs() * ((clients.samples(client) + each.batch() - 1) / each.batch());
            }
        }
        return (clients.samples(client) + DEFAULT_BATCH - 1) / DEFAULT_BATCH;
    }

    /** Samples of a local step. */
    static int batch(LocalWork work) {
        return work instanceof LocalWork.Training training ? training.amount().batch() : DEFAULT_BATCH;
    }

    /** There is a new version of the server's model. */
    void newVersion() {
        long now = simulation.now();
        books.newVersion(now);
        learning.version(books.version, now);
    }

    /**
     * Returns whether the job has come to its end. When it does, what is under way is settled as it is now, and nothing more happens.
     */
    boolean isOver() {
        if (!over) {
            FederatedJob.Limit limit = job.limit();
            boolean ends = (limit.versions().isPresent()
                            && books.version + books.failedRounds
                                    >= limit.versions().getAsLong())
                    || (limit.tasks().isPresent()
                            && books.arrived + books.lostInAll()
                                    >= limit.tasks().getAsLong())
                    || (limit.atTarget() && learning.isDone());
            if (ends) {
                finish();
            }
        }
        return over;
    }

    /** Settles what is under way, now, once. */
    void finish() {
        if (!over) {
            over = true;
            endNanos = simulation.now();
            flights.finish();
            stop.run();
        }
    }

    /** What cancels the events of the rounds when the job is over. */
    void onEnd(Runnable cancel) {
        stop = cancel;
    }

    /** When the job came to its end. */
    long endNanos() {
        return endNanos;
    }

    /** Moves or makes an event that asks again when somebody is free; none if nobody ever will be. */
    long wakeAt(long handle, long time, EventType type, long argument) {
        simulation.cancel(handle);
        return time == Long.MAX_VALUE
                ? EventHandle.NONE
                : simulation.scheduleAt(Math.max(time, simulation.now() + 1), type, argument);
    }
}
