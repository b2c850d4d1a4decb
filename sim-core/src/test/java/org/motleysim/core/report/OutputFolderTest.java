package org.motleysim.core.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFolderTest {

    @TempDir
    private Path temporary;

    @Test
    void commit_afterWrites_leavesTheFilesAndNothingElse() throws IOException {
        Path out = temporary.resolve("a/b");
        try (var folder = OutputFolder.open(out)) {
            folder.write("result.json", "{}");
            folder.write("sub/rows.csv", stream -> stream.write("a\r\n".getBytes(StandardCharsets.UTF_8)));
            Files.writeString(folder.stage("timeline.json"), "[]");
            assertFalse(Files.exists(out.resolve("result.json")), "visible before commit");
            folder.commit();
        }
        assertEquals(List.of("result.json", "sub", "sub/rows.csv", "timeline.json"), tree(out));
        assertEquals("{}", Files.readString(out.resolve("result.json")));
        assertEquals("[]", Files.readString(out.resolve("timeline.json")));
    }

    @Test
    void close_withoutCommit_leavesTheFolderAsItWas() throws IOException {
        Files.writeString(temporary.resolve("result.json"), "old");
        try (var folder = OutputFolder.open(temporary)) {
            folder.write("result.json", "new");
            folder.write("other.json", "new");
        }
        assertEquals(List.of("result.json"), tree(temporary));
        assertEquals("old", Files.readString(temporary.resolve("result.json")));
    }

    @Test
    void write_thatFailsHalfWay_leavesTheOldFileAndNoTemporary() throws IOException {
        Path file = temporary.resolve("report.html");
        Files.writeString(file, "old");
        assertThrows(
                IOException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write(new byte[1 << 20]);
                    throw new IOException("disk full");
                }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("report.html"), tree(temporary));
    }

    @Test
    void write_overAnOldFile_replacesIt() throws IOException {
        Path file = temporary.resolve("report.html");
        AtomicFile.write(file, "a longer old text");
        AtomicFile.write(file, "new");
        assertEquals("new", Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "..", ".", "", " ", "/etc/x", "a/../../x", "a/.."})
    void write_toANameOutsideTheFolder_isRefused(String name) throws IOException {
        Path out = temporary.resolve("out");
        try (var folder = OutputFolder.open(out)) {
            var refusal = assertThrows(IllegalArgumentException.class, () -> folder.write(name, "x"));
            assertTrue(String.valueOf(refusal.getMessage()).contains("(" + name + ")"), refusal.getMessage());
        }
        assertEquals(List.of(), tree(temporary));
    }

    @Test
    void open_ofAFile_isRefused() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "x");
        assertThrows(IOException.class, () -> OutputFolder.open(file).close());
    }

    private static List<String> tree(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> !file.equals(folder))
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void close_withoutCommit_leavesNoFolderItMade() throws IOException {
        Path made = temporary.resolve("new/b");
        try (var files = OutputFolder.open(made)) {
            files.write("result.json", "{}");
        }
        assertFalse(Files.exists(temporary.resolve("new")));

        try (var files = OutputFolder.open(made)) {
            files.write("result.json", "{}");
            files.commit();
        }
        assertTrue(Files.exists(made.resolve("result.json")));

        try (var files = OutputFolder.open(made)) {
            files.write("other.json", "{}");
        }
        assertTrue(Files.exists(made));
    }
}
