package org.motleysim.workloads.llm;

/** Requests that wait at a replica, by their slots: newcomers join at the back, the preempted at the front. */
interface RequestQueue {
    int size();

    /** Who is let in next; the same until somebody joins or leaves. */
    int first();

    /** All of them, in any order, from 0 to the size. */
    int get(int position);

    void addLast(int slot);

    void addFirst(int slot);

    /** Takes out who {@link #first} is. */
    int removeFirst();

    /** A request has left the replica with so many more output tokens. */
    default void served(int slot, int outputTokens) {}
}
