package org.motleysim.workloads.llm;

import java.io.IOException;
import java.util.Arrays;
import org.motleysim.workloads.RowLog;

/**
 * One row per request, in order of arrival, kept in columns of primitives (76 bytes a request).
 *
 * <p>A log may be bounded: it then keeps the first requests and counts the rest as {@link #omitted}. Times that did not happen are
 * {@link #ABSENT} and blank in the CSV. Filled during a run, read-only afterwards.
 */
public final class RequestLog implements RowLog {
    /** A time that did not happen. */
    public static final long ABSENT = -1;

    /** The header of {@link #writeCsv}; with prefix caching {@code cached_tokens} follows. */
    public static final String HEADER =
            "id,arrival_s,prompt_tokens,output_tokens,replica,queue_s,ttft_s,e2e_s,preemptions,energy_j,cost_usd,status";

    private static final int JOULE_DECIMALS = 9;
    private static final int USD_DECIMALS = 12;

    private final String workload;
    private final int limit;
    private final boolean prefixes;
    private int size;
    private long omitted;

    private long[] arrivalNanos = {};
    private int[] promptTokens = {};
    private int[] outputTokens = {};
    private int[] replica = {};
    private long[] queueNanos = {};
    private long[] ttftNanos = {};
    private long[] e2eNanos = {};
    private int[] cachedTokens = {};
    private int[] preemptions = {};
    private double[] joules = {};
    private double[] usd = {};
    private RequestStatus[] status = {};

    /** @param prefixes whether prompts can be found in a cache, so that the CSV says how much of them was */
    RequestLog(String workload, int limit, boolean prefixes) {
        this.workload = workload;
        this.limit = limit;
        this.prefixes = prefixes;
    }

    /** A log without rows. */
    public static RequestLog none() {
        return new RequestLog("none", 0, false);
    }

    @Override
    public String name() {
        return "requests";
    }

    /** Name of the workload whose requests these are. */
    public String workload() {
        return workload;
    }

    @Override
    public int size() {
        return size;
    }

    /** Requests that arrived after the log was full. */
    public long omitted() {
        return omitted;
    }

    /** Arrival of row {@code id} in nanoseconds since the start. */
    public long arrivalNanos(int id) {
        return arrivalNanos[checked(id)];
    }

    /** Prompt tokens of row {@code id}. */
    public int promptTokens(int id) {
        return promptTokens[checked(id)];
    }

    /** Output tokens that row {@code id} asked for. */
    public int outputTokens(int id) {
        return outputTokens[checked(id)];
    }

    /** Replica that row {@code id} was routed to; -1 when it was not. */
    public int replica(int id) {
        return replica[checked(id)];
    }

    /** Nanoseconds from arrival to first being scheduled; {@link #ABSENT} when it was not. */
    public long queueNanos(int id) {
        return queueNanos[checked(id)];
    }

    /** Nanoseconds from arrival to the first output token; {@link #ABSENT} when there was none. */
    public long ttftNanos(int id) {
        return ttftNanos[checked(id)];
    }

    /** Nanoseconds from arrival to the last output token; {@link #ABSENT} when it did not finish. */
    public long e2eNanos(int id) {
        return e2eNanos[checked(id)];
    }

    /** Tokens of row {@code id} that were found in a prefix cache and not computed, summed up over its preemptions and retries. */
    public int cachedTokens(int id) {
        return cachedTokens[checked(id)];
    }

    /** How often row {@code id} was preempted. */
    public int preemptions(int id) {
        return preemptions[checked(id)];
    }

    /** Joules attributed to row {@code id}. */
    public double joules(int id) {
        return joules[checked(id)];
    }

    /** Dollars attributed to row {@code id}. */
    public double usd(int id) {
        return usd[checked(id)];
    }

    /** How row {@code id} stood at the end. */
    public RequestStatus status(int id) {
        return status[checked(id)];
    }

