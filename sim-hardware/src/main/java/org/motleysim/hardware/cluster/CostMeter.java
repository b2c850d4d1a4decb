package org.motleysim.hardware.cluster;

import org.motleysim.hardware.price.Tariff;

/**
 * What a device has cost, under a tariff that may change. Between changes it is one product of the tariff with the time and the energy
 * since the last one, so that a price that moves in steps is integrated exactly, and one that never moves is never summed up.
 *
 * <p>The caller reads the time and the energy; those of the device at rest are a part of them.
 */
final class CostMeter {
    /** Time and energy so far, in all and at rest. */
    record Reading(double seconds, double joules, double restSeconds, double restJoules) {}

    private Tariff tariff;
    private Reading since = new Reading(0, 0, 0, 0);
    private double usd;
    private double restUsd;

    CostMeter(Tariff tariff) {
        this.tariff = tariff;
    }

    Tariff tariff() {
        return tariff;
    }

    /** Changes the tariff from now on. */
    void change(Tariff next, Reading now) {
        usd = usd(now.seconds, now.joules);
        restUsd = restUsd(now.restSeconds, now.restJoules);
        since = now;
        tariff = next;
    }

    double usd(double seconds, double joules) {
        return usd + tariff.usd(seconds - since.seconds, joules - since.joules);
    }

    double restUsd(double restSeconds, double restJoules) {
        return restUsd + tariff.usd(restSeconds - since.restSeconds, restJoules - since.restJoules);
    }
}
