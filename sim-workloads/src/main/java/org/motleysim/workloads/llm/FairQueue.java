package org.motleysim.workloads.llm;

/** A queue for each tenant, and how much each has been served; see {@link Queueing#FAIR}. */
final class FairQueue implements RequestQueue {
    private static final double PER_OUTPUT_TOKEN = 2;

    private final LiveRequests live;
    private final double[] weights;
    private final WaitingQueue[] queues;
    private final double[] served;
    private int size;
    private int lastTenant;

    FairQueue(LiveRequests live, double[] weights) {
        this.live = live;
        this.weights = weights;
        this.served = new double[weights.length];
        this.queues = new WaitingQueue[weights.length];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new WaitingQueue();
        }
    }

    @Override
    public int size() {
        return size;
    }

    private int next() {
        int best = -1;
        for (int i = 0; i < queues.length; i++) {
            if (queues[i].size() > 0 && (best < 0 || served[i] < served[best])) {
                best = i;
            }
        }
        return best;
    }

    @Override
    public int first() {
        return queues[next()].first();
    }

    @Override
    public int get(int position) {
        int left = position;
        int tenant = 0;
        while (left >= queues[tenant].size()) {
            left -= queues[tenant++].size();
        }
        return queues[tenant].get(left);
    }

    @Override
    public void addLast(int slot) {
        int tenant = live.traffic[slot];
        if (queues[tenant].size() == 0) {
            int least = next();
            served[tenant] = Math.max(served[tenant], served[least < 0 ? lastTenant : least]);
        }
        queues[tenant].addLast(slot);
        size++;
    }

    @Override
    public void addFirst(int slot) {
        int tenant = live.traffic[slot];
        queues[tenant].addFirst(slot);
        served[tenant] -= live.prefillTokens(slot) / weights[tenant]; // it will count again when it is let in again
        size++;
    }

    @Override
    public int removeFirst() {
        int tenant = next();
        int slot = queues[tenant].removeFirst();
        served[tenant] += live.prefillTokens(slot) / weights[tenant];
        lastTenant = tenant;
        size--;
        return slot;
    }

    @Override
    public void served(int slot, int outputTokens) {
        int tenant = live.traffic[slot];
        served[tenant] += PER_OUTPUT_TOKEN * outputTokens / weights[tenant];
    }
}
