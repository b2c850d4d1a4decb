package org.motleysim.hardware.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bytes;

class MemoryPoolTest {
    private final MemoryPool pool = new MemoryPool("h100-0", Bytes.gigabytes(80));

    @Test
    void reserve_more_thanFree_isRefusedWithTheArithmetic() {
        pool.reserve(16_000_000_000L, "weights");

        var error = assertThrows(IllegalArgumentException.class, () -> pool.reserve(65_000_000_000L, "KV cache"));

        String message = String.valueOf(error.getMessage());
        assertTrue(
                message.startsWith(
                        "KV cache (65 GB) must fit in the memory of h100-0: 80 GB - 16 GB reserved = 64 GB free,"
                                + " 1 GB short"),
                message);
        assertEquals(16_000_000_000L, pool.reservedBytes());
    }

    @Test
    void reserve_exactlyTheRest_fits() {
        pool.reserve(80_000_000_000L, "all");

        assertEquals(0, pool.freeBytes());
        pool.release(30_000_000_000L);
        assertEquals(30_000_000_000L, pool.freeBytes());
        assertEquals(80_000_000_000L, pool.peakBytes());
    }

    @Test
    void refusal_ofWhatFits_isEmpty() {
        assertTrue(pool.refusal(1, "x").isEmpty());
        assertTrue(pool.refusal(Long.MAX_VALUE, "x").isPresent());
    }

    @Test
    void release_ofMoreThanReserved_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> pool.release(1));
        assertThrows(IllegalArgumentException.class, () -> pool.reserve(-1, "x"));
    }
}
