package org.motleysim.workloads.llm;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.BatchPlan;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.kv.KvCache;
import org.motleysim.workloads.llm.step.Iteration;

/**
 * The running sequences of one replica, the plan of its next iteration, and what the iteration does to them.
 *
 * <p>This is the hot loop of serving: it runs once per token. Sequences are dense in columns of primitives, in the order in which they
 * were let in; an iteration is two passes over the columns, one by the policy that plans and one in {@link #complete}, without
 * allocation. While it plans it keeps the few sums by which an iteration is priced ({@link Iteration}), so that pricing does not depend on
 * how many sequences are in it. Finished sequences are squeezed out in the same pass that finds them.
 */
final class RunningBatch implements BatchPlan {
    /** Learns what comes out of an iteration. */
    interface Outcome {
        /** The first output token of the request in {@code slot}. */
        void firstToken(int slot, long nanos);

        /** {@code count} output tokens came {@code nanos} after the one before them. */
        void gap(long nanos, int count);

        /** The last output token of the request in {@code slot}; the request has left the batch. */
        void finished(int slot, long nanos);

        /** The prompt of the request in {@code slot} is computed, and others decode it: it has left the batch, its blocks are parked. */
        default void prefilled(int slot) {
            throw new IllegalStateException("nobody takes over request " + slot);
        }
    }

    private final BatchLimits limits;
    private final int maxSequences;
    private final int maxTokens;
    private final int blockTokens;
    private final KvCache kv;
    private final LiveRequests live;
    private final RequestQueue waiting;

    private int size;
    private final int[] slot;
    private final int[] context;
    private final int[] prefillLeft;
    private final int[] outputLeft;
    private final int[] blocks;
    private final int[] handle;
    private final int[] planned;
    private final long[] lastToken;
    private final double[] joules;
    private final double[] usd;

    /** The plan as its cost sees it. */
    private final Iteration iteration;

    private int plannedTokens;

    /** Sequences let in since the plan began; they are the last ones. */
    private int newcomers;

    /** Where the keys and values of the preempted go. */
    private final SwapSpace swap;

    /** Whether others decode what is computed here. */
    private final boolean handsOver;

    /** Blocks of sequences that do not run here: not any more, or not yet. */
    private int[] parked = new int[16];

    private int parkedCount;

    /** With asynchronous scheduling: those of the queue who were there, and places that were not free, when this plan was made. */
    private int seenWaiting = Integer.MAX_VALUE;

    private int withheldPlaces;

    /** Sums over the life of the replica, for its books. */
    long preemptions;

    long recomputed;

    /** Tokens that were found in the cache when their sequence was let in, and so not computed. */
    long cached;

    /** Tokens that were to be computed here when the replica failed. */
    long displacedPrefill;

    /** Tokens to compute before all requests here can decode, in the queue and in the batch. */
    long prefillBacklog;

    RunningBatch(
            BatchLimits limits,
            KvCache kv,
            LiveRequests live,
            RequestQueue waiting,
            Iteration iteration,
            boolean handsOver,
            SwapSpace swap) {
        this.handsOver = handsOver;
        this.swap = swap;
        this.limits = limits;
        this.maxSequences = limits.maxSequences();
        this.maxTokens = limits.maxBatchedTokens();
        this.blockTokens = kv.blockTokens();
        this.kv = kv;
        this.live = live;
        this.waiting = waiting;
        this.iteration = iteration;
        this.slot = new int[maxSequences];
        this.context = new int[maxSequences];
        this.prefillLeft = new int[maxSequences];
        this.outputLeft = new int[maxSequences];
        this.blocks = new int[maxSequences];
        this.handle = new int[maxSequences];
        this.planned = new int[maxSequences];
        this.lastToken = new long[maxSequences];
        this.joules = new double[maxSequences];
        this.usd = new double[maxSequences];
    }

    /** Empties the plan; {@link #complete} has already cleared what was planned for each sequence. */
    void beginPlan() {
        plannedTokens = 0;
        newcomers = 0;
        iteration.clear();
    }

    /** Plans as if only the first {@code waiters} of the queue were there and {@code places} fewer places were free. */
    void plan(Batching policy, int waiters, int places) {
        beginPlan();
        seenWaiting = waiters;
        withheldPlaces = places;
        policy.plan(this);
        seenWaiting = Integer.MAX_VALUE;
        withheldPlaces = 0;
    }

    /** The slot of the request that is running sequence {@code index}. */
    int request(int index) {
        return slot[index];
    }

    /** What is planned, for its cost. */
    Iteration iteration() {
        return iteration;
    }

