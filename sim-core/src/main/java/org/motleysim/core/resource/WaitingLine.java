package org.motleysim.core.resource;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventType;

/** First come, first served: a ring of customers in parallel arrays. */
final class WaitingLine {
    private @Nullable EventType[] types = new @Nullable EventType[8];
    private long[] arguments = new long[8];
    private long[] demands = new long[8];
    private int head;
    private int size;

    int size() {
        return size;
    }

    void add(EventType type, long argument, long demand) {
        if (size == types.length) {
            grow();
        }
        int tail = (head + size++) & (types.length - 1);
        types[tail] = type;
        arguments[tail] = argument;
        demands[tail] = demand;
    }

    EventType firstType() {
        EventType type = types[head];
        if (size == 0 || type == null) {
            throw new IllegalStateException("nobody waits");
        }
        return type;
    }

    long firstArgument() {
        return arguments[head];
    }

    long firstDemand() {
        return demands[head];
    }

    void removeFirst() {
        types[head] = null;
        head = (head + 1) & (types.length - 1);
        size--;
    }

    /** Doubles the ring, which stays a power of two long, and turns it so that the head is at zero. */
    private void grow() {
        int length = types.length;
        int wrapped = head;
        @Nullable EventType[] newTypes = Arrays.copyOfRange(types, head, head + 2 * length);
        long[] newArguments = Arrays.copyOfRange(arguments, head, head + 2 * length);
        long[] newDemands = Arrays.copyOfRange(demands, head, head + 2 * length);
        System.arraycopy(types, 0, newTypes, length - wrapped, wrapped);
        System.arraycopy(arguments, 0, newArguments, length - wrapped, wrapped);
        System.arraycopy(demands, 0, newDemands, length - wrapped, wrapped);
        types = newTypes;
        arguments = newArguments;
        demands = newDemands;
        head = 0;
    }
}
