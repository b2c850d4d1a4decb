/**
 * Requests that belong together: what a user or a program asks next depends on the answer before.
 *
 * <p>Start at {@link org.motleysim.workloads.llm.session.Sessions}. Not here: requests that have nothing to do with each other
 * ({@code llm.request}).
 */
@NullMarked
package org.motleysim.workloads.llm.session;

import org.jspecify.annotations.NullMarked;
