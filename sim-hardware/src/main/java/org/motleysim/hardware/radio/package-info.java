/**
 * Radio: stations that share a medium with an access point. {@link org.motleysim.hardware.radio.RadioNetwork} is the network model, {@link
 * org.motleysim.hardware.radio.RadioTechnology} its numbers.
 *
 * <p>The model card is docs/models/radio.md.
 */
@NullMarked
package org.motleysim.hardware.radio;

import org.jspecify.annotations.NullMarked;
