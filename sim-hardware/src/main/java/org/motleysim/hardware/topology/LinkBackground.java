package org.motleysim.hardware.topology;

import org.motleysim.core.quantity.Bandwidth;

/**
 * Traffic on a link that is not simulated: a constant rate that flows do not get.
 *
 * @param link the name of the link, such as {@code "e0->t1-0"}
 * @param bandwidth what it takes, less than the link has
 */
public record LinkBackground(String link, Bandwidth bandwidth) {}
