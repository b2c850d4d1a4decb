package org.motleysim.hardware.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventType;

/** The movements that were asked for and have not arrived, in reused slots. */
final class Movements {
    private static final int NONE = -1;

    int[] route = new int[16];
    long[] bytes = new long[16];
    /** Bytes on the way: those asked for, rounded up. */
    long[] carried = new long[16];
    /** Queues passed so far, 0 to 2. */
    int[] stage = new int[16];
    /** What has to end before it has arrived: its bytes, the operations of either tier. */
    int[] parts = new int[16];
    /** Its flow, while bytes flow; -1 otherwise. */
    int[] flow = new int[16];
    /** Whether all of its bytes have flowed. */
    boolean[] flowed = new boolean[16];

    private @Nullable EventType[] done = new EventType[16];
    private long[] argument = new long[16];
    private int slots;
    private int freeSlot = NONE; // head of the list of free slots, linked through route[]

    int open(int onRoute, long size, long rounded, EventType whenDone, long withArgument) {
        int slot = takeSlot();
        route[slot] = onRoute;
        bytes[slot] = size;
        carried[slot] = rounded;
        stage[slot] = 0;
        parts[slot] = 0;
        flow[slot] = NONE;
        flowed[slot] = false;
        done[slot] = whenDone;
        argument[slot] = withArgument;
        return slot;
    }

    /** Frees the slot; read what is needed of it before. */
    void close(int slot) {
        done[slot] = null;
        route[slot] = freeSlot;
        freeSlot = slot;
    }

    int slots() {
        return slots;
    }

    boolean isOpen(int slot) {
        return done[slot] != null;
    }

    EventType done(int slot) {
        EventType type = done[slot];
        if (type == null) {
            throw new IllegalStateException("movement " + slot + " has arrived already");
        }
        return type;
    }

    long argument(int slot) {
        return argument[slot];
    }

    private int takeSlot() {
        if (freeSlot != NONE) {
            int slot = freeSlot;
            freeSlot = route[slot];
            return slot;
        }
        if (slots == route.length) {
            int larger = slots * 2;
            route = Arrays.copyOf(route, larger);
            bytes = Arrays.copyOf(bytes, larger);
            carried = Arrays.copyOf(carried, larger);
            stage = Arrays.copyOf(stage, larger);
            parts = Arrays.copyOf(parts, larger);
            flow = Arrays.copyOf(flow, larger);
            flowed = Arrays.copyOf(flowed, larger);
            done = Arrays.copyOf(done, larger);
            argument = Arrays.copyOf(argument, larger);
        }
        return slots++;
    }
}
