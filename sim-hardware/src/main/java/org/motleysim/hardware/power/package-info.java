/**
 * Power and energy: {@link org.motleysim.hardware.power.DynamicEnergy} prices flops and bytes in joules, {@link
 * org.motleysim.hardware.power.EnergyMeter} integrates power over virtual time.
 *
 * <p>The model card is docs/models/power.md. Not here: money ({@code price}). Start at {@link
 * org.motleysim.hardware.power.DynamicEnergy}.
 */
@NullMarked
package org.motleysim.hardware.power;

import org.jspecify.annotations.NullMarked;
