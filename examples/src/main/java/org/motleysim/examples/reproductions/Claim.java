package org.motleysim.examples.reproductions;

/**
 * A published number.
 *
 * @param id unique within all papers, such as {@code "E58-02"}
 * @param what the claim in words
 * @param reported the published value, only ever compared with; one for a statement that holds
 * @param unit of the value; empty for a plain number or a statement
 * @param source where the value was read
 * @param tolerance how near a prediction must come
 * @param notAttempted why the claim is out of reach; empty when it is computed
 */
public record Claim(
        String id,
        String what,
        double reported,
        String unit,
        String source,
        Tolerance tolerance,
        String notAttempted) {}
