package org.motleysim.bench.engine;

/**
 * An event engine as the models here see it. Events are numbered tokens of which each is pending at most once, so that
 * engines that keep event objects can keep one for each token. Times are whole nanoseconds, which a {@code double} holds
 * exactly here, so that all engines run the same trajectory.
 */
interface Kernel {

    /** Schedules a token, which is not pending. */
    void schedule(int token, long delay);

    /** Cancels a token, which is pending. */
    void cancel(int token);

    long now();

    /** Runs so many events. */
    void run(int events);
}
