package org.motleysim.workloads.federated;

import java.util.Optional;

/** Tiers of about equally fast clients, each with rounds of its own, and a model that is the mean of the tiers' (FedAT). */
final class TieredRounds implements Protocol {
    private final Floor floor;
    private final Cohort[] tiers;
    private final long[] updates;
    private final int[] models;
    private final double[] weights;

    TieredRounds(Floor floor, Aggregation.Tiered rule) {
        this.floor = floor;
        int count = Math.min(rule.tiers(), floor.clients.size());
        ClientPool[] pools = ClientPool.tiers(count, floor.clients, floor.tasks);
        this.tiers = new Cohort[count];
        this.updates = new long[count];
        this.models = new int[count];
        this.weights = new double[count];
        for (int i = 0; i < count; i++) {
            int wanted = Math.min(pools[i].size(), rule.participants());
            models[i] = 1 + i;
            tiers[i] = new Cohort(floor, i, 1 + i, pools[i], wanted, wanted, 1, Optional.empty(), this::ended);
        }
    }

    @Override
    public void start() {
        for (int i = 0; i < tiers.length; i++) {
            begin(i);
        }
    }

    private void begin(int tier) {
        floor.learning.copy(0, models[tier]);
        tiers[tier].begin();
    }

    @Override
    public void arrived(int slot) {
        tiers[floor.flights.group(slot)].arrived(slot);
    }

    @Override
    public void lost(int slot, LossCause cause) {
        tiers[floor.flights.group(slot)].lost(slot, cause);
    }

    private void ended(int tier, String failed) {
        if (failed.isEmpty()) {
            updates[tier]++;
            for (int i = 0; i < weights.length; i++) {
                weights[i] = 1 + updates[weights.length - 1 - i]; // one more each, so that none counts nothing at first
            }
            floor.learning.merge(models, weights, 0);
            floor.newVersion();
        }
        if (!floor.isOver()) {
            begin(tier);
        }
    }

    @Override
    public void stop() {
        for (Cohort tier : tiers) {
            tier.stop();
        }
    }

    @Override
    public String stuck() {
        for (Cohort tier : tiers) {
            if (!tier.isStuck()) {
                return "";
            }
        }
        return "nobody is free, and nobody ever will be";
    }
}
