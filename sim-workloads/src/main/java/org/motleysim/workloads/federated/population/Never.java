package org.motleysim.workloads.federated.population;

import org.motleysim.core.random.RandomStreams;

/** Clients that are never available. */
public record Never() implements Availability, Availability.Hours {
    @Override
    public Hours bind(int clients, ClockSkew.Clocks clocks, RandomStreams streams) {
        return this;
    }

    @Override
    public boolean isOn(int client, long nanos) {
        return false;
    }

    @Override
    public long onUntil(int client, long nanos) {
        return nanos;
    }

    @Override
    public long offUntil(int client, long nanos) {
        return Long.MAX_VALUE;
    }

    @Override
    public long arrayBytes() {
        return 0;
    }
}
