package org.motleysim.hardware.strided;

import java.time.Duration;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;

/**
 * Equal blocks a stride apart in the memory of a device, as an {@code MPI_Type_vector} describes them, and two ways to bring them together:
 *
 * <ul>
 *   <li>a copy per block: each costs the host its time per operation, whatever its size, unless its bytes take longer;
 *   <li>one kernel: it reads every sector of memory that a block touches and writes the bytes (Pearson et al., TEMPI, HPDC 2021).
 * </ul>
 *
 * <p>For small blocks the first is slower by the number of blocks, which no bandwidth shows.
 *
 * @param count blocks, zero or more
 * @param blockBytes of each, one or more
 * @param strideBytes from the start of one to that of the next, at least {@code blockBytes}
 */
public record StridedBlocks(long count, long blockBytes, long strideBytes) {
    /** What a GPU's memory moves at least: 32 bytes on NVIDIA devices since Maxwell, as their programming guides say. */
    public static final int SECTOR_BYTES = 32;

    /** @throws IllegalArgumentException if a number is out of its range */
    public StridedBlocks {
        if (count < 0 || blockBytes < 1 || strideBytes < blockBytes) {
            throw new IllegalArgumentException("count (" + count + ") must be zero or more, blockBytes (" + blockBytes
                    + ") one or more and strideBytes (" + strideBytes + ") at least blockBytes");
        }
    }

    /** Returns the bytes that are wanted. */
    public long bytes() {
        return Math.multiplyExact(count, blockBytes);
    }

    /**
     * Returns the bytes that the memory has to move to read them: whole sectors, those that neighbours share counted once. The mean over all
     * places where the first block may begin in a sector.
     */
    public double touchedBytes() {
        // A block of b bytes at a random place touches (b + 31) / 32 sectors on average.
        double perBlock = blockBytes + SECTOR_BYTES - 1.0;
        return count * Math.min(perBlock, (double) strideBytes);
    }

    /**
     * Returns the time of a copy per block, in seconds, if the host waits for none.
     *
     * @param perCopy what a copy of no bytes takes the host
     * @param bandwidth of a copy, more than zero
     */
    public double copiesSeconds(Duration perCopy, Bandwidth bandwidth) {
        double each = Math.max(SimTime.seconds(perCopy.toNanos()), blockBytes / bandwidth.bytesPerSecond());
        return count * each;
    }

    /** Returns the kernel that packs them; unpacking is the same with reads and writes exchanged. */
    public Kernel pack() {
        return new Kernel(
                KernelFamily.COPY, NumberFormat.INT8, 0, touchedBytes(), (double) bytes(), new Shape.Elements(bytes()));
    }

    /** Returns the time of the kernel that packs them, its launch included, in seconds. */
    public double packSeconds(BoundCostModel device) {
        return count == 0 ? 0 : device.cost(pack()).seconds();
    }
}
