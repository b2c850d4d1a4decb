package org.motleysim.workloads.llm;

import java.util.Arrays;

/**
 * The requests between arrival and end, one slot each, in columns of primitives. A slot is handed out again when its request has ended,
 * so that memory follows the number in flight and not the length of the run.
 */
final class LiveRequests {
    long[] id = {};
    long[] arrivalNanos = {};
    int[] promptTokens = {};
    int[] outputTokens = {};
    int[] replica = {};
    /** Output tokens produced before the last preemption, which is what must be computed again beside the prompt. */
    int[] produced = {};

    int[] preemptions = {};
    /** How often it lost its replica. */
    int[] retries = {};

    long[] firstScheduledNanos = {};
    long[] firstTokenNanos = {};
    long[] lastTokenNanos = {};
    double[] joules = {};
    double[] usd = {};

    /** Free slots, a stack; a slot in use is marked in {@link #live}. */
    private int[] free = {};

    private boolean[] live = {};
    private int freeCount;
    private int count;

    /** Gives a slot to a request that has just arrived. */
    int add(long number, long nanos, int prompt, int output) {
        if (freeCount == 0) {
            grow();
        }
        int slot = free[--freeCount];
        live[slot] = true;
        count++;
        id[slot] = number;
        arrivalNanos[slot] = nanos;
        promptTokens[slot] = prompt;
        outputTokens[slot] = output;
        replica[slot] = -1;
        produced[slot] = 0;
        preemptions[slot] = 0;
        retries[slot] = 0;
        firstScheduledNanos[slot] = RequestLog.ABSENT;
        firstTokenNanos[slot] = RequestLog.ABSENT;
        lastTokenNanos[slot] = RequestLog.ABSENT;
        joules[slot] = 0;
        usd[slot] = 0;
        return slot;
    }

    /** Takes the slot back. */
    void remove(int slot) {
        if (!live[slot]) {
            throw new IllegalStateException("request slot " + slot + " ended twice");
        }
        live[slot] = false;
        free[freeCount++] = slot;
        count--;
    }

    /** Whether a request is in {@code slot}. */
    boolean isLive(int slot) {
        return live[slot];
    }

    /** Requests in flight. */
    int count() {
        return count;
    }

    /** Slots, in use or not. */
    int slots() {
        return live.length;
    }

    /** Tokens to compute before the request in {@code slot} can decode: its prompt, and the output it had before a preemption. */
    int prefillTokens(int slot) {
        return promptTokens[slot] + produced[slot];
    }

    private void grow() {
        int old = live.length;
        int length = Math.max(256, old * 2);
        id = Arrays.copyOf(id, length);
        arrivalNanos = Arrays.copyOf(arrivalNanos, length);
        promptTokens = Arrays.copyOf(promptTokens, length);
        outputTokens = Arrays.copyOf(outputTokens, length);
        replica = Arrays.copyOf(replica, length);
        produced = Arrays.copyOf(produced, length);
        preemptions = Arrays.copyOf(preemptions, length);
        retries = Arrays.copyOf(retries, length);
        firstScheduledNanos = Arrays.copyOf(firstScheduledNanos, length);
        firstTokenNanos = Arrays.copyOf(firstTokenNanos, length);
        lastTokenNanos = Arrays.copyOf(lastTokenNanos, length);
        joules = Arrays.copyOf(joules, length);
        usd = Arrays.copyOf(usd, length);
        live = Arrays.copyOf(live, length);
        free = Arrays.copyOf(free, length);
        for (int slot = length - 1; slot >= old; slot--) {
            free[freeCount++] = slot;
        }
    }
}
