package org.motleysim.core.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
    private static final long SEED = 20261122;

    /** From the authors' reference code in C, seeded with 1, 2, 3, 4, as also pinned by the Rust crate rand_xoshiro. */
    @Test
    void generator_isXoshiro256PlusPlus() {
        RandomStream stream = RandomStream.ofState(new long[] {1, 2, 3, 4});
        long[] published = {
            41943041L,
            58720359L,
            3588806011781223L,
            3591011842654386L,
            Long.parseUnsignedLong("9228616714210784205"),
            Long.parseUnsignedLong("9973669472204895162"),
            Long.parseUnsignedLong("14011001112246962877"),
            Long.parseUnsignedLong("12406186145184390807"),
            Long.parseUnsignedLong("15849039046786891736"),
            Long.parseUnsignedLong("10450023813501588000")
        };
        assertArrayEquals(
                published, LongStream.generate(stream::nextLong).limit(10).toArray());
    }

    /** From the reference code of SplitMix64 in C, seeded with 1234567. */
    @Test
    void state_isFilledBySplitMix64() {
        long[] published = {
            6457827717110365317L,
            3203168211198807973L,
            Long.parseUnsignedLong("9817491932198370423"),
            4593380528125082431L,
            Long.parseUnsignedLong("16408922859458223821")
        };
        assertArrayEquals(published, Hash.state(1234567, 5));
    }

    /** From the test vectors in the FNV authors' draft (draft-eastlake-fnv). */
    @Test
    void names_areHashedByFnv1a() {
        assertEquals(0xcbf29ce484222325L, Hash.of(""));
        assertEquals(0xaf63dc4c8601ec8cL, Hash.of("a"));
        assertEquals(0x85944171f73967e8L, Hash.of("foobar"));
    }

    @Test
    void stream_sameSeedAndName_drawsTheSame() {
        assertEquals(
                RandomStreams.of(7).stream("a").nextLong(),
                RandomStreams.of(7).stream("a").nextLong());
        assertEquals(
                RandomStreams.of(7).replication(3).stream("a", 5).nextLong(),
                RandomStreams.of(7).replication(3).stream("a", 5).nextLong());
    }

    @Test
    void stream_anotherConsumer_shiftsNobody() {
        var alone = RandomStreams.of(7);
        var crowded = RandomStreams.of(7);
        crowded.stream("b").nextLong();
        crowded.stream("a").nextLong();
        crowded.stream("a", 1).nextLong();
        assertEquals(alone.stream("a").nextLong(), crowded.stream("a").nextLong());
    }

    @Test
    void stream_anyDifference_startsElsewhere() {
        Set<Long> firsts = new HashSet<>();
        int asked = 0;
        for (long seed = -3; seed <= 3; seed++) {
            var streams = RandomStreams.of(seed);
            for (int replication = -1; replication < 4; replication++) {
                var these = replication < 0 ? streams : streams.replication(replication);
                for (String name : new String[] {"a", "b", "entity", "replication", "ab", "ba"}) {
                    firsts.add(these.stream(name).nextLong());
                    asked++;
                    for (long entity = -2; entity < 50; entity++) {
                        firsts.add(these.stream(name, entity).nextLong());
                        asked++;
                    }
                }
            }
        }
        assertEquals(asked, firsts.size());
        assertNotEquals(
                RandomStreams.of(1).replication(0).replication(1).stream("a").nextLong(),
                RandomStreams.of(1).replication(1).replication(0).stream("a").nextLong());
    }

    @Test
    void stream_neighbours_areUncorrelated() {
        int draws = 10_000;
        var a = new double[draws];
        var b = new double[draws];
        var streams = RandomStreams.of(SEED);
        for (long entity = 0; entity < 20; entity++) {
            RandomStream first = streams.stream("client", entity);
            RandomStream second = streams.stream("client", entity + 1);
            for (int i = 0; i < draws; i++) {
                a[i] = first.nextDouble();
                b[i] = second.nextDouble();
            }
            double correlation = new PearsonsCorrelation().correlation(a, b);
            // four deviations: 1 / sqrt(n) each
            assertTrue(Math.abs(correlation) < 4 / Math.sqrt(draws), "seed " + SEED + ": " + correlation);
        }
    }

    @Test
    void stream_firstDrawsOfManyEntities_areUniform() {
        var observed = new long[64];
        var expected = new double[64];
        var streams = RandomStreams.of(SEED);
        for (long entity = 0; entity < 64_000; entity++) {
            observed[(int) (64 * streams.stream("client", entity).nextDouble())]++;
        }
        Arrays.fill(expected, 1000);
        double p = new ChiSquareTest().chiSquareTest(expected, observed);
        assertTrue(p > 1e-4, "seed " + SEED + ": p = " + p);
    }

    @Test
    void nextInt_overABound_isUniform() {
        RandomStream stream = RandomStreams.of(SEED).stream("dice");
        var observed = new long[6];
        for (int i = 0; i < 60_000; i++) {
            observed[stream.nextInt(6)]++;
        }
        double p = new ChiSquareTest().chiSquareTest(new double[] {1, 1, 1, 1, 1, 1}, observed);
        assertTrue(p > 1e-4, "seed " + SEED + ": p = " + p);
        assertEquals(0, stream.nextInt(1));
        assertThrows(IllegalArgumentException.class, () -> stream.nextInt(0));
    }

    @Test
    void nextDouble_extremeBits_staysInRange() {
        // The largest and least words a generator can give.
        assertEquals(0x1.fffffffffffffp-1, (-1L >>> 11) * 0x1p-53);
        assertTrue(((-1L >>> 12) + 0.5) * 0x1p-52 < 1);
        assertEquals(0x1p-53, (0L + 0.5) * 0x1p-52);
        assertEquals(-8.2, RandomStream.standardNormalQuantile(0x1p-53), 0.02);
        assertEquals(8.2, RandomStream.standardNormalQuantile(1 - 0x1p-53), 0.02);
    }

    @Test
    void arguments_outOfRange_areRefused() {
        var streams = RandomStreams.of(1);
        assertThrows(IllegalArgumentException.class, () -> streams.stream(" "));
        assertThrows(IllegalArgumentException.class, () -> streams.replication(-1));
        assertThrows(IllegalArgumentException.class, () -> streams.stream("a").nextExponential(-1));
        assertThrows(IllegalArgumentException.class, () -> streams.stream("a").nextExponential(Double.NaN));
        assertEquals(0, streams.stream("a").nextExponential(0), 0);
    }

    @Test
    void partner_ofASeed_drawsTheMirrorImages() {
        for (long seed : new long[] {0, 7, (1L << 48) - 1}) {
            RandomStreams one = RandomStreams.of(seed).replication(2);
            RandomStreams other =
                    RandomStreams.of(RandomStreams.antithetic(seed)).replication(2);
            RandomStream a = one.stream("arrivals", 3);
            RandomStream b = other.stream("arrivals", 3);
            for (int i = 0; i < 1_000; i++) {
                assertEquals(1, a.nextOpen() + b.nextOpen(), "open");
                assertEquals(1 - 0x1p-53, a.nextDouble() + b.nextDouble(), "half open");
                assertEquals(9, a.nextInt(10) + b.nextInt(10), "whole");
                assertEquals(-1, a.nextLong() + b.nextLong(), "bits");
                assertEquals(0, a.nextGaussian() + b.nextGaussian(), 1e-9, "normal");
                assertEquals(
                        1, one.draws("skill").open(i) + other.draws("skill").open(i), "by index");
            }
        }
    }

    @Test
    void partner_ofALargeSeed_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> RandomStreams.antithetic(1L << 48));
        assertThrows(IllegalArgumentException.class, () -> RandomStreams.antithetic(-1));
    }
}
