package org.motleysim.hardware.topology;

/**
 * A Slim Fly: the graph of McKay, Miller and Siran (J. Combinatorial Theory B 74, 1998) as a network of switches (Besta and Hoefler, SC
 * 2014): 2 q^2 switches of (3 q - delta) / 2 cables each, any two of them at most two cables apart, with q = 4 w + delta prime and delta 1, 0
 * or -1 (here 1 or -1: the only even prime is 2).
 *
 * <p>Switches are (0, x, y) and (1, m, c) with x, y, m, c from the integers modulo q. With a primitive root xi, of which X are the even and X'
 * the odd powers (for delta = -1 as far as the paper's section II-B says), (0, x, y) is connected to (0, x, y') if y - y' is in X, (1, m, c) to
 * (1, m, c') if c - c' is in X', and (0, x, y) to (1, m, c) if y = m x + c.
 *
 * @param q a prime of the form 4 w + 1 or 4 w - 1, at least 3
 * @param endpointsPerSwitch one or more; (3 q - delta) / 4, rounded up, gives all of them full bandwidth
 * @param host from an endpoint to its switch
 * @param cable between switches
 */
public record SlimFly(int q, int endpointsPerSwitch, LinkSpec host, LinkSpec cable) implements TopologyShape {
    private static final int MOST = 1_000;

    /** @throws IllegalArgumentException if q is no odd prime, or a count is out of range */
    public SlimFly {
        if (q < 3 || q > MOST || !isPrime(q)) {
            throw new IllegalArgumentException(
                    "q (" + q + ") must be a prime from 3 to " + MOST + "\nMaybe 5, 7, 11, 13, 17 or 19.");
        }
        Shapes.atLeast("endpointsPerSwitch", endpointsPerSwitch, 1);
        Shapes.size("endpoints", 2L * q * q * endpointsPerSwitch);
    }

    /** Returns delta: 1 or -1. */
    public int delta() {
        return q % 4 == 1 ? 1 : -1;
    }

    /** Returns how many cables lead from a switch to others. */
    public int degree() {
        return (3 * q - delta()) / 2;
    }

    @Override
    public Topology build() {
        int switches = 2 * q * q;
        Topology.Builder builder = Topology.builder();
        builder.endpoints(switches * endpointsPerSwitch, false);
        int first = switches * endpointsPerSwitch;
        for (int i = 0; i < switches; i++) {
            int half = i / (q * q);
            builder.addSwitch("s" + half + "-" + i / q % q + "-" + i % q, 1);
            for (int j = 0; j < endpointsPerSwitch; j++) {
                builder.connect(i * endpointsPerSwitch + j, first + i, host);
            }
        }
        boolean[] even = generators(0);
        boolean[] odd = generators(1);
        for (int x = 0; x < q; x++) {
            connectRow(builder, first + x * q, even);
            connectRow(builder, first + q * q + x * q, odd);
        }
        for (int x = 0; x < q; x++) {
            for (int m = 0; m < q; m++) {
                for (int c = 0; c < q; c++) {
                    int y = (m * x + c) % q;
                    builder.connect(first + x * q + y, first + q * q + m * q + c, cable);
                }
            }
        }
        return builder.build();
    }

    private void connectRow(Topology.Builder builder, int row, boolean[] generators) {
        for (int a = 0; a < q; a++) {
            for (int b = a + 1; b < q; b++) {
                if (generators[b - a]) {
                    builder.connect(row + a, row + b, cable);
                }
            }
        }
    }

    /**
     * The differences that are connected, closed under negation. For delta = 1 the powers of the primitive root with exponents 0, 2, ..., q - 3
     * or 1, 3, ..., q - 2; for delta = -1, where w = (q + 1) / 4, the exponents 0, 2, ..., 2 w - 2 and 2 w - 1, 2 w + 1, ..., 4 w - 3, or each
     * one more.
     */
    private boolean[] generators(int shift) {
        boolean[] in = new boolean[q];
        int root = primitiveRoot();
        if (delta() == 1) {
            for (int exponent = 0; exponent <= q - 3; exponent += 2) {
                in[power(root, exponent + shift)] = true;
            }
        } else {
            int w = (q + 1) / 4;
            for (int exponent = 0; exponent <= 2 * w - 2; exponent += 2) {
                in[power(root, exponent + shift)] = true;
            }
            for (int exponent = 2 * w - 1; exponent <= 4 * w - 3; exponent += 2) {
                in[power(root, exponent + shift)] = true;
            }
        }
        return in;
    }

    private int primitiveRoot() {
        for (int candidate = 2; candidate < q; candidate++) {
            int order = 1;
            for (int value = candidate; value != 1; value = value * candidate % q) {
                order++;
            }
            if (order == q - 1) {
                return candidate;
            }
        }
        throw new IllegalStateException("there is a primitive root of every prime, and none was found of " + q);
    }

    private int power(int base, int exponent) {
        int value = 1;
        for (int i = 0; i < exponent; i++) {
            value = value * base % q;
        }
        return value;
    }

    private static boolean isPrime(int number) {
        for (int divisor = 2; divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return true;
    }
}
