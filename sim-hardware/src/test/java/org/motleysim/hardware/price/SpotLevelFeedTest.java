package org.motleysim.hardware.price;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motleysim.core.random.RandomStreams;

class SpotLevelFeedTest {
    /** A stationary Ornstein-Uhlenbeck process: the logarithm has deviation s, and correlation e^(-dt/T) from step to step. */
    @Test
    void meanReverting_manySteps_hasTheMomentsOfItsLaw() {
        var law = new SpotLevel.MeanReverting(0.3, 0.2, Duration.ofMinutes(60), Duration.ofMinutes(15), 100);
        var feed = new SpotLevelFeed(law, RandomStreams.of(11).stream("price"));
        int steps = 400_000;
        double sum = 0;
        double squares = 0;
        double products = 0;
        double last = StrictMath.log(feed.level() / 0.3);
        for (int i = 0; i < steps; i++) {
            feed.next();
            double x = StrictMath.log(feed.level() / 0.3);
            sum += x;
            squares += x * x;
            products += x * last;
            last = x;
        }

        assertEquals(0, sum / steps, 0.003, "seed 11");
        assertEquals(0.04, squares / steps, 0.0008, "seed 11");
        assertEquals(Math.exp(-0.25), products / squares, 0.01, "seed 11");
    }

    @Test
    void meanReverting_dearMarket_isCappedAtThePriceOnDemand() {
        var law = new SpotLevel.MeanReverting(0.9, 1, Duration.ofMinutes(60), Duration.ofMinutes(15), 1);
        var feed = new SpotLevelFeed(law, RandomStreams.of(2).stream("price"));
        double highest = 0;
        for (int i = 0; i < 1_000; i++) {
            feed.next();
            highest = Math.max(highest, feed.level());
        }

        assertEquals(1, highest);
    }

    @Test
    void recorded_steps_comeAtTheirTimes() {
        var feed = new SpotLevelFeed(
                new SpotLevel.Recorded(List.of(new SpotLevel.Step(0, 0.3), new SpotLevel.Step(60, 0.5))),
                RandomStreams.of(1).stream("price"));

        assertEquals(0.3, feed.level());
        assertEquals(50_000_000_000L, feed.untilNext(10_000_000_000L));
        feed.next();
        assertEquals(0.5, feed.level());
        assertEquals(-1, feed.untilNext(60_000_000_000L));
        assertThrows(IllegalArgumentException.class, () -> new SpotLevel.Recorded(List.of(new SpotLevel.Step(1, 0.3))));
    }
}
