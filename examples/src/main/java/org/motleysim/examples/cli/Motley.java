package org.motleysim.examples.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.motleysim.workloads.scenario.ScenarioException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: {@code java -jar motley.jar COMMAND}. */
@Command(
        name = "motley",
        mixinStandardHelpOptions = true,
        versionProvider = Motley.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Simulates heterogeneous clusters.",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            DevicesCommand.class,
            FleetCommand.class,
            ModelsCommand.class,
            FormatsCommand.class,
            SchemaCommand.class,
            ReproduceCommand.class,
            EstimateCommand.class,
            ValidateCommand.class,
            CalibrateCommand.class,
            StudyCommand.class,
            CompareCommand.class,
            GraphCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  motley run examples/scenarios/mixed-serving.json --seed 8 --out out/seed-8",
            "  motley check my-scenario.json",
            "  motley study examples/studies/routing.json",
            "  motley devices --kind gpu",
            "  motley fleet examples/scenarios/phones.json --count 10000",
            "  motley models show llama-3-8b",
            "  motley formats show mxfp4",
            "  motley schema > scenario-1.schema.json",
            "  motley reproduce --paper 58",
            "  motley estimate --device nvidia-h100-sxm-80gb --kernel gemm --m 4096 --n 4096 --k 4096",
            "  motley validate --data ../shared/data",
            "  motley graph montage.json --dot montage.dot",
            "",
            "Exit codes: 0 done, 1 unexpected failure or a goal missed by validate, 2 bad input."
        })
public final class Motley {
    /** What a command returns when the input is at fault. */
    static final int BAD_INPUT = 2;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of an unexpected failure; so does MOTLEY_DEBUG=1.")
    private boolean verbose;

    private Motley() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        // Results hold names in any script; the console's own charset may not.
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(execute(out, err, arguments));
    }

    /** Runs a command and returns its exit code. */
    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        var motley = new Motley();
        var commandLine = new CommandLine(motley)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> motley.failed(failure, err));
        try {
            return commandLine.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError failure) {
            return motley.failed(failure, err);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private int failed(Throwable failure, PrintWriter err) {
        if (failure instanceof ScenarioException refusal) {
            err.println(refusal.getMessage());
            return BAD_INPUT;
        }
        if (failure instanceof IllegalArgumentException refusal) {
            err.println(refusal.getMessage());
            return BAD_INPUT;
        }
        err.println("Motley failed: " + reason(failure));
        if (verbose || System.getenv("MOTLEY_DEBUG") != null) {
            failure.printStackTrace(err);
        } else {
            err.println("This should not happen. Please report it with the scenario file and the output of --verbose.");
        }
        return 1;
    }

    private static String reason(Throwable failure) {
        return failure.getClass().getSimpleName()
                + Optional.ofNullable(failure.getMessage())
                        .map(text -> ": " + text)
                        .orElse("");
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(Motley.class.getPackage().getImplementationVersion())
                    .orElse("(development)");
            return new String[] {"Motley " + version + ", Java " + Runtime.version()};
        }
    }
}
