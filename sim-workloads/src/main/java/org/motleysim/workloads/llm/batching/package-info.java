/**
 * Batching: who is in the next iteration of a replica, and with how many tokens.
 *
 * <p>Start at {@link org.motleysim.workloads.llm.batching.Batching}; a policy of your own is one method over a
 * {@link org.motleysim.workloads.llm.batching.BatchPlan}. What an iteration costs is in {@code llm.step}; which replica gets a request
 * is {@code llm.routing}.
 */
@NullMarked
package org.motleysim.workloads.llm.batching;

import org.jspecify.annotations.NullMarked;
