/**
 * Money: {@link org.motleysim.hardware.price.PriceModel} gives each device a {@link org.motleysim.hardware.price.Tariff}.
 *
 * <p>The model card is docs/models/price.md. Not here: who pays for what; workloads attribute dollars to requests.
 */
@NullMarked
package org.motleysim.hardware.price;

import org.jspecify.annotations.NullMarked;
