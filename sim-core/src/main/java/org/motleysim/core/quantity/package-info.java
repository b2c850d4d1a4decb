/**
 * Quantities with their unit: bytes, rates, power, energy, money. Small records that check, compare, parse and print.
 *
 * <p>Start at {@link org.motleysim.core.quantity.Bytes} and {@link org.motleysim.core.quantity.Bandwidth}; the others have the same
 * shape: one number in the base unit (named by the accessor), factories with the unit in their name, {@code parse("80 GiB")}, and a
 * {@code toString} that {@code parse} reads back to six significant digits. Spans of time are {@link java.time.Duration}; {@link
 * org.motleysim.core.quantity.Durations} parses and prints them.
 *
 * <p>Rules. Prefixes k, M, G, T ... are powers of 1000; powers of 1024 exist only under their own names (KiB, MiB, GiB, TiB, PiB).
 * Bits are spelled "bit", bytes "B", and "b" is nobody's unit. A bare number is refused wherever a unit is due. NaN and infinite
 * numbers are refused everywhere, negative ones everywhere but in {@link org.motleysim.core.quantity.Money}. Text and numbers do not
 * depend on the locale.
 *
 * <p>Not here: inner loops. Those use {@code double} and {@code long} with the unit in the name.
 */
@NullMarked
package org.motleysim.core.quantity;

import org.jspecify.annotations.NullMarked;
