package org.motleysim.workloads.federated;

import java.util.function.IntToDoubleFunction;
import org.motleysim.core.random.RandomStream;

/** What a {@link ClientSelection} sees of the clients at the time of its choice. */
public interface Candidates {
    /** Number of clients of whom is chosen. */
    int size();

    /** Version of the model: how often it was aggregated. */
    long version();

    /** The time, in nanoseconds since the start. */
    long nanos();

    /**
     * Draws a client that is free, all equally likely, none twice in one choice; -1 when there is no other. By rejection, so it takes about one
     * over the share of free clients.
     */
    int draw();

    /** Returns whether a client is free and was not drawn in this choice. */
    boolean isFree(int client);

    /**
     * Draws some free clients and chooses the best of them, ties by who was drawn first.
     *
     * @param pool how many to draw, at least the wanted
     * @param wanted how many to choose at most
     * @param chosen filled from the front, the best first
     * @param score higher is better; not a number counts as the lowest
     * @return how many were chosen
     */
    int best(int pool, int wanted, int[] chosen, IntToDoubleFunction score);

    /** Returns the samples of a client. */
    int samples(int client);

    /** Returns what a task is expected to take a client on its own links, without faults, in seconds. */
    double expectedSeconds(int client);

    /** Returns what a task is expected to draw from a client, in joules. */
    double expectedJoules(int client);

    /** Returns what share of its full battery a client has, from 0 to 1; 1 at the mains. */
    double batteryShare(int client);

    /** Returns how often a client took part. */
    int participations(int client);

    /** Number of clients of whom an update is known, if the policy {@linkplain Selections.Utility asks for it}; they do not change places. */
    int explored();

    /** Returns one of them. */
    int exploredClient(int index);

    /**
     * Returns the statistical utility of a client's last update: its samples times the root of their mean squared loss (Oort, equation 2);
     * where nothing is learnt the loss counts as 1. Not a number before its first.
     */
    double utility(int client);

    /** Returns the version at which it was used; -1 before the first. */
    long utilityVersion(int client);

    /** Chance, for the policy. */
    RandomStream random();
}
