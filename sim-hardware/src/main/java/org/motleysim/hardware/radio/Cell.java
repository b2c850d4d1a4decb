package org.motleysim.hardware.radio;

/**
 * What one antenna serves: stations that share its medium.
 *
 * @param name for results
 * @param position of the antenna
 */
public record Cell(String name, Position position) {
    /** @throws IllegalArgumentException if the name is blank or has a comma or a quote */
    public Cell {
        if (name.isBlank() || name.indexOf(',') >= 0 || name.indexOf('"') >= 0) {
            throw new IllegalArgumentException(
                    "name of a cell (" + name + ") must not be blank, nor have a comma or a quote");
        }
    }
}
