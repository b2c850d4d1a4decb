package org.motleysim.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.experiment.Experiment;
import org.motleysim.core.experiment.ExperimentResult;
import org.motleysim.core.experiment.ResultStore;
import org.motleysim.core.experiment.Variant;
import org.motleysim.core.name.NearestName;
import org.motleysim.core.report.OutputFolder;
import org.motleysim.workloads.scenario.ResultFiles;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Study;
import org.motleysim.workloads.scenario.StudyFile;
import org.motleysim.workloads.study.SearchResult;
import org.motleysim.workloads.study.StudyResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code study FILE}: runs variants of a scenario many times and says what differs. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        description = {
            "Runs variants of a scenario many times, prints what differs with error bars, and writes runs.jsonl,",
            "summary.csv and study.html. What was run stays when it is broken off: --resume goes on.",
            "A study with a \"search\" looks for the highest load or the best variant, each step in a folder of its own."
        },
        footer = {
            "",
            "Examples:",
            "  motley study examples/studies/routing.json",
            "  motley study examples/studies/gpu-mix.json --threads 8 --out out/mix --resume",
            "  motley study examples/studies/gpu-mix.json --run 3",
            "  motley study examples/studies/highest-load.json",
            "  motley study --schema > study-1.schema.json"
        })
final class StudyCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The study file.")
    private @Nullable Path file;

    @Option(names = "--threads", paramLabel = "N", description = "Runs at the same time; by default one per processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the files; out/<study name> by default.")
    private @Nullable Path out;

    @Option(names = "--resume", description = "Go on with the runs that are in the folder.")
    private boolean resume;

    @Option(
            names = "--run",
            paramLabel = "VARIANT[:REPLICATION]",
            description = {
                "Only run this one again, and write all its files and its own page into runs/VARIANT-REPLICATION of the folder.",
                "VARIANT is a name or a number as in study.html; the first replication is 0."
            })
    private @Nullable String single;

    @Option(names = "--check", description = "Only say everything that is wrong with the study, or \"ok\".")
    private boolean check;

    @Option(names = "--schema", description = "Only print the JSON Schema of study files.")
    private boolean schema;

    @Override
    public Integer call() throws IOException {
        PrintWriter console = command().commandLine().getOut();
        if (schema) {
            console.print(StudyFile.schema());
            return 0;
        }
        if (file == null) {
            throw new ParameterException(command().commandLine(), "FILE must be given: a study file");
        }
        if (threads < 1) {
            throw new ParameterException(command().commandLine(), "--threads (" + threads + ") must be 1 or more");
        }
        Study study = StudyFile.read(file);
        if (check) {
            console.println("ok: " + study.variants().size() + " variants"
                    + study.search().map(search -> ", and a search").orElse(""));
            return 0;
        }
        Path folder = Optional.ofNullable(out).orElseGet(() -> RunCommand.usualFolder(study.name()));
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new ParameterException(
                    command().commandLine(), "--out (" + folder + ") must be a folder, and is a file");
        }
        if (single != null) {
            return runAgain(study, single, folder);
        }
        if (study.search().isPresent()) {
            SearchResult found =
                    SearchResult.of(study, threads, (step, experiment) -> step(study, folder, step, experiment));
            try (var files = OutputFolder.open(folder)) {
                found.stage(files);
                files.commit();
            }
            console.print(found.report().text());
        } else {
            var answer = new StudyResult(study, run(study, folder)).withExamples(threads);
            try (var files = OutputFolder.open(folder)) {
                answer.stage(files);
                files.commit();
            }
            console.print(answer.report().text());
        }
        console.println("files   " + folder);
        return 0;
    }

    private ExperimentResult run(Study study, Path folder) throws IOException {
        try (var store = ResultStore.open(folder, study.identity(), resume);
                var progress = StudyProgress.on(command().commandLine().getErr())) {
            return study.experiment().threads(threads).watcher(progress).build().run(store);
        }
    }

    private int runAgain(Study study, String which, Path folder) throws IOException {
        int colon = which.matches(".*:[0-9]{1,9}") ? which.lastIndexOf(':') : which.length();
        int variant = variant(study, which.substring(0, colon));
        int replication = colon == which.length() ? 0 : Integer.parseInt(which.substring(colon + 1));
        long seed = study.experiment().build().seed(variant, replication);
        RunResult result =
                study.variants().get(variant).scenario().withSeed(seed).run();
        Path own = folder.resolve("runs").resolve(variant + "-" + replication);
        try (var files = OutputFolder.open(own)) {
            ResultFiles.stage(result, files);
            files.commit();
        }
        PrintWriter console = command().commandLine().getOut();
        console.print(result.report().text());
        console.println("files   " + own);
        return 0;
    }

    private int variant(Study study, String which) {
        List<String> names = study.variants().stream().map(Study.Case::name).toList();
        if (names.contains(which)) {
            return names.indexOf(which);
        }
        if (which.matches("[0-9]{1,9}") && Integer.parseInt(which) < names.size()) {
            return Integer.parseInt(which);
        }
        throw new ParameterException(
                command().commandLine(),
                "--run (" + which + ") must begin with the name of a variant, or a number from 0 to "
                        + (names.size() - 1)
                        + NearestName.of(which, names)
                                .map(near -> "\nMaybe \"" + near + "\".")
                                .orElse(""));
    }

    /** One step of a search, in a folder of its own: what has been run is not run again. */
    private ExperimentResult step(Study study, Path folder, String step, Experiment.Builder experiment)
            throws IOException {
        Experiment known = experiment.threads(threads).build();
        String names = known.variants().stream().map(Variant::name).collect(Collectors.joining("\n"));
        try (var store = ResultStore.open(
                        folder.resolve("steps").resolve(step), study.identity() + step + "\n" + names, resume);
                var progress = StudyProgress.on(command().commandLine().getErr())) {
            return experiment.watcher(progress).build().run(store);
        }
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec, "picocli sets it");
    }
}
