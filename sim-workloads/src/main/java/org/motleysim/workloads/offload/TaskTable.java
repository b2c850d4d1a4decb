package org.motleysim.workloads.offload;

import java.util.Arrays;

/** The tasks that are under way: slots of parallel arrays, used again. */
final class TaskTable {
    static final int NONE = -1;

    /** Where a task is. */
    static final byte FREE = 0;

    static final byte UNDECIDED = 1;
    static final byte LOCAL = 2;
    /** Bytes on the radio, or waiting for it after a change of site. */
    static final byte UPLOAD = 3;

    static final byte WIRED_UP = 4;
    static final byte SERVED = 5;
    static final byte WIRED_DOWN = 6;
    static final byte DOWNLOAD = 7;

    int[] device = new int[16];
    int[] target = new int[16];
    byte[] stage = new byte[16];
    long[] bornNanos = new long[16];
    long[] stageNanos = new long[16];
    long[] uploadBytes = new long[16];
    long[] downloadBytes = new long[16];

    /** Its work over the mean of its application. */
    double[] scale = new double[16];

    /** Next in a queue of its device, or among free slots. */
    int[] next = new int[16];

    /** Of a transfer: neighbours among those of its device, its job on the medium, what it began with, and at which rates. */
    int[] flowNext = new int[16];

    int[] flowPrevious = new int[16];
    long[] job = new long[16];
    double[] bytesLeft = new double[16];
    double[] bytesPerSecond = new double[16];
    double[] wattsAtFullRate = new double[16];
    double[] virtualStart = new double[16];

    private int firstFree = NONE;
    private int used;
    private int living;

    int add() {
        int slot = firstFree;
        if (slot == NONE) {
            if (used == device.length) {
                grow();
            }
            slot = used++;
        } else {
            firstFree = next[slot];
        }
        living++;
        stage[slot] = UNDECIDED;
        next[slot] = NONE;
        return slot;
    }

    void remove(int slot) {
        stage[slot] = FREE;
        next[slot] = firstFree;
        firstFree = slot;
        living--;
    }

    /** Slots that were ever used; those whose stage is FREE are not. */
    int used() {
        return used;
    }

    int living() {
        return living;
    }

    private void grow() {
        int length = 2 * device.length;
        device = Arrays.copyOf(device, length);
        target = Arrays.copyOf(target, length);
        stage = Arrays.copyOf(stage, length);
        bornNanos = Arrays.copyOf(bornNanos, length);
        stageNanos = Arrays.copyOf(stageNanos, length);
        uploadBytes = Arrays.copyOf(uploadBytes, length);
        downloadBytes = Arrays.copyOf(downloadBytes, length);
        scale = Arrays.copyOf(scale, length);
        next = Arrays.copyOf(next, length);
        flowNext = Arrays.copyOf(flowNext, length);
        flowPrevious = Arrays.copyOf(flowPrevious, length);
        job = Arrays.copyOf(job, length);
        bytesLeft = Arrays.copyOf(bytesLeft, length);
        bytesPerSecond = Arrays.copyOf(bytesPerSecond, length);
        wattsAtFullRate = Arrays.copyOf(wattsAtFullRate, length);
        virtualStart = Arrays.copyOf(virtualStart, length);
    }
}
