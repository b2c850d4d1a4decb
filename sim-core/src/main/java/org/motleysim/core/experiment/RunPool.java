package org.motleysim.core.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs numbered jobs on threads of its own and hands their outcomes over one by one in the order of the numbers.
 *
 * <p>A ring holds the outcomes that wait for an earlier one. A thread whose job is a whole ring ahead of the earliest unfinished job waits,
 * so that memory is bounded however many jobs there are. Outcomes that have to wait are shown at once to {@link Jobs#early}, which may
 * put them on disk.
 */
final class RunPool<T> {

    /** The work. */
    interface Jobs<T> {
        /** Does a job; called by many threads. */
        T run(long job);

        /** Sees an outcome that must wait for an earlier one; called by one thread at a time. */
        void early(T outcome) throws IOException;

        /**
         * Takes the next outcome in order; called by one thread at a time.
         *
         * @return false when no more jobs are wanted, this one being the last
         */
        boolean take(T outcome) throws IOException;

        /** No outcome waits for an earlier one; called by one thread at a time. */
        void settled() throws IOException;

        /** Whether a further job may begin; called before each. */
        boolean mayBegin(long job);
    }

    private final Jobs<T> jobs;
    private final long end;
    private final @Nullable Object[] ring;
    private long next;
    private long taken;
    private int waiting;
    private boolean stopped;
    private @Nullable Throwable failure;

    /**
     * @param first number of the first job
     * @param end one more than that of the last
     * @param ahead how many jobs may be begun after the earliest unfinished one
     */
    RunPool(Jobs<T> jobs, long first, long end, int ahead) {
        this.jobs = jobs;
        this.next = first;
        this.taken = first;
        this.end = end;
        this.ring = new @Nullable Object[ahead];
    }

    /** Returns when all outcomes have been taken, or no more are wanted. */
    void run(int threads) throws IOException {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            var worker = new Thread(this::work, "motley-study-" + (i + 1));
            worker.setDaemon(true);
            workers.add(worker);
            worker.start();
        }
        try {
            for (Thread worker : workers) {
                worker.join();
            }
        } catch (InterruptedException e) {
            stop();
            workers.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
            throw new IOException("the study was interrupted", e);
        }
        Throwable thrown = failure();
        if (thrown instanceof IOException e) {
            throw e;
        } else if (thrown instanceof UncheckedIOException e) {
            throw e;
        } else if (thrown != null) {
            throw new IllegalStateException("the study broke off", thrown);
        }
    }

    private synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    private synchronized @Nullable Throwable failure() {
        return failure;
    }

    private void work() {
        try {
            for (long job = claim(); job >= 0; job = claim()) {
                deliver(job, jobs.run(job));
            }
        } catch (InterruptedException e) {
            stop();
        } catch (Throwable thrown) {
            synchronized (this) {
                failure = failure == null ? thrown : failure;
                stopped = true;
                notifyAll();
            }
        }
    }

    /** The next job to do; -1 when there is none. */
    private synchronized long claim() throws InterruptedException {
        while (!stopped && next < end && next - taken >= ring.length) {
            wait();
        }
        if (stopped || next >= end || !jobs.mayBegin(next)) {
            return -1;
        }
        return next++;
    }

    private synchronized void deliver(long job, T outcome) throws IOException {
        if (stopped) {
            return;
        }
        if (job != taken) {
            ring[(int) (job % ring.length)] = outcome;
            waiting++;
            jobs.early(outcome);
            return;
        }
        @Nullable T head = outcome;
        while (head != null) {
            taken++;
            if (!jobs.take(head)) {
                stopped = true;
                break;
            }
            int slot = (int) (taken % ring.length);
            @SuppressWarnings("unchecked") // only outcomes are put there
            @Nullable
            T following = (@Nullable T) ring[slot];
            ring[slot] = null;
            waiting -= following == null ? 0 : 1;
            head = following;
        }
        if (waiting == 0 && !stopped) {
            jobs.settled();
        }
        notifyAll();
    }
}
