package org.motleysim.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Report;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.workloads.llm.model.ModelSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code models}: the language models that come with Motley, and {@code models show NAME}: one of them with its source. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Lists the language models that come with Motley.",
        footer = {"", "Examples:", "  motley models", "  motley models show llama-3-8b"})
final class ModelsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() {
        List<ModelSpec> models =
                ModelSpec.builtInNames().stream().map(ModelSpec::builtIn).toList();
        var out = Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        if (json) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            models.forEach(model -> list.add(json(model)));
            out.print(Json.print(list));
        } else {
            out.print(Report.builder("Models").add(table(models)).build().text());
        }
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows one model and where its numbers come from.",
            footer = {"", "Example:", "  motley models show llama-3-8b"})
    int show(
            @Parameters(paramLabel = "NAME", description = "The model's name.") String name,
            @Option(names = "--json", description = "Print JSON instead of a table.") boolean asJson) {
        ModelSpec model = ModelSpec.builtIn(name);
        var out = Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        if (asJson) {
            out.print(Json.print(json(model)));
            return 0;
        }
        var rows = json(model).properties().stream()
                .map(field -> List.of(
                        Cell.text(field.getKey()), Cell.text(field.getValue().asText())))
                .toList();
        var table = new Table(model.name(), List.of(Column.text("what"), Column.text("value")), rows);
        out.print(Report.builder(model.name()).add(table).build().text());
        return 0;
    }

    private static Table table(List<ModelSpec> models) {
        var columns = List.of(
                Column.text("name"),
                Column.number("parameters"),
                Column.number("active"),
                Column.number("layers"),
                Column.number("hidden"),
                Column.number("context"),
                Column.number("weights"),
                Column.number("KV per token"));
        return new Table("", columns, models.stream().map(ModelsCommand::row).toList());
    }

    private static List<Cell> row(ModelSpec model) {
        return List.of(
                Cell.text(model.name()),
                Cell.text(billions(model.parameters())),
                Cell.text(billions(model.activeParameters())),
                Cell.text(String.valueOf(model.layers())),
                Cell.text(String.valueOf(model.hidden())),
                Cell.text(String.valueOf(model.contextLimit())),
                Cell.text(model.weightBytes().toString()),
                Cell.text(new Bytes(model.kvBytesPerToken()).toString()));
    }

    private static String billions(long parameters) {
        return String.format(Locale.ROOT, "%.2f B", parameters / 1e9);
    }

    private static ObjectNode json(ModelSpec model) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", model.name())
                .put("parameters", model.parameters())
                .put("activeParameters", model.activeParameters())
                .put("layers", model.layers())
                .put("hidden", model.hidden())
                .put("contextLimit", model.contextLimit())
                .put("weightFormat", model.weightFormat().label())
                .put("kvFormat", model.kvFormat().label())
                .put("weightBytes", model.weightBytes().value())
                .put("kvBytesPerToken", model.kvBytesPerToken())
                .put("source", ModelSpec.builtInSource(model.name()));
    }
}
