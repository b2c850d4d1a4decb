package org.motleysim.core.name;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> DEVICES =
            List.of("nvidia-h100-sxm-80gb", "nvidia-a100-sxm-80gb", "amd-mi300x", "intel-xeon");

    @Test
    void of_oneLetterOff_suggests() {
        assertEquals(Optional.of("amd-mi300x"), NearestName.of("amd-mi3000x", DEVICES));
        assertEquals(Optional.of("nvidia-a100-sxm-80gb"), NearestName.of("nvidia-a100-smx-80gb", DEVICES));
    }

    @Test
    void of_partOfAName_suggestsTheWhole() {
        assertEquals(Optional.of("nvidia-h100-sxm-80gb"), NearestName.of("h100", DEVICES));
        assertEquals(Optional.of("amd-mi300x"), NearestName.of("MI300X", DEVICES));
    }

    @Test
    void of_nothingAlike_suggestsNothing() {
        assertEquals(Optional.empty(), NearestName.of("quantum-computer", DEVICES));
        assertEquals(Optional.empty(), NearestName.of("", DEVICES));
        assertEquals(Optional.empty(), NearestName.of("x".repeat(100_000), DEVICES));
    }

    @Test
    void of_namesThatDifferInCaseOnly_prefersTheSameCase() {
        assertEquals(Optional.of("Ab"), NearestName.of("Ab", List.of("AB", "Ab")));
    }
}
