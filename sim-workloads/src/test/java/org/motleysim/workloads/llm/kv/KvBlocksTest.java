package org.motleysim.workloads.llm.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KvBlocksTest {
    @Test
    void blocksFor_partlyFilledBlock_countsWhole() {
        KvBlocks kv = new KvBlocks(100, 16, 0.01);
        assertEquals(0, kv.blocksFor(0));
        assertEquals(1, kv.blocksFor(1));
        assertEquals(1, kv.blocksFor(16));
        assertEquals(2, kv.blocksFor(17));
        assertEquals(134_217_728, kv.blocksFor(Integer.MAX_VALUE));
    }

    @Test
    void admit_intoWatermark_isRefused_butGrowthIsNot() {
        KvBlocks kv = new KvBlocks(100, 16, 0.05);
        assertTrue(kv.admit(95));
        assertFalse(kv.admit(1));
        assertTrue(kv.grow(5));
        assertFalse(kv.grow(1));
        assertEquals(0, kv.free());
        assertEquals(100, kv.peak());
    }

    @Test
    void canEverHold_countsTheWatermarkAsTaken() {
        KvBlocks kv = new KvBlocks(100, 16, 0.05);
        assertTrue(kv.canEverHold(95 * 16));
        assertFalse(kv.canEverHold(95 * 16 + 1));
        assertEquals(1_520, kv.longestSequence());
    }

    @Test
    void release_ofMoreThanIsUsed_isABug() {
        KvBlocks kv = new KvBlocks(10, 16, 0);
        kv.grow(3);
        kv.release(2);
        assertEquals(1, kv.used());
        assertThrows(IllegalStateException.class, () -> kv.release(2));
    }

    @Test
    void constructor_outOfRange_namesTheValue() {
        var error = assertThrows(IllegalArgumentException.class, () -> new KvBlocks(10, 16, 1));
        assertTrue(String.valueOf(error.getMessage()).contains("watermark (1.0)"));
        assertThrows(IllegalArgumentException.class, () -> new KvBlocks(0, 16, 0));
        assertThrows(IllegalArgumentException.class, () -> new KvBlocks(10, 0, 0));
    }
}
