package org.motleysim.hardware.collective;

import java.util.Arrays;

/**
 * What one rank does in one step: transfers out, transfers in, and what it adds up when all have come. Filled by a {@link
 * CollectiveSchedule}, read by who runs it, and used again for the next step.
 *
 * <p>A schedule that is part of a larger one speaks of its own ranks; {@link #enter} maps them to those of the larger one.
 */
public final class Step {
    private int sends;
    private int[] to = new int[4];
    private long[] bytes = new long[4];
    private int receives;
    private long reduced;
    private int base;
    private int stride = 1;

    /** Forgets everything. */
    void clear() {
        sends = 0;
        receives = 0;
        reduced = 0;
        base = 0;
        stride = 1;
    }

    /** Sends bytes to a rank, which must {@link #receive} in its step of the same number. */
    public void send(int rank, long size) {
        if (sends == to.length) {
            to = Arrays.copyOf(to, 2 * sends);
            bytes = Arrays.copyOf(bytes, 2 * sends);
        }
        to[sends] = base + stride * rank;
        bytes[sends++] = size;
    }

    /** Expects so many transfers of this step. */
    public void receive(int count) {
        receives += count;
    }

    /** Adds up so many received bytes before the next step. */
    public void reduce(long size) {
        reduced += size;
    }

    /** From here on, rank r of who fills this step is rank {@code base + stride x r} of who asked; nested calls combine. */
    void enter(int innerBase, int innerStride) {
        base += stride * innerBase;
        stride *= innerStride;
    }

    /** Returns how many transfers go out. */
    public int sends() {
        return sends;
    }

    /** Returns the receiver of a transfer. */
    public int to(int send) {
        return to[send];
    }

    /** Returns the bytes of a transfer. */
    public long bytes(int send) {
        return bytes[send];
    }

    /** Returns how many transfers come in. */
    public int receives() {
        return receives;
    }

    /** Returns the bytes to add up. */
    public long reduced() {
        return reduced;
    }

    /** One of so many equal parts, rounded up: libraries pad. */
    static long part(long bytes, long parts) {
        return (bytes + parts - 1) / parts;
    }
}
