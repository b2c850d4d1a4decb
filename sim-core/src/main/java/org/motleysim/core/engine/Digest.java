package org.motleysim.core.engine;

/**
 * The running digest of an event order. Each event folds its time and the hash of its label into 64 bits with one
 * multiplication, so that the digest can always be on. Labels enter through {@link String#hashCode}, which the language
 * defines and the string caches; equal runs therefore have equal digests on every JVM.
 */
final class Digest {

    /** Of a run in which nothing has happened: the fraction of the golden ratio. */
    static final long EMPTY = 0x9E37_79B9_7F4A_7C15L;

    private static final long MULTIPLIER = 0xD134_2543_DE82_EF95L;

    private Digest() {}

    static long ofLabel(String label) {
        long mixed = (label.hashCode() + EMPTY) * MULTIPLIER;
        return (mixed ^ (mixed >>> 32)) * MULTIPLIER;
    }

    static long add(long digest, long time, long labelHash) {
        // The rotation brings the well-mixed high bits down, where the next product can spread them again.
        return (Long.rotateLeft(digest, 23) ^ (time + labelHash)) * MULTIPLIER;
    }
}
