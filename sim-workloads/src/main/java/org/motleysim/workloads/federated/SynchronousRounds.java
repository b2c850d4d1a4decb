package org.motleysim.workloads.federated;

/** One round after another for all clients. */
final class SynchronousRounds implements Protocol {
    private final Floor floor;
    private final Cohort cohort;

    SynchronousRounds(Floor floor, Aggregation.Synchronous rule) {
        this.floor = floor;
        int size = floor.clients.size();
        this.cohort = new Cohort(
                floor,
                0,
                0,
                ClientPool.all(size),
                Math.min(size, rule.participants()),
                Math.min(size, rule.invited()),
                Math.min(size, rule.quorum()),
                rule.deadline(),
                this::ended);
    }

    @Override
    public void start() {
        cohort.begin();
    }

    @Override
    public void arrived(int slot) {
        cohort.arrived(slot);
    }

    @Override
    public void lost(int slot, LossCause cause) {
        cohort.lost(slot, cause);
    }

    private void ended(int number, String failed) {
        if (failed.isEmpty()) {
            floor.newVersion();
        }
        if (!floor.isOver()) {
            cohort.begin();
        }
    }

    @Override
    public void stop() {
        cohort.stop();
    }

    @Override
    public String stuck() {
        return cohort.isStuck() ? "nobody is free, and nobody ever will be" : "";
    }
}
