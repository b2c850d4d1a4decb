package org.motleysim.workloads.federated;

/** How a run goes on: what the rounds do when it starts and when tasks are over. */
interface Protocol extends Flights.Listener {
    /** Asks the first clients. */
    void start();

    /** Cancels the events of its own: the job is over, and the tasks under way are settled. */
    void stop();

    /** Why nothing goes on any more, when nothing does; empty if it came to its end. */
    String stuck();

    static Protocol of(Floor floor) {
        Aggregation aggregation = floor.job.aggregation();
        if (aggregation instanceof Aggregation.Synchronous sync) {
            return new SynchronousRounds(floor, sync);
        }
        if (aggregation instanceof Aggregation.Asynchronous async) {
            return new BufferedRounds(
                    floor, async.concurrency(), 1, Integer.MAX_VALUE, new BufferedRounds.Mixing(async));
        }
        if (aggregation instanceof Aggregation.Buffered buffered) {
            return new BufferedRounds(
                    floor,
                    buffered.concurrency(),
                    buffered.buffer(),
                    buffered.maxStaleness().orElse(Integer.MAX_VALUE),
                    new BufferedRounds.Adding(buffered));
        }
        if (aggregation instanceof Aggregation.Compass compass) {
            return new CompassGroups(floor, compass);
        }
        if (aggregation instanceof Aggregation.Tiered tiered) {
            return new TieredRounds(floor, tiered);
        }
        if (aggregation instanceof Aggregation.Hierarchical hierarchical) {
            return new HierarchicalRounds(floor, hierarchical);
        }
        return new GossipMeetings(floor);
    }
}
