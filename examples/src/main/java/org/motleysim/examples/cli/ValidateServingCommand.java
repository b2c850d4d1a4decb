package org.motleysim.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motleysim.examples.serving.ServingValidation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code validate serving}: serving against runs of another simulator and of real engines. */
@Command(
        name = "serving",
        mixinStandardHelpOptions = true,
        description = "Holds LLM serving against runs of another simulator and of real engines.",
        footer = {
            "",
            "Exit code 1 when a goal is missed.",
            "",
            "Example:",
            "  motley validate serving --data ../shared/data"
        })
final class ValidateServingCommand implements Callable<Integer> {
    private static final int GOAL_MISSED = 1;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The folder of measured tables.")
    private @Nullable Path data;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the page docs/validation-serving.md instead.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        ServingValidation validation = ServingValidation.run(Objects.requireNonNull(data, "required"));
        if (out != null) {
            write(out, validation.page());
        } else {
            Objects.requireNonNull(spec, "picocli sets it")
                    .commandLine()
                    .getOut()
                    .print(validation.text());
        }
        return validation.met() ? 0 : GOAL_MISSED;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
