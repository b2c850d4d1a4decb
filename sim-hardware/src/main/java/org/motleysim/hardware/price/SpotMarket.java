package org.motleysim.hardware.price;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.motleysim.hardware.fault.Outages;

/**
 * Capacity that is cheap and may be taken away: what it costs over time, and when devices are taken.
 *
 * @param level the price, as a share of the price on demand; one market for all devices of a group
 * @param interruptions when a device is taken and how long it takes to get another one, each device by itself
 * @param bid all devices of the group are taken while the price is above this
 * @param notice time between the announcement and the loss, zero or more; no new work is sent to the device meanwhile
 */
public record SpotMarket(SpotLevel level, Optional<Outages> interruptions, OptionalDouble bid, Duration notice) {
    /** @throws IllegalArgumentException if the bid or the notice is negative, or the price always above the bid */
    public SpotMarket {
        if (bid.isPresent()) {
            double most = bid.getAsDouble();
            Check.positive("bid", most);
            if (level instanceof SpotLevel.Steady steady && steady.level() > most) {
                throw new IllegalArgumentException("bid (" + most + ") must be at least the steady level ("
                        + steady.level() + "), or no device is ever given\nMaybe bid 1, the price on demand.");
            }
        }
        if (notice.isNegative()) {
            throw new IllegalArgumentException("notice (" + notice + ") must not be negative");
        }
    }

    /** Returns a market with such a price in which nothing is ever taken away. */
    public static SpotMarket of(SpotLevel level) {
        return new SpotMarket(level, Optional.empty(), OptionalDouble.empty(), Duration.ZERO);
    }

    /** Returns a market with a steady price in which nothing is ever taken away. */
    public static SpotMarket steady(double level) {
        return of(new SpotLevel.Steady(level));
    }

    /** Returns whether a device can be taken away. */
    public boolean mayInterrupt() {
        return interruptions.isPresent() || bid.isPresent();
    }

    /** Returns this market with devices that are taken away. */
    public SpotMarket withInterruptions(Outages value) {
        return new SpotMarket(level, Optional.of(value), bid, notice);
    }

    /** Returns this market with a bid: the devices are there while the price is not above it. */
    public SpotMarket withBid(double value) {
        return new SpotMarket(level, interruptions, OptionalDouble.of(value), notice);
    }

    /** Returns this market with losses that are announced so long before. */
    public SpotMarket withNotice(Duration value) {
        return new SpotMarket(level, interruptions, bid, value);
    }
}
