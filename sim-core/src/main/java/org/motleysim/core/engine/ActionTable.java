package org.motleysim.core.engine;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The actions of the events that were scheduled as a {@link Runnable}. Such an event keeps the index of its entry here
 * as its argument, so that only those who use actions pay for them: two references, and nothing is allocated.
 */
final class ActionTable {

    /** Action and label of entry {@code i} at {@code 2i} and {@code 2i + 1}. */
    private @Nullable Object[] entries = new @Nullable Object[0];

    /** Free entries, as a stack. */
    private int[] free = new int[0];

    private int freeCount;

    int add(String label, Runnable action) {
        if (freeCount == 0) {
            grow();
        }
        int entry = free[--freeCount];
        entries[2 * entry] = action;
        entries[2 * entry + 1] = label;
        return entry;
    }

    Runnable action(int entry) {
        return (Runnable) Objects.requireNonNull(entries[2 * entry]);
    }

    String label(int entry) {
        return (String) Objects.requireNonNull(entries[2 * entry + 1]);
    }

    void remove(int entry) {
        entries[2 * entry] = null;
        entries[2 * entry + 1] = null;
        free[freeCount++] = entry;
    }

    private void grow() {
        int old = free.length;
        int size = old + Math.max(16, old / 2);
        entries = Arrays.copyOf(entries, 2 * size);
        free = new int[size];
        for (int entry = size - 1; entry >= old; entry--) {
            free[freeCount++] = entry;
        }
    }

    long retainedBytes() {
        // References are counted as compressed, which they are in heaps below 32 GiB.
        return 4L * entries.length + 4L * free.length;
    }
}
