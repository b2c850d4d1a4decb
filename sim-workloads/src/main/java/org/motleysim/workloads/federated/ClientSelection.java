package org.motleysim.workloads.federated;

/**
 * Who is asked to take part. One method: a user's policy may be a lambda.
 *
 * <pre>{@code
 * ClientSelection fullest = (candidates, wanted, chosen) -> candidates.best(4 * wanted, wanted, chosen, candidates::batteryShare);
 * }</pre>
 *
 * <p>A policy keeps no state: what happened so far is in the {@link Candidates}. Built in: {@link Selections}.
 */
@FunctionalInterface
public interface ClientSelection {
    /**
     * Chooses clients that are free. Fewer than wanted when there are not more.
     *
     * @param candidates who there is, now
     * @param wanted how many at most
     * @param chosen filled from the front with different clients that {@link Candidates#draw} gave, or that are free
     * @return how many were chosen
     */
    int choose(Candidates candidates, int wanted, int[] chosen);
}
