package org.motleysim.core.random;

/**
 * All randomness of a run, from one seed: a source of named streams.
 *
 * <pre>{@code
 * var streams = RandomStreams.of(7);
 * RandomStream arrivals = streams.stream("arrivals");
 * RandomStream repairs = streams.stream("repairs", deviceIndex);   // one per device
 * RandomStreams second = streams.replication(1);                   // everything anew
 * }</pre>
 *
 * <p>A stream is a function of (seed, replication, name, entity) and of nothing else: asking for one more stream, or in another order,
 * changes no other stream. Two variants of a system that use the same names therefore see the same chance (common random numbers).
 * Asking for the same stream twice gives two generators that draw the same numbers.
 *
 * <p>Keys are 64-bit hashes. Among a million streams two coincide with probability 3e-8. Immutable; may be shared between threads.
 */
public final class RandomStreams {
    private static final long ENTITY = Hash.of("entity");
    private static final long INDEXED = Hash.of("indexed");
    private static final long REPLICATION = Hash.of("replication");

    private final long key;

    private RandomStreams(long key) {
        this.key = key;
    }

    /** Returns the streams of a seed. Every {@code long} is a good seed, zero too. */
    public static RandomStreams of(long seed) {
        return new RandomStreams(Hash.mix(seed + Hash.GOLDEN_GAMMA));
    }

    /**
     * Returns a new generator at the start of the named stream.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public RandomStream stream(String name) {
        return RandomStream.ofKey(keyOf(name));
    }

    /**
     * Returns a new generator at the start of the substream of one entity (a device, a client), distinct from those of all other
     * entities and from the stream without entity.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public RandomStream stream(String name, long entity) {
        return RandomStream.ofKey(Hash.child(Hash.child(keyOf(name), ENTITY), entity));
    }

    /**
     * Returns random numbers by index, of the given name; distinct from the streams of that name.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public IndexedDraws draws(String name) {
        return new IndexedDraws(Hash.child(keyOf(name), INDEXED));
    }

    /**
     * Returns the streams of a replication: the same names, fresh numbers. No replication, not even 0, repeats the streams of the
     * parent.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public RandomStreams replication(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("replication (" + number + ") must be zero or more");
        }
        return new RandomStreams(Hash.child(Hash.child(key, REPLICATION), number));
    }

    private long keyOf(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("stream name (\"" + name + "\") must not be blank");
        }
        return Hash.child(key, Hash.of(name));
    }
}
