package org.motleysim.examples.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.motleysim.core.name.NearestName;
import org.motleysim.hardware.device.NumberFormat;

/** Reads names of number formats. */
final class Formats {
    private Formats() {}

    static NumberFormat parse(String option, String text) {
        List<String> names =
                Arrays.stream(NumberFormat.values()).map(NumberFormat::label).toList();
        String wanted = text.toLowerCase(Locale.ROOT);
        return Arrays.stream(NumberFormat.values())
                .filter(format -> format.label().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(option + " (\"" + text
                        + "\") must be a known format\nMaybe "
                        + NearestName.of(text, names)
                                .map(name -> "\"" + name + "\".")
                                .orElseGet(() -> "one of " + String.join(", ", names) + ".")));
    }
}
