package org.motleysim.core.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motleysim.core.random.RandomStreams;

/** The runs of a folder, read back to be compared with those of another. */
public final class StoredRuns {
    /** One variant: its number and the seeds of its replications. */
    private static final class Kept {
        private final int number;
        private long[] seeds = new long[16];
        private int count;

        Kept(int number) {
            this.number = number;
        }

        void add(long seed) {
            if (count == seeds.length) {
                seeds = Arrays.copyOf(seeds, 2 * count);
            }
            seeds[count++] = seed;
        }

        /** Whether replications are pairs that mirror each other. */
        Seeding seeding() {
            for (int i = 1; i < count; i += 2) {
                if (!RandomStreams.isAntithetic(seeds[i])
                        || seeds[i - 1] >>> 48 != 0
                        || RandomStreams.antithetic(seeds[i - 1]) != seeds[i]) {
                    return Seeding.COMMON;
                }
            }
            return count < 2 ? Seeding.COMMON : Seeding.ANTITHETIC;
        }

        /** Whether the replications that both have were given the same seeds. */
        boolean pairsWith(Kept other) {
            int both = Math.min(Math.min(count, other.count), Tally.VALUES_KEPT);
            return Arrays.equals(seeds, 0, both, other.seeds, 0, both);
        }
    }

    private final Map<String, Kept> variants;
    private final Tally tally;

    private StoredRuns(Map<String, Kept> variants, Tally tally) {
        this.variants = variants;
        this.tally = tally;
    }

    /**
     * Reads a folder, up to the first line that is not whole.
     *
     * @throws IOException when it cannot be read
     */
    public static StoredRuns read(Path folder) throws IOException {
        Map<String, Kept> variants = new LinkedHashMap<>();
        ResultStore.read(folder, run -> variants.computeIfAbsent(run.name(), name -> new Kept(run.variant()))
                .add(run.seed()));
        var tally = new Tally(variants.size(), Seeding.COMMON);
        ResultStore.read(folder, tally::add);
        return new StoredRuns(variants, tally);
    }

    /** The names of the variants, in order. */
    public List<String> variants() {
        return List.copyOf(variants.keySet());
    }

    /** The names of the metrics, in the order in which they were first seen. */
    public List<String> metrics() {
        return tally.metrics();
    }

    /**
     * What differs in the other folder: for each variant of the same name, or the only one of each folder, and each metric that both have
     * two or more values of. Paired when the seeds are the same, else by Welch's t.
     *
     * @param name what this folder is called
     * @param otherName what the other is called
     */
    public List<Difference> differences(String name, StoredRuns other, String otherName) {
        List<Difference> differences = new ArrayList<>();
        boolean single = variants.size() == 1 && other.variants.size() == 1;
        for (Map.Entry<String, Kept> entry : variants.entrySet()) {
            Kept mine = entry.getValue();
            Optional<Kept> theirs = single
                    ? other.variants.values().stream().findFirst()
                    : Optional.ofNullable(other.variants.get(entry.getKey()));
            theirs.ifPresent(kept -> {
                String suffix = single ? "" : ": " + entry.getKey();
                for (String metric : metrics()) {
                    difference(metric, name + suffix, mine, other, otherName + suffix, kept)
                            .ifPresent(differences::add);
                }
            });
        }
        return differences;
    }

    private Optional<Difference> difference(
            String metric, String name, Kept mine, StoredRuns other, String otherName, Kept theirs) {
        double[] of = mine.seeding().observations(tally.values(mine.number, metric));
        double[] with = theirs.seeding().observations(other.tally.values(theirs.number, metric));
        String unit = tally.unit(metric).orElseThrow();
        try {
            return Optional.of(
                    mine.pairsWith(theirs)
                            ? Difference.paired(metric, unit, name, of, otherName, with, Summary.USUAL_LEVEL)
                            : Difference.independent(metric, unit, name, of, otherName, with, Summary.USUAL_LEVEL));
        } catch (IllegalArgumentException fewerThanTwo) {
            return Optional.empty();
        }
    }
}
