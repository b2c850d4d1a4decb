package org.motleysim.workloads.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CoordinatesTest {
    /** A quarter of the equator of a sphere of 6,371 km, and the same from equator to pole. */
    @Test
    void quarterOfACircle_isItsLength() {
        double quarter = Math.PI / 2 * 6_371_000;
        assertEquals(quarter, new Coordinates(0, 0).metresTo(new Coordinates(0, 90)), 1e-3);
        assertEquals(quarter, new Coordinates(0, 17).metresTo(new Coordinates(90, -100)), 1e-3);
    }

    @Test
    void metres_areMetres() {
        assertEquals(500, Coordinates.ofMetres(300, 0).metresTo(Coordinates.ofMetres(0, 400)), 1e-4);
    }

    @Test
    void beyondThePole_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Coordinates(91, 0));
        assertThrows(IllegalArgumentException.class, () -> new Coordinates(0, Double.NaN));
    }
}
