package org.motleysim.workloads.llm;

import java.util.Arrays;
import org.motleysim.workloads.llm.kv.Contents;
import org.motleysim.workloads.llm.kv.KvCache;
import org.motleysim.workloads.llm.request.PromptStreams;

/**
 * The requests between arrival and end, one slot each, in columns of primitives. A slot is handed out again when its request has ended,
 * so that memory follows the number in flight and not the length of the run.
 */
final class LiveRequests implements Contents {
    /** The slot of a request that is only being looked at: what arrives, before it is let in. */
    static final int INCOMING = -1;

    long[] id = {};
    long[] arrivalNanos = {};
    int[] promptTokens = {};
    int[] outputTokens = {};
    int[] replica = {};
    /** Output tokens produced before the last preemption, which is what must be computed again beside the prompt. */
    int[] produced = {};

    /** What its prompt begins with, as {@link Traffic#stream} knows it, and for how many tokens. */
    private long[] source = {};

    private int[] sharedTokens = {};
    /** The stream of all its other tokens. */
    private long[] ownStream = {};

    /** Which traffic brought it, and what it belongs to there. */
    int[] traffic = {};

    int[] session = {};
    int[] step = {};

    /** Its entry among those handed over; -1 when it is not. */
    int[] handoff = {};

    /** While it is: its blocks and tokens where its prompt was computed, and its blocks where it will decode. */
    int[] parkedHandle = {};

    int[] parkedTokens = {};
    int[] roomHandle = {};

    /** Tokens that were found in a prefix cache and not computed. */
    int[] cachedTokens = {};

    /** Tokens whose keys and values are in the memory of the host since it was preempted. */
    int[] hostTokens = {};

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

    /** What brings the requests of this run, by its index. */
    private Traffic[] traffics = {};

    private Arriving incoming = new Arriving();
    private int incomingTraffic;

    /** The slot of the request that is being routed. */
    int routing = INCOMING;

    /** Says what brings requests. */
    void from(Traffic[] all) {
        traffics = all;
    }

    /** A request arrives; it is asked about until the next one does. */
    void incoming(Traffic from, Arriving request) {
        incoming = request;
        incomingTraffic = from.index();
        routing = INCOMING;
    }

    @Override
    public long stream(int request, int token) {
        if (request == INCOMING) {
            return token < incoming.sharedTokens
                    ? traffics[incomingTraffic].stream(incoming.source, token)
                    : own(incoming.id());
        }
        return token < sharedTokens[request]
                ? traffics[traffic[request]].stream(source[request], token)
                : ownStream[request];
    }

    private long own(long number) {
        return incoming.ownStream >= 0 ? incoming.ownStream : PromptStreams.alone(number);
    }

    /** Gives a slot to the request that has just arrived, see {@link #incoming}. */
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
        traffic[slot] = incomingTraffic;
        source[slot] = incoming.source;
        sharedTokens[slot] = incoming.sharedTokens;
        ownStream[slot] = own(number);
        session[slot] = incoming.session;
        step[slot] = incoming.step;
        handoff[slot] = -1;
        parkedHandle[slot] = KvCache.NONE;
        parkedTokens[slot] = 0;
        roomHandle[slot] = KvCache.NONE;
        cachedTokens[slot] = 0;
        hostTokens[slot] = 0;
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
        source = Arrays.copyOf(source, length);
        sharedTokens = Arrays.copyOf(sharedTokens, length);
        ownStream = Arrays.copyOf(ownStream, length);
        traffic = Arrays.copyOf(traffic, length);
        session = Arrays.copyOf(session, length);
        step = Arrays.copyOf(step, length);
        handoff = Arrays.copyOf(handoff, length);
        parkedHandle = Arrays.copyOf(parkedHandle, length);
        parkedTokens = Arrays.copyOf(parkedTokens, length);
        roomHandle = Arrays.copyOf(roomHandle, length);
        cachedTokens = Arrays.copyOf(cachedTokens, length);
        hostTokens = Arrays.copyOf(hostTokens, length);
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
