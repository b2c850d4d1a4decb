/**
 * What requests to a language model look like: tokens in, tokens out.
 *
 * <p>Start at {@link org.motleysim.workloads.llm.request.RequestLengths}. Not here: when they arrive ({@code arrival}) and trace files
 * ({@code traces}).
 */
@NullMarked
package org.motleysim.workloads.llm.request;

import org.jspecify.annotations.NullMarked;
