package org.motleysim.workloads.federated.population;

import java.util.Optional;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.population.PopulationModel;

/**
 * The clients of federated learning, described. Immutable, with value equality.
 *
 * <pre>{@code
 * var clients = ClientPopulation.of(PopulationModel.of(phones), 10_000_000)
 *         .with(DataVolume.constant(40))
 *         .with(Renewal.exponential(3_600, 7_200));
 * }</pre>
 *
 * @param devices what the devices are: compute rate, links, memory, battery, power
 * @param links another table that the links are drawn from, apart from the devices; by default the links are those of the device
 * @param count how many clients
 * @param volume samples of each
 * @param availability when each may be asked
 * @param battery how batteries are used; by default energy is counted and no battery runs down
 * @param dropout probability that a client fails during a task for a reason of its own, at a time all equally likely; from 0 to 1
 * @param skew of the clients' clocks
 */
public record ClientPopulation(
        PopulationModel devices,
        Optional<PopulationModel> links,
        int count,
        DataVolume volume,
        Availability availability,
        Optional<ClientBattery> battery,
        double dropout,
        ClockSkew skew) {
    /** @throws IllegalArgumentException if there are no clients, or the dropout is no probability */
    public ClientPopulation {
        if (count < 1) {
            throw new IllegalArgumentException("count (" + count + ") of clients must be at least 1");
        }
        if (!(dropout >= 0 && dropout <= 1)) {
            throw new IllegalArgumentException("dropout (" + dropout + ") must be a probability from 0 to 1");
        }
    }

    /** Returns clients that have one sample each and are always there. */
    public static ClientPopulation of(PopulationModel devices, int count) {
        return new ClientPopulation(
                devices,
                Optional.empty(),
                count,
                DataVolume.constant(1),
                Availability.always(),
                Optional.empty(),
                0,
                ClockSkew.none());
    }

    /** Returns these clients with so much data. */
    public ClientPopulation with(DataVolume samples) {
        return new ClientPopulation(devices, links, count, samples, availability, battery, dropout, skew);
    }

    /** Returns these clients with these hours. */
    public ClientPopulation with(Availability hours) {
        return new ClientPopulation(devices, links, count, volume, hours, battery, dropout, skew);
    }

    /** Returns these clients with batteries that run down. */
    public ClientPopulation with(ClientBattery batteries) {
        return new ClientPopulation(devices, links, count, volume, availability, Optional.of(batteries), dropout, skew);
    }

    /** Returns these clients with clocks that differ. */
    public ClientPopulation with(ClockSkew clocks) {
        return new ClientPopulation(devices, links, count, volume, availability, battery, dropout, clocks);
    }

    /** Returns these clients failing with that probability in each task. */
    public ClientPopulation withDropout(double probability) {
        return new ClientPopulation(devices, links, count, volume, availability, battery, probability, skew);
    }

    /** Returns these clients with links drawn from a table of their own. */
    public ClientPopulation withLinks(PopulationModel table) {
        return new ClientPopulation(devices, Optional.of(table), count, volume, availability, battery, dropout, skew);
    }

    /**
     * Draws the clients of one run.
     *
     * @param streams of the run
     * @param needed memory that a task takes; a device with less is never asked
     */
    public Clients draw(RandomStreams streams, Bytes needed) {
        return new Clients(this, streams, needed);
    }
}
