/**
 * LLM serving held against runs of other simulators and of real engines: {@code motley validate serving}. Start at
 * {@link org.motleysim.examples.serving.ServingValidation}.
 */
@NullMarked
package org.motleysim.examples.serving;

import org.jspecify.annotations.NullMarked;
