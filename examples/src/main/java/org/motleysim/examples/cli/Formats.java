package org.motleysim.examples.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.NumberFormats;
import picocli.CommandLine.Option;

/** The number formats that a command knows: those of Motley and of the user's files. */
final class Formats {
    @Option(
            names = "--formats",
            paramLabel = "FILE",
            description = "More number formats; docs/models/formats.md has their form. May be repeated.")
    private List<Path> files = new ArrayList<>();

    NumberFormats all() {
        NumberFormats formats = NumberFormats.builtIn();
        for (Path file : files) {
            formats = formats.with(file);
        }
        return formats;
    }

    /** Returns the format that an option names. */
    NumberFormat parse(String option, String text) {
        NumberFormats formats = all();
        return formats.find(text)
                .orElseThrow(() -> new IllegalArgumentException(option + " (\"" + text + "\") must be a known format: "
                        + formats.allowed() + "\nMaybe " + formats.nearest(text)));
    }
}
