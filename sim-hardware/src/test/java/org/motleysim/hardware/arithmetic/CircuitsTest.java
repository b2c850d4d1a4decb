package org.motleysim.hardware.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CircuitsTest {
    /** Areas at 45 nm of Horowitz, Computing's energy problem, ISSCC 2014: adders and multipliers of integers, in square micrometres. */
    @Test
    void integers_againstHorowitz_areWithinATenthUpToEightBits() {
        assertEquals(36, Circuits.adder(8), 3.6);
        assertEquals(67, Circuits.adder(16), 6.7);
        assertEquals(137, Circuits.adder(32), 13.7);
        assertEquals(282, Circuits.multiplier(8, 8), 28.2);
    }

    /** Fast multipliers of many bits recode them and are smaller than an array. */
    @Test
    void multiplier_ofThirtyTwoBits_isLargerThanHorowitz() {
        assertTrue(Circuits.multiplier(32, 32) > 3495);
    }

    @Test
    void multiplier_ofTwoBits_isFourGatesAndTwoHalfAdders() {
        assertEquals(4 * Cell.AND.area() + 2 * Cell.HALF_ADDER.area(), Circuits.multiplier(2, 2), 1e-9);
    }

    @Test
    void multiplier_ofOneBit_isGatesOnly() {
        assertEquals(5 * Cell.AND.area(), Circuits.multiplier(1, 5), 1e-9);
        assertEquals(Circuits.multiplier(3, 7), Circuits.multiplier(7, 3), 1e-9);
    }

    @Test
    void adderTree_ofFour_isTwoAddersAndAWiderOne() {
        assertEquals(2 * Circuits.adder(8) + Circuits.adder(9), Circuits.adderTree(4, 8), 1e-9);
        assertEquals(10, Circuits.sumBits(4, 8));
        assertEquals(0, Circuits.adderTree(1, 8), 0);
    }

    @Test
    void barrelShifter_ofEight_hasThreeStages() {
        assertEquals(24 * Cell.MULTIPLEXER.area(), Circuits.barrelShifter(8), 1e-9);
    }

    @Test
    void placer_ofAFieldAsWideAsItsWindow_isNotLargerThanABarrelShifter() {
        assertTrue(Circuits.placer(8, 8) <= Circuits.barrelShifter(8));
        // One bit anywhere in eight: it goes one way only, so gates and no multiplexers.
        assertEquals((2 + 4 + 8) * Cell.AND.area(), Circuits.placer(1, 8), 1e-9);
    }

    /** Energies at 45 nm of Horowitz (ISSCC 2014), in picojoule, go with the areas here. */
    @Test
    void energiesOfHorowitz_overAreas_spreadByAThirdForAddersAndIntegerMultipliers() {
        double[] picojoules = {0.03, 0.05, 0.1, 0.4, 0.9, 0.2, 3.1};
        double[] areas = {
            Circuits.adder(8),
            Circuits.adder(16),
            Circuits.adder(32),
            Circuits.floatingAdder(5, 10),
            Circuits.floatingAdder(8, 23),
            Circuits.multiplier(8, 8),
            Circuits.multiplier(32, 32)
        };
        double least = Double.MAX_VALUE;
        double most = 0;
        for (int i = 0; i < areas.length; i++) {
            least = Math.min(least, picojoules[i] / areas[i]);
            most = Math.max(most, picojoules[i] / areas[i]);
        }
        assertTrue(Math.sqrt(most / least) < 4.0 / 3, least + " to " + most);
    }

    @Test
    void element_unknownBits_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Element.floating(-1, 3));
        assertThrows(IllegalArgumentException.class, () -> new BlockFormat(Element.integer(8), 8, 0));
    }
}
