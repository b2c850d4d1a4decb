/**
 * Routing: which replica gets a request that has just arrived.
 *
 * <p>Start at {@link org.motleysim.workloads.llm.routing.Routing}; a router of your own is a lambda
 * {@code (request, replicas) -> replica}. What the replica does with the request is {@code llm.batching}.
 */
@NullMarked
package org.motleysim.workloads.llm.routing;

import org.jspecify.annotations.NullMarked;
