package org.motleysim.examples.reproductions;

/**
 * A published system.
 *
 * @param number 1 to 88
 * @param title as published
 * @param notAttempted why nothing of it is computed yet; applies when no reproduction exists
 */
public record Paper(int number, String title, String notAttempted) {}
