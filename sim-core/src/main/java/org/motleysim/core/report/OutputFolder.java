package org.motleysim.core.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder a run writes its files into, all of them or none.
 *
 * <p>Files are written under temporary names; {@link #commit()} moves them all into place, and closing without it removes
 * them. Files already in the folder under other names are left alone.
 *
 * <pre>{@code
 * try (var folder = OutputFolder.open(Path.of("out"))) {
 *     folder.write("result.json", json);
 *     folder.write("requests.csv", out -> log.writeCsv(out));
 *     folder.commit();
 * }
 * }</pre>
 *
 * <p>Used by one thread.
 */
public final class OutputFolder implements AutoCloseable {

    private final Path folder;

    /** Folders that were not there before, innermost first: gone again if nothing comes to stand in them. */
    private final List<Path> made;

    private final Map<Path, Path> staged = new LinkedHashMap<>();

    private OutputFolder(Path folder, List<Path> made) {
        this.folder = folder;
        this.made = made;
    }

    /**
     * Opens a folder, which is made when missing.
     *
     * @param folder where the files go
     * @return the folder, ready to be written to
     * @throws IOException when it is not a folder and cannot be made one
     */
    public static OutputFolder open(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        List<Path> missing = new ArrayList<>();
        for (Path each = absolute; each != null && Files.notExists(each); each = each.getParent()) {
            missing.add(each);
        }
        Files.createDirectories(absolute);
        return new OutputFolder(absolute, missing);
    }

    /**
     * The folder itself.
     *
     * @return its absolute path
     */
    public Path path() {
        return folder;
    }

    /**
     * Stages a text in UTF-8.
     *
     * @param name the file's name, or a relative path that stays inside the folder
     * @param text what to write
     * @throws IOException when it cannot be written
     * @throws IllegalArgumentException when the name leaves the folder
     */
    public void write(String name, String text) throws IOException {
        write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Stages what the content writes.
     *
     * @param name the file's name, or a relative path that stays inside the folder
     * @param content what to write
     * @throws IOException when it cannot be written
     * @throws IllegalArgumentException when the name leaves the folder
     */
    public void write(String name, AtomicFile.Content content) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(stage(name)), 1 << 16)) {
            content.writeTo(out);
        }
    }

    /**
     * Stages a file that somebody else writes, such as a timeline that grows during the run.
     *
     * @param name the file's name, or a relative path that stays inside the folder
     * @return the temporary file to write to, there and empty; to be closed before {@link #commit()}
     * @throws IOException when it cannot be made
     * @throws IllegalArgumentException when the name leaves the folder
     */
    public Path stage(String name) throws IOException {
        Path file = inside(name);
        Path temporary = AtomicFile.temporaryBeside(file);
        staged.put(file, temporary);
        return temporary;
    }

    /**
     * Moves all staged files into place.
     *
     * @throws IOException when one cannot be moved
     */
    public void commit() throws IOException {
        for (var entry : staged.entrySet()) {
            AtomicFile.moveIntoPlace(entry.getValue(), entry.getKey());
        }
        staged.clear();
    }

    /**
     * Removes what was staged and not committed, and the folder if it was made for nothing.
     *
     * @throws IOException when a temporary file cannot be removed
     */
    @Override
    public void close() throws IOException {
        for (Path temporary : staged.values()) {
            Files.deleteIfExists(temporary);
        }
        staged.clear();
        for (Path each : made) {
            if (!isEmpty(each)) {
                break;
            }
            Files.delete(each);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private Path inside(String name) {
        Path file = folder.resolve(name).normalize();
        if (name.isBlank() || !file.startsWith(folder) || file.equals(folder)) {
            throw new IllegalArgumentException("name (" + name + ") must name a file inside the output folder\n"
                    + "Maybe use a plain file name such as 'result.json', without '..' or a leading '/'.");
        }
        return file;
    }
}
