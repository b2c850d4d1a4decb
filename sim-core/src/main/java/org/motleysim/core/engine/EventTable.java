package org.motleysim.core.engine;

import java.util.Arrays;

/**
 * The events themselves: one record of four adjacent words per slot in one {@code long[]}, no object per event.
 *
 * <pre>
 *   TIME      nanoseconds
 *   ORDER     priority (2 bits) and sequence (61 bits): decides among events of the same time, unique
 *   ARGUMENT  for the handler
 *   STATE     type of event (upper half: 0 free, negative cancelled) and link to another slot (lower half)
 * </pre>
 *
 * A record is half a cache line, so whatever is asked of an event costs one miss. The link chains the events of a bucket
 * of the {@link Ladder}, and the free slots: a slot that falls free is the next to be taken, while it is still in the
 * cache. Slot 0 is never used; as a link it means "none".
 *
 * <p>A handle is the slot and the low 38 bits of the sequence. Sequences are not used twice, so a handle goes stale the
 * moment its event has run or was cancelled, however often the slot is taken again (until the 38 bits come round after
 * 2.7e11 events).
 *
 * <p>The first slots are kept for the events that come from the {@link ShortList}. Their handles were given when they
 * had no slot, or another one, so those few are also looked for by their sequence.
 *
 * <p>A cancelled event keeps its place in whatever structure it waits in, and its slot, until it is met there: see
 * {@link PendingEvents}, which bounds their number.
 *
 * <p>The array grows by doubling while it is small. From 8 MiB on it grows by a sixteenth, which keeps the memory of a
 * large pending set within 34 bytes per event, at a price of sixteen moves per slot over its life.
 */
final class EventTable {

    static final int TIME = 0;
    static final int ORDER = 1;
    static final int ARGUMENT = 2;
    static final int STATE = 3;

    private static final int RECORD_SHIFT = 2;
    private static final int SLOT_BITS = 26;
    private static final int MAX_SLOTS = 1 << SLOT_BITS;
    private static final int CAREFUL_GROWTH_FROM = 1 << 18;
    private static final long LINK_MASK = 0xFFFF_FFFFL;
    private static final int CANCELLED = -1;

    /** The slot in the handles of events that have none; it is one of those searched. */
    static final int NO_SLOT = 1;

    /** The first slot that is not kept for events from the short list. */
    private static final int FIRST = ShortList.ROOM + 1;

    /** The records; replaced when the table grows. */
    private long[] words = new long[32 << RECORD_SHIFT];

    private int firstFree;
    private int end = FIRST;
    private int live;
    private int cancelled;

    static int base(int slot) {
        return slot << RECORD_SHIFT;
    }

    /** Stores an event and returns its slot. */
    int add(long time, long order, int type, long argument) {
        int slot = firstFree;
        if (slot == 0) {
            slot = fresh();
        } else {
            firstFree = link(slot);
        }
        int base = base(slot);
        long[] words = this.words;
        words[base + TIME] = time;
        words[base + ORDER] = order;
        words[base + ARGUMENT] = argument;
        words[base + STATE] = state(type);
        live++;
        return slot;
    }

    /** Takes all events of the short list into the slots kept for them; it is full. */
    void addAll(ShortList handful) {
        System.arraycopy(handful.words, base(1), words, base(1), base(ShortList.ROOM));
        live = ShortList.ROOM;
    }

    /** Moves an event to a position of the short list. */
    void moveTo(ShortList handful, int position, int slot) {
        System.arraycopy(words, base(slot), handful.words, base(position), base(1));
        free(slot);
    }

    /** Forgets the slots, which are all free. */
    void reset() {
        firstFree = 0;
        end = FIRST;
    }

    private int fresh() {
        if (base(end) == words.length) {
            words = Arrays.copyOf(words, base(grown(end)));
        }
        return end++;
    }

    private static int grown(int slots) {
        if (slots == MAX_SLOTS) {
            throw new IllegalStateException("pending events (" + slots + ") must stay below " + MAX_SLOTS + ".\n"
                    + "Maybe arrivals are scheduled all at once? Let each arrival schedule the next.");
        }
        return slots < CAREFUL_GROWTH_FROM ? 2 * slots : Math.min(slots + slots / 16, MAX_SLOTS);
    }

    /** Gives back the slot of an event that was taken out to run. */
    void free(int slot) {
        words[base(slot) + STATE] = firstFree;
        firstFree = slot;
        live--;
    }

    /** Gives back the slot of a cancelled event that was met in the structure it waited in. */
    void freeCancelled(int slot) {
        words[base(slot) + STATE] = firstFree;
        firstFree = slot;
        cancelled--;
    }

    /** Marks a pending event as cancelled; whoever meets it frees its slot. */
    void cancel(int slot) {
        words[base(slot) + STATE] = ((long) CANCELLED << 32) | link(slot);
        live--;
        cancelled++;
    }

    long time(int slot) {
        return words[base(slot) + TIME];
    }

    long order(int slot) {
        return words[base(slot) + ORDER];
    }

    long argument(int slot) {
        return words[base(slot) + ARGUMENT];
    }

    /** Returns the type of event: 0 if the slot is free, negative if the event was cancelled. */
    int type(int slot) {
        return typeOf(words[base(slot) + STATE]);
    }

    static long state(int type) {
        return (long) type << 32;
    }

    static int typeOf(long state) {
        return (int) (state >> 32);
    }

    int link(int slot) {
        return (int) words[base(slot) + STATE];
    }

    void link(int slot, int next) {
        int at = base(slot) + STATE;
        words[at] = (words[at] & ~LINK_MASK) | next;
    }

    boolean isCancelled(int slot) {
        return words[base(slot) + STATE] < 0;
    }

    /** Returns whether the first comes before the second, which has the same time. */
    boolean precedes(int slot, int other) {
        return order(slot) < order(other);
    }

    static long handle(long order, int slot) {
        return (order << SLOT_BITS) | slot;
    }

    /** Returns whether a handle was given for an event with the sequence of this order. */
    static boolean hasSequence(long order, long handle) {
        return ((order << SLOT_BITS) ^ handle) >>> SLOT_BITS == 0;
    }

    /** Returns the slot of a pending event, or 0 if the handle is stale or none. */
    int find(long handle) {
        int slot = (int) handle & (MAX_SLOTS - 1);
        if (slot < end && type(slot) > 0 && hasSequence(order(slot), handle)) {
            return slot;
        }
        slot = FIRST - 1;
        while (slot > 0 && !(type(slot) > 0 && hasSequence(order(slot), handle))) {
            slot--;
        }
        return slot;
    }

    /** One past the last slot ever used. */
    int end() {
        return end;
    }

    int live() {
        return live;
    }

    int cancelled() {
        return cancelled;
    }

    long retainedBytes() {
        return 8L * words.length;
    }
}
