package org.motleysim.hardware.calibration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The folder of measured tables, from {@code -Dmotley.data} or {@code MOTLEY_DATA}; tests that need it are skipped without it. */
final class DataFolder {
    private DataFolder() {}

    static Path orSkip() {
        String folder = Optional.ofNullable(System.getProperty("motley.data"))
                .or(() -> Optional.ofNullable(System.getenv("MOTLEY_DATA")))
                .orElse("");
        Assumptions.assumeTrue(
                !folder.isEmpty() && Files.isDirectory(Path.of(folder)),
                "needs the folder of measured tables: set MOTLEY_DATA or -Dmotley.data");
        return Path.of(folder);
    }
}
