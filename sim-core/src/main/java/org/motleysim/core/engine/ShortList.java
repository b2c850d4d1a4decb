package org.motleysim.core.engine;

/**
 * A handful of events in their order, the first one last: so few that moving them beats any structure.
 *
 * <p>The records lie here as they do in the {@link EventTable}, and move as a whole; an event has no slot as long as it
 * waits here, and its handle is looked for by its sequence. So nothing stands between taking the first event and
 * running it but a load from an address that is known long before.
 *
 * <p><b>No branch.</b> With two events pending, a queue with one server say, whether the new event comes before the
 * other is a coin toss, and a mispredicted branch costs as much as all the rest. {@link #add} therefore exchanges the
 * two by masks. From three on the loop of an insertion sort is as fast as a row of such exchanges. (Both are in one method
 * because the compiler leaves one of this size out of line, once, rather than copy it to each place that schedules:
 * measured, a fifth faster.)
 */
final class ShortList {

    /** Events that it holds. */
    static final int ROOM = 16;

    private static final int RECORD = EventTable.base(1);

    /** Records of positions 1 to {@link #size}; nothing is at 0, which means "none" elsewhere. */
    final long[] words = new long[EventTable.base(ROOM + 1)];

    private int size;

    /** {@link #ROOM}, or 0 as long as the events are elsewhere. */
    private int room = ROOM;

    /** Returns whether all events are here; none are, otherwise. */
    boolean isInUse() {
        return room != 0;
    }

    /** Returns whether it is in use and not full. */
    boolean hasRoom() {
        return size < room;
    }

    /** Returns whether there is an event, and the first one's time has come. */
    boolean isDue(long limit) {
        return size > 0 && words[EventTable.base(size)] <= limit;
    }

    int size() {
        return size;
    }

    /** Begins to be used, with so many records that the caller writes. */
    void open(int count) {
        size = count;
        room = ROOM;
    }

    /** Ends to be used; the caller has taken the records. */
    void close() {
        size = 0;
        room = 0;
    }

    /** Adds an event; to be called when it {@link #hasRoom}. */
    void add(long time, long order, int type, long argument) {
        long[] words = this.words;
        long state = EventTable.state(type);
        int end = EventTable.base(++size);
        if (end == 2 * RECORD) {
            long otherTime = words[RECORD + EventTable.TIME];
            long otherOrder = words[RECORD + EventTable.ORDER];
            // All ones if the other is first: both differences are of numbers that are not negative.
            long mask = (otherTime == time ? otherOrder - order : otherTime - time) >> 63;
            long change = (otherTime ^ time) & mask;
            words[RECORD + EventTable.TIME] = otherTime ^ change;
            words[2 * RECORD + EventTable.TIME] = time ^ change;
            change = (otherOrder ^ order) & mask;
            words[RECORD + EventTable.ORDER] = otherOrder ^ change;
            words[2 * RECORD + EventTable.ORDER] = order ^ change;
            long other = words[RECORD + EventTable.ARGUMENT];
            change = (other ^ argument) & mask;
            words[RECORD + EventTable.ARGUMENT] = other ^ change;
            words[2 * RECORD + EventTable.ARGUMENT] = argument ^ change;
            other = words[RECORD + EventTable.STATE];
            change = (other ^ state) & mask;
            words[RECORD + EventTable.STATE] = other ^ change;
            words[2 * RECORD + EventTable.STATE] = state ^ change;
            return;
        }
        int at = end;
        while (at > RECORD && isBefore(words, at - RECORD, time, order)) {
            at -= RECORD;
            words[at + RECORD + EventTable.TIME] = words[at + EventTable.TIME];
            words[at + RECORD + EventTable.ORDER] = words[at + EventTable.ORDER];
            words[at + RECORD + EventTable.ARGUMENT] = words[at + EventTable.ARGUMENT];
            words[at + RECORD + EventTable.STATE] = words[at + EventTable.STATE];
        }
        words[at + EventTable.TIME] = time;
        words[at + EventTable.ORDER] = order;
        words[at + EventTable.ARGUMENT] = argument;
        words[at + EventTable.STATE] = state;
    }

    private static boolean isBefore(long[] words, int at, long time, long order) {
        long other = words[at + EventTable.TIME];
        return other < time || (other == time && words[at + EventTable.ORDER] < order);
    }

    /**
     * Takes out the first event, if there is one, and returns its position. Its record stays readable until the next
     * event is added.
     */
    int removeFirst() {
        return size--;
    }

    /** Takes out the event at a position. */
    void remove(int position) {
        int after = EventTable.base(position + 1);
        System.arraycopy(words, after, words, after - RECORD, EventTable.base(size + 1) - after);
        size--;
    }

    /** Returns the position of the event with a handle, or 0. */
    int find(long handle) {
        int position = size;
        while (position > 0 && !EventTable.hasSequence(order(position), handle)) {
            position--;
        }
        return position;
    }

    long time(int position) {
        return words[EventTable.base(position) + EventTable.TIME];
    }

    long order(int position) {
        return words[EventTable.base(position) + EventTable.ORDER];
    }

    long argument(int position) {
        return words[EventTable.base(position) + EventTable.ARGUMENT];
    }

    int type(int position) {
        return EventTable.typeOf(words[EventTable.base(position) + EventTable.STATE]);
    }

    long retainedBytes() {
        return 8L * words.length;
    }
}
