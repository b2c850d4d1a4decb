package org.motleysim.examples.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.motleysim.workloads.scenario.ScenarioFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code schema}: the JSON Schema of scenario files, by which editors complete field names. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = "Prints the JSON Schema of scenario files, by which editors complete and check them.",
        footer = {"", "Example:", "  motley schema > scenario-1.schema.json"})
final class SchemaCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut().print(ScenarioFile.schema());
    }
}