    /** Tokens planned for all sequences. */
    int plannedTokens() {
        return plannedTokens;
    }

    @Override
    public BatchLimits limits() {
        return limits;
    }

    @Override
    public int running() {
        return size;
    }

    @Override
    public int prefillLeft(int index) {
        return prefillLeft[index];
    }

    @Override
    public int context(int index) {
        return context[index];
    }

    @Override
    public int planned(int index) {
        return planned[index];
    }

    @Override
    public int waiting() {
        return Math.min(seenWaiting, waiting.size());
    }

    @Override
    public int nextPrefill() {
        if (waiting.size() == 0) {
            throw new IllegalStateException("nobody is waiting\nMaybe ask waiting() > 0 first.");
        }
        int first = waiting.first();
        int tokens = live.prefillTokens(first);
        return tokens - Math.max(kv.cachedTokens(first, tokens), live.hostTokens[first]);
    }

    @Override
    public int tokensLeft() {
        return Math.max(0, maxTokens - plannedTokens);
    }

    @Override
    public int sequencesLeft() {
        return Math.max(0, maxSequences - size - withheldPlaces);
    }

    @Override
    public boolean decode(int index) {
        if (prefillLeft[index] != 0 || planned[index] != 0 || plannedTokens >= maxTokens || index >= size) {
            throw refused(index, 1);
        }
        int after = context[index] + 1;
        if (after > blocks[index] * blockTokens) {
            if (!kv.grow(handle[index], 1, context[index])) {
                return false;
            }
            blocks[index]++;
        }
        planned[index] = 1;
        plannedTokens++;
        iteration.decode(after);
        return true;
    }

    @Override
    public boolean prefill(int index, int tokens) {
        if (tokens < 1
                || tokens > prefillLeft[index]
                || planned[index] != 0
                || index >= size
                || tokens > tokensLeft()) {
            throw refused(index, tokens);
        }
        int missing = kv.blocksFor(context[index] + tokens) - blocks[index];
        if (missing > 0) {
            if (!kv.grow(handle[index], missing, context[index])) {
                return false;
            }
            blocks[index] += missing;
        }
        planPrefill(index, tokens);
        return true;
    }

    @Override
    public boolean admit(int tokens) {
        return admit(tokens, 0, false);
    }

    @Override
    public boolean admitChunk(int tokens) {
        return admit(tokens, 0, true);
    }

    @Override
    public boolean admitReserved(int tokens) {
        nextPrefill(); // somebody must wait
        int first = waiting.first();
        // The last output token is never fed back, so its keys and values are never stored.
        return admit(tokens, live.outputTokens[first] - live.produced[first] - 1, false);
    }

    private boolean admit(int tokens, int reservedTokens, boolean chunkOnly) {
        int left = nextPrefill();
        boolean aloneAndWhole = plannedTokens == 0 && tokens == left;
        if (tokens < 1 || tokens > left || (tokens > tokensLeft() && !aloneAndWhole)) {
            throw new IllegalArgumentException(
                    "tokens (" + tokens + ") must be from 1 to " + Math.min(left, tokensLeft()));
        }
        if (size + withheldPlaces >= maxSequences) {
            throw new IllegalStateException(
                    "maxSequences (" + maxSequences + ") are running\nMaybe ask sequencesLeft() > 0 first.");
        }
        int request = waiting.first();
        int whole = live.prefillTokens(request);
        int found = whole - left;
        int taken = chunkOnly ? found + tokens : whole + reservedTokens;
        int blocksHandle = kv.admit(request, whole, taken);
        if (blocksHandle == KvCache.NONE) {
            return false;
        }
        waiting.removeFirst();
        cached += found;
        prefillBacklog -= found;
        if (live.hostTokens[request] > 0) {
            swap.moveIn(live.hostTokens[request]);
            live.hostTokens[request] = 0;
        } else {
            live.cachedTokens[request] += found;
        }
        newcomers++;
        int index = size++;
        slot[index] = request;
        context[index] = found;
        prefillLeft[index] = left;
        outputLeft[index] = live.outputTokens[request] - live.produced[request];
        handle[index] = blocksHandle;
        blocks[index] = kv.blocks(blocksHandle);
        lastToken[index] = live.lastTokenNanos[request];
        joules[index] = live.joules[request];
        usd[index] = live.usd[request];
        planPrefill(index, tokens);
        return true;
    }

    private void planPrefill(int index, int tokens) {
        planned[index] = tokens;
        plannedTokens += tokens;
        iteration.prefill(tokens, context[index], tokens == prefillLeft[index]);
        kv.computed(handle[index], context[index] + tokens);
    }

