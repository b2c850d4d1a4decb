/**
 * What arithmetic costs in silicon: area, and with it energy, of multipliers, adders and units of dot products, from counts of standard
 * cells.
 *
 * <p>Start at {@link org.motleysim.hardware.arithmetic.DotProductUnit}. Not here: how fast a device multiplies, which its datasheet says;
 * how a format is stored and which unit is its own, which {@code NumberFormat} of package {@code device} says. The model card is
 * docs/models/arithmetic.md.
 */
@NullMarked
package org.motleysim.hardware.arithmetic;

import org.jspecify.annotations.NullMarked;
