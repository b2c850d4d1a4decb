package org.motleysim.workloads.federated.population;

import java.nio.file.Path;
import java.util.List;

/** Formats of recorded availability. */
public enum TraceHoursFormat {
    /**
     * As FedScale keeps it: for each client the times in seconds at which it became active and inactive, and the time after which its record
     * repeats. CSV with the columns {@code client}, {@code active}, {@code inactive} and {@code finish_time}, a row each time it was active;
     * or JSON, {@code {"0": {"active": [...], "inactive": [...], "finish_time": ...}}}, which is what its pickled file holds.
     */
    FEDSCALE("fedscale"),
    /**
     * As FLASH recorded it: event lines, {@code time TAB event}, such as {@code 2020-02-03 21:07:13 TAB battery_charged_on}. JSON as
     * published, {@code {"uid": {"messages": "line\nline"}}}, or a text file with lines of one device, or with a device and a tab before each
     * line. A device is available while its screen is off or locked, it charges, and it is on Wi-Fi: FLASH's and Google's rule.
     */
    FLASH("flash");

    private final String label;

    TraceHoursFormat(String label) {
        this.label = label;
    }

    /** Its name in files. */
    public String label() {
        return label;
    }

    List<TraceHours.Device> read(Path file) {
        return this == FEDSCALE ? new FedScaleHoursFile(file).read() : new FlashEventsFile(file).read();
    }
}
