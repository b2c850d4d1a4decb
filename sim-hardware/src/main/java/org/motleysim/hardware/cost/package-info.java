/**
 * What a kernel costs on a device: {@link org.motleysim.hardware.cost.CostModel} turns a demand and a datasheet into seconds and
 * joules, without state. The default is {@link org.motleysim.hardware.cost.RooflineCostModel}.
 *
 * <p>Not here: queueing, contention and clocks over time; those stretch the base cost and live in the bound device ({@code cluster}).
 * Start at {@link org.motleysim.hardware.cost.CostModel}.
 */
@NullMarked
package org.motleysim.hardware.cost;

import org.jspecify.annotations.NullMarked;