    /** Adds the row of the next request, in order of arrival. */
    void arrived(long nanos, int prompt, int output) {
        if (size == limit) {
            omitted++;
            return;
        }
        if (size == arrivalNanos.length) {
            grow();
        }
        int row = size++;
        arrivalNanos[row] = nanos;
        promptTokens[row] = prompt;
        outputTokens[row] = output;
        replica[row] = -1;
        queueNanos[row] = ABSENT;
        ttftNanos[row] = ABSENT;
        e2eNanos[row] = ABSENT;
        status[row] = RequestStatus.IN_FLIGHT;
    }

    /** Completes the row of a request that was refused. */
    void rejected(long id, int replicaIndex, RequestStatus reason) {
        if (id < size) {
            int row = (int) id;
            replica[row] = replicaIndex;
            status[row] = reason;
        }
    }

    /** Completes the row of the request in {@code slot}, which has finished at {@code endNanos} or is in flight. */
    void settle(LiveRequests live, int slot, RequestStatus outcome, long endNanos) {
        long id = live.id[slot];
        if (id >= size) {
            return;
        }
        int row = (int) id;
        long arrival = live.arrivalNanos[slot];
        replica[row] = live.replica[slot];
        queueNanos[row] = since(arrival, live.firstScheduledNanos[slot]);
        ttftNanos[row] = since(arrival, live.firstTokenNanos[slot]);
        e2eNanos[row] = outcome == RequestStatus.FINISHED ? endNanos - arrival : ABSENT;
        cachedTokens[row] = live.cachedTokens[slot];
        preemptions[row] = live.preemptions[slot];
        joules[row] = live.joules[slot];
        usd[row] = live.usd[slot];
        status[row] = outcome;
    }

    @Override
    public void writeCsv(Appendable out) throws IOException {
        out.append(HEADER).append(prefixes ? ",cached_tokens" : "").append('\n');
        StringBuilder line = new StringBuilder(128);
        for (int row = 0; row < size; row++) {
            line.setLength(0);
            line.append(row).append(',');
            Decimals.append(line, arrivalNanos[row], 9);
            line.append(',')
                    .append(promptTokens[row])
                    .append(',')
                    .append(outputTokens[row])
                    .append(',');
            if (replica[row] >= 0) {
                line.append(replica[row]);
            }
            for (long nanos : new long[] {queueNanos[row], ttftNanos[row], e2eNanos[row]}) {
                line.append(',');
                if (nanos != ABSENT) {
                    Decimals.append(line, nanos, 9);
                }
            }
            line.append(',').append(preemptions[row]).append(',');
            Decimals.append(line, joules[row], JOULE_DECIMALS);
            line.append(',');
            Decimals.append(line, usd[row], USD_DECIMALS);
            line.append(',').append(status(row).label());
            if (prefixes) {
                line.append(',').append(cachedTokens[row]);
            }
            line.append('\n');
            out.append(line);
        }
    }

    private static long since(long arrival, long nanos) {
        return nanos == ABSENT ? ABSENT : nanos - arrival;
    }

    private int checked(int id) {
        if (id < 0 || id >= size) {
            throw new IndexOutOfBoundsException("id (" + id + ") must be from 0 to " + (size - 1));
        }
        return id;
    }

    private void grow() {
        int length = (int) Math.min(limit, Math.max(1024L, size * 2L));
        arrivalNanos = Arrays.copyOf(arrivalNanos, length);
        promptTokens = Arrays.copyOf(promptTokens, length);
        outputTokens = Arrays.copyOf(outputTokens, length);
        replica = Arrays.copyOf(replica, length);
        queueNanos = Arrays.copyOf(queueNanos, length);
        ttftNanos = Arrays.copyOf(ttftNanos, length);
        e2eNanos = Arrays.copyOf(e2eNanos, length);
        cachedTokens = Arrays.copyOf(cachedTokens, length);
        preemptions = Arrays.copyOf(preemptions, length);
        joules = Arrays.copyOf(joules, length);
        usd = Arrays.copyOf(usd, length);
        status = Arrays.copyOf(status, length);
    }
}
