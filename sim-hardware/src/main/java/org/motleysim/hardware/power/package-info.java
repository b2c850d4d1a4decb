/**
 * Power and energy, as descriptions and meters: {@link org.motleysim.hardware.power.PowerModel} says what devices draw, {@link
 * org.motleysim.hardware.power.PowerSetup} how they are powered (operating points and their {@link
 * org.motleysim.hardware.power.Governor}, caps, {@link org.motleysim.hardware.power.Thermal heat}, {@link
 * org.motleysim.hardware.power.Battery battery}), {@link org.motleysim.hardware.power.EnergyMeter} and {@link
 * org.motleysim.hardware.power.CarbonMeter} integrate over virtual time.
 *
 * <p>The model cards are docs/models/power.md, thermal.md and battery-and-carbon.md. Not here: the state of a device in a run ({@code
 * cluster.DevicePower}), money ({@code price}). Start at {@link org.motleysim.hardware.power.PowerSetup}.
 */
@NullMarked
package org.motleysim.hardware.power;

import org.jspecify.annotations.NullMarked;
