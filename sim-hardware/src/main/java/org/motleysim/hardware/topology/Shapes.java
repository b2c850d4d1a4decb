package org.motleysim.hardware.topology;

/** What the shapes check alike. */
final class Shapes {
    /** More vertices than this are refused: a count with a digit too many. */
    private static final long MOST = 4_000_000;

    private Shapes() {}

    static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " (" + value + ") must be " + least + " or more");
        }
    }

    static int size(String what, long count) {
        if (count < 0 || count > MOST) {
            throw new IllegalArgumentException(what + " (" + count + ") must be at most " + MOST);
        }
        return (int) count;
    }

    static long product(Iterable<Integer> factors) {
        long product = 1;
        for (int factor : factors) {
            product = product > MOST ? product : product * factor;
        }
        return product;
    }
}
