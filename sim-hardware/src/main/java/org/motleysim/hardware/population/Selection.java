package org.motleysim.hardware.population;

/** How rows are given to devices. */
public enum Selection {
    /** Each device draws its row by itself: shares come out as chance has it. */
    SAMPLED("sampled"),
    /** Each row has its share of the devices, to within one device, in an order that is shuffled. */
    QUOTAS("quotas");

    private final String label;

    Selection(String label) {
        this.label = label;
    }

    /** The name in files. */
    public String label() {
        return label;
    }
}
