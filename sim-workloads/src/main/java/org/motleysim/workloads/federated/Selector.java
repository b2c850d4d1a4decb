package org.motleysim.workloads.federated;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.random.RandomStream;
import org.motleysim.workloads.federated.population.BatteryLedger;
import org.motleysim.workloads.federated.population.Clients;

/** Lets the policy choose, and knows when to ask again if nobody is free. */
final class Selector implements Candidates {
    private static final int FEWEST_TRIES = 64;

    private final Simulation simulation;
    private final Clients clients;
    private final TaskModel tasks;
    private final Books books;
    private final ClientSelection policy;
    private final RandomStream draws;
    private final RandomStream chance;

    // What is known of clients' updates; empty unless the policy asks for it.
    private final float[] utility;
    private final long[] utilityVersion;
    private int[] known = new int[0];
    private int knownCount;

    // The present choice.
    private ClientPool pool;
    private int[] reserved = new int[64];
    private int reservedCount;
    private boolean exhausted;

    Selector(
            Simulation simulation,
            Clients clients,
            TaskModel tasks,
            Books books,
            FederatedJob job,
            RandomStream draws,
            RandomStream chance) {
        this.simulation = simulation;
        this.clients = clients;
        this.tasks = tasks;
        this.books = books;
        this.policy = job.selection();
        this.draws = draws;
        this.chance = chance;
        boolean remembers = !(policy instanceof Selections own) || own.remembers();
        this.utility = new float[remembers ? clients.size() : 0];
        this.utilityVersion = new long[utility.length];
        Arrays.fill(utility, Float.NaN);
        Arrays.fill(utilityVersion, -1);
        this.pool = ClientPool.all(clients.size());
    }

    /** Chooses clients of a pool. */
    int choose(ClientPool from, int wanted, int[] chosen) {
        pool = from;
        reservedCount = 0;
        exhausted = false;
        int count = policy.choose(this, wanted, chosen);
        for (int i = 0; i < reservedCount; i++) {
            clients.setBusy(reserved[i], false);
        }
        if (count < 0 || count > wanted) {
            throw new IllegalStateException(
                    "selection (" + policy + ") chose " + count + " clients, and " + wanted + " were wanted");
        }
        return count;
    }

    /**
     * Returns when, at the earliest, somebody of a pool may be asked who may not now and is not busy; {@link Long#MAX_VALUE} for never.
     */
    long nextFree(ClientPool from) {
        long now = simulation.now();
        long first = Long.MAX_VALUE;
        for (int i = 0; i < from.size(); i++) {
            int client = from.client(i);
            if (!clients.isBusy(client)) {
                long free = clients.freeAt(client, now);
                first = free > now ? Math.min(first, free) : first;
            }
        }
        return first;
    }

    /** Remembers what was learnt from a client. */
    void learnt(int client, double loss) {
        if (utility.length == 0) {
            return;
        }
        if (Float.isNaN(utility[client])) {
            if (knownCount == known.length) {
                known = Arrays.copyOf(known, Math.max(64, 2 * knownCount));
            }
            known[knownCount++] = client;
        }
        utility[client] = (float) (Double.isNaN(loss) ? clients.samples(client) : loss);
        utilityVersion[client] = books.version;
    }

    long arrayBytes() {
        return 4L * utility.length + 8L * utilityVersion.length;
    }

    @Override
    public int size() {
        return pool.size();
    }

    @Override
    public long version() {
        return books.version;
    }

    @Override
    public long nanos() {
        return simulation.now();
    }

    @Override
    public int draw() {
        if (exhausted) {
            return -1;
        }
        long now = simulation.now();
        int size = pool.size();
        int tries = Math.max(FEWEST_TRIES, size);
        for (int i = 0; i < tries; i++) {
            int client = pool.client(draws.nextInt(size));
            if (clients.isFree(client, now)) {
                return reserve(client);
            }
        }
        // Hardly anybody is free: look at all, and keep each with the probability that makes all equally likely.
        int found = -1;
        int seen = 0;
        for (int i = 0; i < size; i++) {
            int client = pool.client(i);
            if (clients.isFree(client, now) && draws.nextInt(++seen) == 0) {
                found = client;
            }
        }
        exhausted = found < 0;
        return found < 0 ? -1 : reserve(found);
    }

    private int reserve(int client) {
        clients.setBusy(client, true);
        if (reservedCount == reserved.length) {
            reserved = Arrays.copyOf(reserved, 2 * reservedCount);
        }
        reserved[reservedCount++] = client;
        return client;
    }

    @Override
    public boolean isFree(int client) {
        return clients.isFree(client, simulation.now());
    }

    @Override
    public int best(int poolSize, int wanted, int[] chosen, IntToDoubleFunction score) {
        int[] drawn = new int[Math.min(Math.max(poolSize, wanted), pool.size())];
        double[] scores = new double[drawn.length];
        int count = 0;
        while (count < drawn.length) {
            int client = draw();
            if (client < 0) {
                break;
            }
            drawn[count] = client;
            double own = score.applyAsDouble(client);
            scores[count++] = Double.isNaN(own) ? Double.NEGATIVE_INFINITY : own;
        }
        // Selection of the best one by one: pools are small, and ties go to who was drawn first.
        int taken = Math.min(wanted, count);
        for (int i = 0; i < taken; i++) {
            int best = i;
            for (int j = i + 1; j < count; j++) {
                if (scores[j] > scores[best]) {
                    best = j;
                }
            }
            chosen[i] = drawn[best];
            double bestScore = scores[best];
            for (int j = best; j > i; j--) {
                drawn[j] = drawn[j - 1];
                scores[j] = scores[j - 1];
            }
            drawn[i] = chosen[i];
            scores[i] = bestScore;
        }
        return taken;
    }

    @Override
    public int samples(int client) {
        return clients.samples(client);
    }

    @Override
    public double expectedSeconds(int client) {
        tasks.expect(client);
        return (tasks.downNanos + tasks.computeNanos + tasks.upNanos) * 1e-9;
    }

    @Override
    public double expectedJoules(int client) {
        tasks.expect(client);
        return tasks.joules();
    }

    @Override
    public double batteryShare(int client) {
        return clients.batteries().map(ledger -> share(ledger, client)).orElse(1.0);
    }

    private double share(BatteryLedger ledger, int client) {
        return ledger.share(client, simulation.now());
    }

    @Override
    public int participations(int client) {
        return clients.participations(client);
    }

    @Override
    public int explored() {
        return knownCount;
    }

    @Override
    public int exploredClient(int index) {
        return known[index];
    }

    @Override
    public double utility(int client) {
        return utility.length == 0 ? Double.NaN : utility[client];
    }

    @Override
    public long utilityVersion(int client) {
        return utility.length == 0 ? -1 : utilityVersion[client];
    }

    @Override
    public RandomStream random() {
        return chance;
    }
}
