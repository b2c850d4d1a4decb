package org.motleysim.hardware.device;

import java.util.Locale;

/** What a memory tier is made of, from the nearest to the farthest. */
public enum MemoryKind {
    /** Caches and scratchpads on the chip. */
    SRAM,
    /** Stacked memory beside the chip. */
    HBM,
    /** Graphics memory. */
    GDDR,
    /** Memory of phones and small boards. */
    LPDDR,
    /** Memory modules of a host. */
    DDR,
    /** Memory behind a CXL link. */
    CXL,
    /** Solid-state drives on PCI Express. */
    NVME,
    /** Other flash: UFS, eMMC, SD cards, SATA drives. */
    FLASH,
    /** Magnetic disks. */
    DISK;

    /** Returns the name used in files, such as {@code "nvme"}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the kind that a name such as {@code "HBM3"} or {@code "LPDDR5X"} begins with; {@link #DDR} when it begins with none. */
    public static MemoryKind of(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (MemoryKind kind : values()) {
            if (upper.startsWith(kind.name())) {
                return kind;
            }
        }
        return DDR;
    }
}
