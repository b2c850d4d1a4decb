package org.motleysim.core.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a file whole or not at all: into a temporary file of the same folder, which is then moved into place. A reader
 * sees the old file or the new one, never half of one.
 */
public final class AtomicFile {

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of it; the stream is buffered, and closed by the caller.
         *
         * @param out where to
         * @throws IOException when it cannot be written
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes a text in UTF-8. Missing folders are made.
     *
     * @param file where to, replaced when it exists
     * @param text what to write
     * @throws IOException when it cannot be written; the file is then as it was
     */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes what the content writes. Missing folders are made.
     *
     * @param file where to, replaced when it exists
     * @param content what to write
     * @throws IOException when it cannot be written; the file is then as it was
     */
    public static void write(Path file, Content content) throws IOException {
        Path temporary = temporaryBeside(file);
        try {
            try (var out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
                content.writeTo(out);
            }
            moveIntoPlace(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Makes an empty hidden file beside the one it will become: a move within a folder is atomic, a copy is not. */
    static Path temporaryBeside(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        Path name = target.getFileName();
        if (folder == null || name == null) {
            throw new IOException("file (" + file + ") must have a name");
        }
        Files.createDirectories(folder);
        // Not Files.createTempFile: that makes files only the owner may read, and they would stay so once in place.
        Path temporary = folder.resolve("." + name + "."
                + ProcessHandle.current().pid() + "." + Thread.currentThread().getId() + ".tmp");
        Files.deleteIfExists(temporary);
        return Files.createFile(temporary);
    }

    static void moveIntoPlace(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
