package org.motleysim.hardware.strided;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.power.OperatingPoint;

class StridedBlocksTest {
    private static final Bandwidth MEMORY = Bandwidth.gigabytesPerSecond(900);

    @Test
    void copies_smallBlocks_costTheHostOnly() {
        StridedBlocks bytes = new StridedBlocks(1 << 22, 1, 512);
        assertEquals((1 << 22) * 10e-6, bytes.copiesSeconds(Duration.ofNanos(10_000), MEMORY), 1e-9);
        StridedBlocks large = new StridedBlocks(4, 90_000_000, 100_000_000);
        assertEquals(4 * 1e-4, large.copiesSeconds(Duration.ofNanos(10_000), MEMORY), 1e-12);
    }

    @Test
    void touchedBytes_areWholeSectorsOnAverage() {
        // By hand: over the 32 places of a block of b bytes in a sector, count sectors.
        for (int block : new int[] {1, 2, 24, 32, 33, 64, 100}) {
            int sectors = 0;
            for (int place = 0; place < 32; place++) {
                sectors += (place + block - 1) / 32 + 1;
            }
            StridedBlocks blocks = new StridedBlocks(1_000, block, 4_096);
            assertEquals(1_000 * sectors / 32.0 * 32, blocks.touchedBytes(), 1e-6, block + " bytes");
        }
        // Blocks that touch each other are one piece.
        assertEquals(64_000, new StridedBlocks(1_000, 64, 64).touchedBytes());
    }

    @Test
    void pack_onAPeakDevice_isBoundByItsMemory() {
        BoundCostModel peak = RooflineCostModel.peak()
                .bind(Catalog.builtIn().device("nvidia-a100-sxm-80gb"), OperatingPoint.nominal());
        StridedBlocks blocks = new StridedBlocks(1 << 22, 1, 512);
        double expected = (32.0 + 1) * (1 << 22) / 2.039e12;
        assertEquals(expected, blocks.packSeconds(peak), 0.05 * expected);
        assertEquals(0, new StridedBlocks(0, 1, 1).packSeconds(peak));
        assertTrue(blocks.packSeconds(peak) < blocks.copiesSeconds(Duration.ofNanos(2_000), MEMORY) / 10_000);
    }

    @Test
    void strideBelowTheBlock_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new StridedBlocks(1, 8, 4));
    }
}
