package org.motleysim.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.report.AtomicFile;
import org.motleysim.examples.reproductions.Outcome;
import org.motleysim.examples.reproductions.Reproductions;
import org.motleysim.examples.reproductions.ReproductionsTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reproduce}: published numbers beside what Motley computes. */
@Command(
        name = "reproduce",
        mixinStandardHelpOptions = true,
        description = "Computes the numbers of published systems and compares them.",
        footer = {
            "",
            "Verdicts: reproduced (within the tolerance), off, band (an input is unknown), not attempted.",
            "",
            "Examples:",
            "  motley reproduce --paper 58",
            "  motley reproduce --paper 24 --data ../shared/papers/data --json",
            "  motley reproduce --data ../shared/papers/data --out docs/reproductions.md"
        })
final class ReproduceCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--paper",
            paramLabel = "N",
            description = "Only this paper, 1 to 88. May be repeated; all papers by default.")
    private Set<Integer> papers = new LinkedHashSet<>();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The published tables of the papers; claims that need them are not attempted otherwise.")
    private @Nullable Path data;

    @Option(
            names = "--inputs",
            paramLabel = "DIR",
            description = "Read the facts and claims from this folder instead of the packed examples/reproductions.")
    private @Nullable Path inputs;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the page docs/reproductions.md instead.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Reproductions reproductions = inputs == null ? Reproductions.packed() : Reproductions.at(inputs);
        List<Outcome> rows = reproductions.run(papers, Optional.ofNullable(data));
        if (out != null) {
            write(out, ReproductionsTable.page(rows));
        } else {
            Objects.requireNonNull(spec, "picocli sets it")
                    .commandLine()
                    .getOut()
                    .print(json ? Json.print(ReproductionsTable.json(rows)) : ReproductionsTable.text(rows));
        }
        return 0;
    }

    private static void write(Path file, String text) {
        try {
            AtomicFile.write(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
