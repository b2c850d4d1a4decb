package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.NumberFormat.Special;

/**
 * The scenario's own number formats: a list of them, or the path of a file of formats. Reading makes them known to everything read later,
 * each to those below it.
 */
final class OwnFormatsCodec implements Codec<List<NumberFormat>> {

    private static final Codec<NumberFormat> NAMED = new FormatCodec();
    private static final Codec<Integer> COUNT = ScalarCodec.integer(1);

    private static final RecordCodec<NumberFormat> FORMAT = RecordCodec.of("a number format", fields -> {
        var name = fields.required("name", ScalarCodec.text(), NumberFormat::label, "Its name, such as my-fp5");
        var element = fields.required(
                "element",
                ScalarCodec.text(),
                NumberFormat::elementText,
                "One number: int1 to int8, uint1 to uint8, binary, or such as e4m3 for 4 bits of exponent and 3 of fraction");
        var storedBits = fields.optional(
                "storedBits",
                COUNT,
                format -> Optional.of(format.elementBits())
                        .filter(bits -> bits != format.element().bits()),
                "Bits of a stored element; by default those it has");
        var special = fields.optional(
                "special",
                ScalarCodec.named("a use of the highest exponent", List.of(Special.values()), use -> use.name()
                        .toLowerCase(Locale.ROOT)),
                format -> Optional.of(format.special())
                        .filter(use -> format.element().isFloating()),
                "What the highest exponent is used for: infinities (ieee), one that is no number (nan), or numbers only (none);"
                        + " by default ieee beyond 8 bits and none up to them");
        var block = fields.optional(
                "block",
                COUNT,
                format -> Optional.of(format.block()).filter(elements -> format.isBlock()),
                "Elements that share a scale; goes with \"scale\"");
        var scale = fields.optional(
                "scale",
                ScalarCodec.text(),
                NumberFormat::scaleText,
                "The scale of a block: e8 for a power of two of 8 bits, s16 for 16 bits of another number");
        var tensorScaleBits = fields.optional(
                "tensorScaleBits",
                ScalarCodec.integer(0),
                0,
                NumberFormat::tensorScaleBits,
                "Bits of a scale for the whole tensor, which no bytes include; none by default");
        var multiplier = fields.optional(
                "multiplier",
                NAMED,
                format -> Optional.of(format.multiplier()).filter(other -> !other.equals(format)),
                "The format whose multiplier does for this one; by default a device must list this one");
        var source = fields.optional("source", ScalarCodec.text(), "", NumberFormat::source, "Where it is defined");
        return given -> {
            var builder = NumberFormat.builder(given.get(name), given.get(element));
            given.find(storedBits).ifPresent(builder::storedBits);
            given.find(special).ifPresent(builder::special);
            given.find(tensorScaleBits).ifPresent(builder::tensorScaleBits);
            given.find(multiplier).ifPresent(builder::multiplier);
            given.find(source).ifPresent(builder::source);
            if (given.find(block).isPresent() != given.find(scale).isPresent()) {
                throw new IllegalArgumentException(
                        "\"block\" and \"scale\" must be given together" + "\nMaybe \"block\": 32, \"scale\": \"e8\".");
            }
            given.find(block).ifPresent(elements -> builder.block(elements, given.get(scale)));
            return builder.build();
        };
    });

    @Override
    public Optional<List<NumberFormat>> read(Node node, Reading reading) {
        if (node instanceof Node.Text path) {
            try {
                reading.formats(reading.formats().with(reading.resolve(path)));
                return Optional.of(List.of());
            } catch (UncheckedIOException e) {
                reading.problems().refuse(node, "a file of number formats that can be read: " + e.getMessage(), "");
            } catch (IllegalArgumentException e) {
                reading.problems().refuse(node.place(), e);
            }
            return Optional.empty();
        }
        if (!(node instanceof Node.Items items)) {
            reading.problems().refuse(node, "a list of number formats, or the path of a file of them as a string", "");
            return Optional.empty();
        }
        var formats = new ArrayList<NumberFormat>();
        for (Node each : items.values()) {
            FORMAT.read(each, reading).ifPresent(format -> {
                try {
                    reading.formats(reading.formats().with(List.of(format)));
                    formats.add(format);
                } catch (IllegalArgumentException e) {
                    reading.problems().refuse(each.place(), e);
                }
            });
        }
        return formats.size() == items.values().size() ? Optional.of(List.copyOf(formats)) : Optional.empty();
    }

    @Override
    public JsonNode write(List<NumberFormat> formats) {
        return new ListCodec<>(FORMAT, 0).write(formats);
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        var ways = schema.putArray("anyOf");
        ways.addObject().put("type", "string").put("description", "Path of a file of formats, from this file's folder");
        ways.add(new ListCodec<>(FORMAT, 0).schema(definitions));
        return schema;
    }
}
