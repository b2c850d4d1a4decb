package org.motleysim.examples.reproductions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReproductionsTest {
    private static final Path FOLDER = Path.of("reproductions");

    @Test
    void run_allPapers_leavesNoneOut() {
        Set<Integer> seen =
                packed().stream().map(row -> row.paper().number()).collect(Collectors.toCollection(LinkedHashSet::new));

        assertEquals(IntStream.rangeClosed(1, 88).boxed().toList(), List.copyOf(seen));
    }

    @Test
    void run_allPapers_saysWhyForEachRowNotAttempted() {
        for (Outcome row : packed()) {
            if (row.verdict() == Verdict.NOT_ATTEMPTED) {
                assertFalse(row.prediction().reason().isBlank(), row.toString());
            }
        }
    }

    @Test
    void folders_onDisk_eachHasItsClass() throws IOException {
        Set<Integer> attempted = packed().stream()
                .filter(row -> row.claim().isPresent())
                .map(row -> row.paper().number())
                .collect(Collectors.toSet());
        try (Stream<Path> folders = Files.list(FOLDER)) {
            Set<Integer> present = folders.filter(Files::isDirectory)
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .map(name -> Integer.parseInt(name.substring(0, name.indexOf('-'))))
                    .collect(Collectors.toSet());
            assertEquals(present, attempted);
        }
    }

    @Test
    void run_folderOnDisk_isTheSameAsPacked() {
        List<Outcome> folder = Reproductions.at(FOLDER).run(Set.of(), Optional.empty());

        assertEquals(
                ReproductionsTable.json(packed()).toString(),
                ReproductionsTable.json(folder).toString());
    }

    @Test
    void run_unknownPaper_isRefused() {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> Reproductions.packed().run(Set.of(89), Optional.empty()));

        assertTrue(String.valueOf(refusal.getMessage()).contains("1 to 88"));
    }

    /** The page is made by {@code motley reproduce --data ../shared/papers/data --out docs/reproductions.md}. */
    @Test
    void page_inTheRepository_isCurrent() throws IOException {
        Optional<Path> data = Optional.ofNullable(System.getProperty("motley.data"))
                .or(() -> Optional.ofNullable(System.getenv("MOTLEY_DATA")))
                .map(Path::of)
                .filter(folder -> Files.isDirectory(
                        folder.resolve("../papers/data/24-help").normalize()));
        assumeTrue(data.isPresent(), "skipped: the tables of the papers are not beside MOTLEY_DATA");

        String now = ReproductionsTable.page(Reproductions.packed().run(Set.of(), data));

        assertEquals(now, Files.readString(Path.of("../docs/reproductions.md")), "docs/reproductions.md is old");
    }

    private static List<Outcome> packed() {
        return Reproductions.packed().run(Set.of(), Optional.empty());
    }
}