    /** Sums the plan up anew, after something was taken out of it; rare. */
    private void sumUpPlan() {
        iteration.clear();
        for (int i = 0; i < size; i++) {
            if (planned[i] > 0 && prefillLeft[i] > 0) {
                iteration.prefill(planned[i], context[i], planned[i] == prefillLeft[i]);
            } else if (planned[i] > 0) {
                iteration.decode(context[i] + 1);
            }
        }
    }

    @Override
    public void preemptLast() {
        if (size == 0) {
            throw new IllegalStateException("nobody is running, so nobody can be preempted");
        }
        int index = --size;
        newcomers = Math.max(0, newcomers - 1);
        if (planned[index] > 0) {
            kv.undone(handle[index], context[index]);
            plannedTokens -= planned[index];
            planned[index] = 0;
            sumUpPlan();
        }
        int request = slot[index];
        kv.release(handle[index]);
        int produced = live.outputTokens[request] - outputLeft[index];
        waiting.served(request, produced - live.produced[request]);
        live.produced[request] = produced;
        writeBack(index);
        live.preemptions[request]++;
        preemptions++;
        int again = live.prefillTokens(request) - prefillLeft[index];
        recomputed += again;
        prefillBacklog += again;
        if (swap.moveOut(context[index])) {
            live.hostTokens[request] = context[index];
        }
        waiting.addFirst(request);
    }

    /**
     * Loses everything, the keys and values and those who wait; tells of every request that was here, in order.
     *
     * @return tokens whose keys and values were lost
     */
    long loseAll(IntConsumer lost) {
        long tokens = 0;
        int running = size;
        size = 0;
        for (int i = 0; i < running; i++) {
            int request = slot[i];
            tokens += context[i];
            planned[i] = 0;
            kv.release(handle[i]);
            live.produced[request] = live.outputTokens[request] - outputLeft[i];
            writeBack(i);
            leave(request, prefillLeft[i], lost);
        }
        while (waiting.size() > 0) {
            int request = waiting.removeFirst();
            swap.drop(live.hostTokens[request]);
            live.hostTokens[request] = 0;
            leave(request, live.prefillTokens(request), lost);
        }
        kv.clear();
        return tokens;
    }

    private void leave(int request, int prefillTokens, IntConsumer lost) {
        displacedPrefill += prefillTokens;
        prefillBacklog -= prefillTokens;
        lost.accept(request);
    }

    /** Notes for every sequence that is planned for the first time that it is scheduled now. */
    void markScheduled(long nanos) {
        for (int i = size - newcomers; i < size; i++) {
            int request = slot[i];
            if (planned[i] > 0 && live.firstScheduledNanos[request] == RequestLog.ABSENT) {
                live.firstScheduledNanos[request] = nanos;
            }
        }
    }

    /**
     * Carries out the plan: moves every planned sequence on, tells what came out, and charges each with its share by tokens.
     *
     * @return output tokens produced
     */
    int complete(long start, long end, double joulesPerToken, double usdPerToken, Outcome outcome) {
        int kept = 0;
        int outputs = 0;
        int steady = 0;
        for (int i = 0; i < size; i++) {
            int tokens = planned[i];
            if (tokens != 0) {
                planned[i] = 0;
                context[i] += tokens;
                joules[i] += joulesPerToken * tokens;
                usd[i] += usdPerToken * tokens;
                int left = prefillLeft[i];
                if (left > tokens) {
                    prefillLeft[i] = left - tokens;
                } else {
                    prefillLeft[i] = 0;
                    outputs++;
                    long last = lastToken[i];
                    lastToken[i] = end;
                    if (last == start) {
                        steady++;
                    } else {
                        tellFirstOrLate(i, last, end, outcome);
                    }
                    if (--outputLeft[i] == 0) {
                        finish(i, end, outcome);
                        continue;
                    }
                    if (handsOver) {
                        handOver(i, outcome);
                        continue;
                    }
                }
            }
            if (kept != i) {
                move(i, kept);
            }
            kept++;
        }
        size = kept;
        prefillBacklog -= iteration.prefillTokens();
        if (steady > 0) {
            outcome.gap(end - start, steady);
        }
        return outputs;
    }

    /** Charges the planned sequences with what an unfinished iteration has used so far, when the run stops in the middle of one. */
    void settleUnfinished(double joulesPerToken, double usdPerToken) {
        for (int i = 0; i < size; i++) {
            joules[i] += joulesPerToken * planned[i];
            usd[i] += usdPerToken * planned[i];
            live.produced[slot[i]] = live.outputTokens[slot[i]] - outputLeft[i];
            writeBack(i);
        }
    }

