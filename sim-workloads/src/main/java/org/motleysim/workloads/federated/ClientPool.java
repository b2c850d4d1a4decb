package org.motleysim.workloads.federated;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.motleysim.workloads.federated.population.Clients;

/** Some of the clients: all, every n-th, or a part of a list. Takes no memory for the first two. */
final class ClientPool {
    private final int @Nullable [] list;
    private final int first;
    private final int stride;
    private final int size;

    private ClientPool(int @Nullable [] list, int first, int stride, int size) {
        this.list = list;
        this.first = first;
        this.stride = stride;
        this.size = size;
    }

    static ClientPool all(int clients) {
        return new ClientPool(null, 0, 1, clients);
    }

    /** One client. */
    static ClientPool only(int client) {
        return new ClientPool(null, client, 1, 1);
    }

    /** Those of an edge. */
    static ClientPool ofEdge(int edge, int edges, int clients) {
        return new ClientPool(null, edge, edges, (clients - edge + edges - 1) / edges);
    }

    /** Splits all clients into tiers of equal size by the time a task is expected to take them, the fastest first. */
    static ClientPool[] tiers(int tiers, Clients clients, TaskModel tasks) {
        double[] seconds = new double[clients.size()];
        for (int i = 0; i < seconds.length; i++) {
            tasks.expect(i);
            seconds[i] = tasks.downNanos + tasks.computeNanos + tasks.upNanos;
        }
        int[] order = IntStream.range(0, seconds.length)
                .boxed()
                .sorted((a, b) -> Double.compare(seconds[a], seconds[b])) // stable: ties by number
                .mapToInt(Integer::intValue)
                .toArray();
        ClientPool[] pools = new ClientPool[tiers];
        for (int i = 0; i < tiers; i++) {
            int from = (int) ((long) order.length * i / tiers);
            int to = (int) ((long) order.length * (i + 1) / tiers);
            pools[i] = new ClientPool(Arrays.copyOfRange(order, from, to), 0, 1, to - from);
        }
        return pools;
    }

    int size() {
        return size;
    }

    int client(int index) {
        return list != null ? list[index] : first + stride * index;
    }
}
