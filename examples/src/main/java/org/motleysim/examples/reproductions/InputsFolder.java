package org.motleysim.examples.reproductions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder {@code examples/reproductions}: a folder on disk, or the copy packed beside these classes. */
final class InputsFolder {
    private final Optional<Path> folder;

    private InputsFolder(Optional<Path> folder) {
        this.folder = folder;
    }

    static InputsFolder packed() {
        return new InputsFolder(Optional.empty());
    }

    /** @throws IllegalArgumentException if there is no such folder */
    static InputsFolder at(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "folder of reproductions (" + folder + ") must be a folder\nMaybe examples/reproductions.");
        }
        return new InputsFolder(Optional.of(folder));
    }

    /** @throws IllegalArgumentException if there is no such file */
    String text(String name) {
        try {
            if (folder.isPresent()) {
                Path file = folder.get().resolve(name);
                if (!Files.isRegularFile(file)) {
                    throw missing(file.toString());
                }
                return Files.readString(file);
            }
            try (InputStream stream = InputsFolder.class.getResourceAsStream(name)) {
                if (stream == null) {
                    throw missing(name);
                }
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException missing(String file) {
        return new IllegalArgumentException(
                "file (" + file + ") must exist\nMaybe the name of the folder in the class is another one.");
    }
}
