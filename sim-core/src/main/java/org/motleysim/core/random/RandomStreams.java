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
 * <p>Each seed below 2^48 has a partner, {@link #antithetic}, whose streams draw the mirror images: where a stream of the one draws u, the
 * stream of that name of the other draws 1 - u. Runs of such a pair err in opposite directions, and their mean errs less.
 *
 * <p>Keys are 64-bit hashes. Among a million streams two coincide with probability 3e-8. Immutable; may be shared between threads.
 */
public final class RandomStreams {
    private static final long ENTITY = Hash.of("entity");
    private static final long INDEXED = Hash.of("indexed");
    private static final long REPLICATION = Hash.of("replication");

    /** Bits of a seed that has a partner. */
    private static final int PAIRED_BITS = 48;

    /** The upper bits of partners. A seed drawn at random has them once in 65,536 times, and is as good as any other. */
    private static final long PARTNER = 0xA717L;

    private final long key;
    private final boolean mirrored;

    private RandomStreams(long key, boolean mirrored) {
        this.key = key;
        this.mirrored = mirrored;
    }

    /** Returns the streams of a seed. Every {@code long} is a good seed, zero too. */
    public static RandomStreams of(long seed) {
        boolean mirrored = isAntithetic(seed);
        long own = mirrored ? seed & ((1L << PAIRED_BITS) - 1) : seed;
        return new RandomStreams(Hash.mix(own + Hash.GOLDEN_GAMMA), mirrored);
    }

    /**
     * Returns the seed whose streams draw the mirror images (Hammersley and Morton, "A new Monte Carlo technique: antithetic variates",
     * 1956).
     *
     * @param seed from 0 to 2^48 - 1
     * @throws IllegalArgumentException if the seed is out of its range
     */
    public static long antithetic(long seed) {
        if (seed < 0 || seed >>> PAIRED_BITS != 0) {
            throw new IllegalArgumentException("seed (" + seed + ") must be from 0 to 2^48 - 1 to have a partner");
        }
        return PARTNER << PAIRED_BITS | seed;
    }

    /** Returns whether the seed is the partner of another. */
    public static boolean isAntithetic(long seed) {
        return seed >>> PAIRED_BITS == PARTNER;
    }

    /**
     * Returns a new generator at the start of the named stream.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public RandomStream stream(String name) {
        return RandomStream.ofKey(keyOf(name), mirrored);
    }

    /**
     * Returns a new generator at the start of the substream of one entity (a device, a client), distinct from those of all other
     * entities and from the stream without entity.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public RandomStream stream(String name, long entity) {
        return RandomStream.ofKey(Hash.child(Hash.child(keyOf(name), ENTITY), entity), mirrored);
    }

    /**
     * Returns random numbers by index, of the given name; distinct from the streams of that name.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public IndexedDraws draws(String name) {
        return new IndexedDraws(Hash.child(keyOf(name), INDEXED), mirrored);
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
        return new RandomStreams(Hash.child(Hash.child(key, REPLICATION), number), mirrored);
    }

    private long keyOf(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("stream name (\"" + name + "\") must not be blank");
        }
        return Hash.child(key, Hash.of(name));
    }
}
