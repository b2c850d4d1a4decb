package org.motleysim.hardware.price;

/**
 * What a network is made of. The factories count the parts of well-known topologies; every port of a switch has the same speed.
 *
 * @param endpoints ports of computers
 * @param switches switches
 * @param links cables between switches
 * @param optics transceivers: two per optical cable
 */
public record NetworkBill(long endpoints, long switches, long links, long optics) {
    /** @throws IllegalArgumentException if a count is negative or nobody is connected */
    public NetworkBill {
        if (endpoints < 1) {
            throw new IllegalArgumentException("endpoints (" + endpoints + ") must be at least 1");
        }
        if (switches < 0 || links < 0 || optics < 0) {
            throw new IllegalArgumentException("switches (" + switches + "), links (" + links + ") and optics ("
                    + optics + ") must not be negative");
        }
    }

    /** Returns a full two-level fat tree of switches with {@code radix} ports, an even number: {@code radix^2 / 2} endpoints. */
    public static NetworkBill fatTree2(int radix) {
        long half = half(radix);
        long links = half * radix;
        return new NetworkBill(half * radix, radix + half, links, 2 * links);
    }

    /** Returns a full three-level fat tree (Leiserson; Al-Fares et al., SIGCOMM 2008): {@code radix^3 / 4} endpoints. */
    public static NetworkBill fatTree3(int radix) {
        long half = half(radix);
        long links = 2 * half * half * radix;
        return new NetworkBill(half * half * radix, 5 * half * half, links, 2 * links);
    }

    /**
     * Returns a Slim Fly (Besta and Hoefler, SC 2014) of {@code 2 q^2} switches with {@code (3 q - d) / 2} ports between them, where
     * {@code q = 4 w + d} and d is -1, 0 or 1, and half as many endpoints each, rounded up.
     */
    public static NetworkBill slimFly(int q) {
        if (q < 3 || q % 4 == 2) {
            throw new IllegalArgumentException("q (" + q + ") must be 4w - 1, 4w or 4w + 1, and at least 3");
        }
        int d = q % 4 == 3 ? -1 : q % 4;
        long degree = (3L * q - d) / 2;
        long switches = 2L * q * q;
        long links = switches * degree / 2;
        return new NetworkBill(switches * ((degree + 1) / 2), switches, links, 2 * links);
    }

    /**
     * Returns a dragonfly (Kim et al., ISCA 2008): groups of switches that are all connected, with every global port in use.
     *
     * @param perGroup switches in a group
     * @param endpointsEach endpoints of a switch
     * @param globalEach cables of a switch to other groups
     * @param groups groups, at most {@code perGroup * globalEach + 1}
     */
    public static NetworkBill dragonfly(int perGroup, int endpointsEach, int globalEach, int groups) {
        if (groups < 1 || groups > (long) perGroup * globalEach + 1) {
            throw new IllegalArgumentException("groups (" + groups + ") must be from 1 to "
                    + ((long) perGroup * globalEach + 1) + ", one more than a group's global cables");
        }
        long switches = (long) perGroup * groups;
        long global = switches * globalEach / 2;
        long links = switches * (perGroup - 1) / 2 + global;
        return new NetworkBill(switches * endpointsEach, switches, links, 2 * global);
    }

    /** Returns {@code count} such networks beside each other (multi-plane), each with endpoints of its own. */
    public NetworkBill planes(int count) {
        return new NetworkBill(endpoints * count, switches * count, links * count, optics * count);
    }

    /** Returns what it costs to buy. */
    public double usd(Prices prices) {
        return endpoints * prices.usdPerEndpoint
                + switches * prices.usdPerSwitch
                + links * prices.usdPerLink
                + optics * prices.usdPerOptic;
    }

    private static long half(int radix) {
        if (radix < 2 || radix % 2 != 0) {
            throw new IllegalArgumentException("radix (" + radix + ") must be even and at least 2");
        }
        return radix / 2;
    }

    /**
     * What the parts cost.
     *
     * @param usdPerEndpoint a network card
     * @param usdPerSwitch a switch
     * @param usdPerLink a cable between switches
     * @param usdPerOptic a transceiver
     */
    public record Prices(double usdPerEndpoint, double usdPerSwitch, double usdPerLink, double usdPerOptic) {
        /** @throws IllegalArgumentException if a price is negative, infinite or not a number */
        public Prices {
            Check.notNegative("usdPerEndpoint", usdPerEndpoint);
            Check.notNegative("usdPerSwitch", usdPerSwitch);
            Check.notNegative("usdPerLink", usdPerLink);
            Check.notNegative("usdPerOptic", usdPerOptic);
        }
    }
}
