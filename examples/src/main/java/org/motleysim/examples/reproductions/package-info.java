/**
 * Published numbers recomputed: one class per paper turns the facts of its folder under {@code examples/reproductions} into predictions
 * with the public API, and the reported values are only compared with.
 *
 * <p>Start at {@link org.motleysim.examples.reproductions.Reproduction}, the interface of one paper, and {@link
 * org.motleysim.examples.reproductions.Reproductions}, which runs them. Models do not live here: what a paper needs is built into the
 * library and used from here. No constant may exist for one paper alone.
 */
@NullMarked
package org.motleysim.examples.reproductions;

import org.jspecify.annotations.NullMarked;