    /** Blocks that the running sequences hold, counted one by one. */
    long blocksHeld() {
        int[] all = Arrays.copyOf(handle, size + parkedCount);
        System.arraycopy(parked, 0, all, size, parkedCount);
        return kv.held(all, all.length);
    }

    /** Tokens to compute before everybody here can decode, counted one by one. */
    long prefillStillLeft() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += prefillLeft[i];
        }
        for (int i = 0; i < waiting.size(); i++) {
            sum += live.prefillTokens(waiting.get(i));
        }
        return sum;
    }

    private void tellFirstOrLate(int index, long last, long end, Outcome outcome) {
        if (last == RequestLog.ABSENT) {
            live.firstTokenNanos[slot[index]] = end;
            outcome.firstToken(slot[index], end);
        } else {
            outcome.gap(end - last, 1);
        }
    }

    private void finish(int index, long end, Outcome outcome) {
        kv.computed(handle[index], context[index]);
        kv.release(handle[index]);
        int request = slot[index];
        waiting.served(request, live.outputTokens[request] - live.produced[request]);
        live.produced[request] = live.outputTokens[request];
        writeBack(index);
        outcome.finished(request, end);
    }

    private void handOver(int index, Outcome outcome) {
        int request = slot[index];
        int produced = live.outputTokens[request] - outputLeft[index];
        waiting.served(request, produced - live.produced[request]);
        live.produced[request] = produced;
        writeBack(index);
        kv.computed(handle[index], context[index]);
        live.parkedHandle[request] = handle[index];
        live.parkedTokens[request] = context[index];
        park(handle[index]);
        outcome.prefilled(request);
    }

    /** Lets a sequence in whose keys and values have come from elsewhere, into blocks that were parked for it. */
    void join(int request) {
        int index = size++;
        slot[index] = request;
        context[index] = live.parkedTokens[request];
        prefillLeft[index] = 0;
        outputLeft[index] = live.outputTokens[request] - live.produced[request];
        handle[index] = live.roomHandle[request];
        blocks[index] = kv.blocks(handle[index]);
        lastToken[index] = live.lastTokenNanos[request];
        joules[index] = live.joules[request];
        usd[index] = live.usd[request];
        live.roomHandle[request] = KvCache.NONE;
        unpark(handle[index]);
    }

    /** Holds blocks for a sequence that does not run here. */
    void park(int blocksHandle) {
        if (parkedCount == parked.length) {
            parked = Arrays.copyOf(parked, 2 * parkedCount);
        }
        parked[parkedCount++] = blocksHandle;
    }

    /** Does not hold them any more. */
    void unpark(int blocksHandle) {
        int place = 0;
        while (parked[place] != blocksHandle) {
            place++;
        }
        parked[place] = parked[--parkedCount];
    }

    /** Tells of every request whose prompt ends in the planned iteration and that wants more than the token which comes with it. */
    void eachEnding(Ending listener) {
        for (int i = 0; i < size; i++) {
            if (prefillLeft[i] > 0 && planned[i] == prefillLeft[i] && outputLeft[i] > 1) {
                listener.ends(slot[i], context[i] + planned[i]);
            }
        }
    }

    /** Learns of a prompt that ends. */
    interface Ending {
        /** The prompt of a request will have so many tokens in the cache. */
        void ends(int request, int tokens);
    }

    private void writeBack(int index) {
        int request = slot[index];
        live.lastTokenNanos[request] = lastToken[index];
        live.joules[request] = joules[index];
        live.usd[request] = usd[index];
    }

    private void move(int from, int to) {
        slot[to] = slot[from];
        context[to] = context[from];
        prefillLeft[to] = prefillLeft[from];
        outputLeft[to] = outputLeft[from];
        blocks[to] = blocks[from];
        handle[to] = handle[from];
        planned[to] = 0;
        lastToken[to] = lastToken[from];
        joules[to] = joules[from];
        usd[to] = usd[from];
    }

    private RuntimeException refused(int index, int tokens) {
        String what = "sequence " + index + " of " + size;
        if (index >= size) {
            return new IndexOutOfBoundsException(what);
        }
        return new IllegalStateException(
                what + " cannot be planned with " + tokens + " tokens: prefill left " + prefillLeft[index]
                        + ", already planned " + planned[index] + ", tokens left in the iteration " + tokensLeft());
    }
}
