package org.motleysim.hardware.network;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;

/** The transfers under way in a network, in reused slots, and the count of their bytes. For those who write a {@link Network}. */
public final class Transfers {
    private static final int NONE = -1;

    private final Simulation simulation;
    private final int endpoints;
    private int[] from = new int[16];
    private int[] to = new int[16];
    private long[] bytes = new long[16];
    private @Nullable EventType[] done = new EventType[16];
    private long[] argument = new long[16];
    private int slots;
    private int freeSlot = NONE; // head of the list of free slots, linked through from[]
    private long bytesSent;
    private long bytesDelivered;

    /** Counts transfers between endpoints numbered from 0. */
    public Transfers(Simulation simulation, int endpoints) {
        if (endpoints < 0) {
            throw new IllegalArgumentException("endpoints (" + endpoints + ") must be zero or more");
        }
        this.simulation = simulation;
        this.endpoints = endpoints;
    }

    /**
     * Notes a transfer and returns its slot.
     *
     * @throws IllegalArgumentException if an endpoint does not exist or the size is negative
     */
    public int open(int sender, int receiver, long size, EventType whenDone, long withArgument) {
        checkEndpoint("from", sender);
        checkEndpoint("to", receiver);
        if (size < 0) {
            throw new IllegalArgumentException("bytes (" + size + ") must be zero or more");
        }
        int slot = takeSlot();
        from[slot] = sender;
        to[slot] = receiver;
        bytes[slot] = size;
        done[slot] = whenDone;
        argument[slot] = withArgument;
        bytesSent = Math.addExact(bytesSent, size);
        return slot;
    }

    /** Ends a transfer: counts its bytes and tells the receiver at this very time. */
    public void deliver(int slot) {
        EventType whenDone = done[slot];
        if (whenDone == null) {
            throw new IllegalStateException("transfer " + slot + " has been delivered already");
        }
        bytesDelivered += bytes[slot];
        done[slot] = null;
        from[slot] = freeSlot;
        freeSlot = slot;
        simulation.schedule(0, whenDone, argument[slot]);
    }

    /** Returns the sender. */
    public int from(int slot) {
        return from[slot];
    }

    /** Returns the receiver. */
    public int to(int slot) {
        return to[slot];
    }

    /** Returns the size. */
    public long bytes(int slot) {
        return bytes[slot];
    }

    /** Returns the number of endpoints. */
    public int endpoints() {
        return endpoints;
    }

    /** Returns the bytes of all transfers noted so far. */
    public long bytesSent() {
        return bytesSent;
    }

    /** Returns the bytes of all transfers that have ended. */
    public long bytesDelivered() {
        return bytesDelivered;
    }

    private int takeSlot() {
        if (freeSlot != NONE) {
            int slot = freeSlot;
            freeSlot = from[slot];
            return slot;
        }
        if (slots == from.length) {
            int larger = slots * 2;
            from = Arrays.copyOf(from, larger);
            to = Arrays.copyOf(to, larger);
            bytes = Arrays.copyOf(bytes, larger);
            done = Arrays.copyOf(done, larger);
            argument = Arrays.copyOf(argument, larger);
        }
        return slots++;
    }

    private void checkEndpoint(String name, int endpoint) {
        if (endpoint < 0 || endpoint >= endpoints) {
            throw new IllegalArgumentException(
                    name + " (" + endpoint + ") must be an endpoint from 0 to " + (endpoints - 1));
        }
    }
}
