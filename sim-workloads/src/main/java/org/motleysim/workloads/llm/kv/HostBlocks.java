package org.motleysim.workloads.llm.kv;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Blocks that a lower memory tier keeps, by their names; of those, the one that was put or used longest ago goes first. Touched once for each
 * block that is evicted or fetched, never by the token.
 */
public final class HostBlocks {
    private final long capacity;
    private final Set<Long> names = new LinkedHashSet<>();

    /** Makes room for so many blocks, at least 1. */
    public HostBlocks(long capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity (" + capacity + ") must be at least 1 block");
        }
        this.capacity = capacity;
    }

    /** Whether a block is here. */
    public boolean has(long name) {
        return names.contains(name);
    }

    /** Puts a block here, or notes that it was used; returns whether it was new. */
    public boolean put(long name) {
        boolean isNew = !names.remove(name);
        names.add(name);
        if (names.size() > capacity) {
            Iterator<Long> oldest = names.iterator();
            oldest.next();
            oldest.remove();
        }
        return isNew;
    }

    /** Blocks that are here. */
    public int size() {
        return names.size();
    }

    /** Forgets all of them. */
    public void clear() {
        names.clear();
    }
}
