package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Durations;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.MoneyRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.quantity.Rate;

/** The values without parts: strings, numbers, flags, names from a list, and quantities such as {@code "100 Gbit/s"}. */
final class ScalarCodec<T> implements Codec<T> {

    static final ScalarCodec<Rate> RATE =
            quantity("a rate", "12 /s", Rate.units(), Rate::parse, Rate::toString, rate -> rate.perSecond() + " /s");
    static final ScalarCodec<Bandwidth> BANDWIDTH = quantity(
            "a bandwidth",
            "100 Gbit/s",
            Bandwidth.units(),
            Bandwidth::parse,
            Bandwidth::toString,
            bandwidth -> bandwidth.bytesPerSecond() + " B/s");
    static final ScalarCodec<Bytes> BYTES = quantity(
            "an amount of bytes",
            "64 GiB",
            Bytes.units(),
            Bytes::parse,
            Bytes::toString,
            bytes -> bytes.value() + " B");
    static final ScalarCodec<Energy> ENERGY = quantity(
            "an energy", "60 pJ", Energy.units(), Energy::parse, Energy::toString, energy -> energy.joules() + " J");
    static final ScalarCodec<Duration> DURATION =
            quantity("a duration", "500 ms", Durations.units(), Durations::parse, Durations::format, Durations::format);
    static final ScalarCodec<MoneyRate> PRICE = quantity(
            "a price by time",
            "2.5 USD/h",
            MoneyRate.units(),
            MoneyRate::parse,
            MoneyRate::toString,
            price -> price.usdPerSecond() + " USD/s");

    static final ScalarCodec<Power> POWER =
            quantity("a power", "300 W", Power.units(), Power::parse, Power::toString, power -> power.watts() + " W");

    static final ScalarCodec<Boolean> FLAG = new ScalarCodec<>(
            node -> node instanceof Node.Flag flag ? Optional.of(flag.value()) : Optional.empty(),
            "true or false",
            node -> "",
            JsonNodeFactory.instance::booleanNode,
            () -> typed("boolean"));

    private final Function<Node, Optional<T>> reader;
    private final String allowed;
    private final Function<Node, String> hint;
    private final Function<T, JsonNode> writer;
    private final Supplier<ObjectNode> schema;

    private ScalarCodec(
            Function<Node, Optional<T>> reader,
            String allowed,
            Function<Node, String> hint,
            Function<T, JsonNode> writer,
            Supplier<ObjectNode> schema) {
        this.reader = reader;
        this.allowed = allowed;
        this.hint = hint;
        this.writer = writer;
        this.schema = schema;
    }

    /** Any text. */
    static ScalarCodec<String> text() {
        return text(Pattern.compile("(?s).*"), "a string");
    }

    /** Text of a given form. */
    static ScalarCodec<String> text(Pattern form, String allowed) {
        return new ScalarCodec<>(
                node -> node instanceof Node.Text text
                                && form.matcher(text.value()).matches()
                        ? Optional.of(text.value())
                        : Optional.empty(),
                allowed,
                node -> "",
                JsonNodeFactory.instance::textNode,
                () -> {
                    ObjectNode schema = typed("string");
                    return form.pattern().equals("(?s).*") ? schema : schema.put("pattern", "^" + form.pattern() + "$");
                });
    }

    /** A whole number from {@code least} to {@code most}. */
    static ScalarCodec<Long> integer(long least, long most) {
        String range = most == Long.MAX_VALUE ? "of " + least + " or more" : "from " + least + " to " + most;
        return new ScalarCodec<>(
                node -> node instanceof Node.Numeric number
                        ? whole(number.value()).filter(value -> value >= least && value <= most)
                        : Optional.empty(),
                "a whole number " + range,
                node -> node instanceof Node.Text ? "Maybe without the quotes." : "",
                JsonNodeFactory.instance::numberNode,
                () -> typed("integer").put("minimum", least).put("maximum", most));
    }

    /** Always the same number. */
    static ScalarCodec<Long> exactly(long value) {
        return new ScalarCodec<>(
                node -> node instanceof Node.Numeric number
                        ? whole(number.value()).filter(n -> n == value)
                        : Optional.empty(),
                String.valueOf(value),
                node -> "",
                JsonNodeFactory.instance::numberNode,
                () -> JsonNodeFactory.instance.objectNode().put("const", value));
    }

    /** A whole number that fits in an {@code int}. */
    static ScalarCodec<Integer> integer(int least) {
        return integer(least, Integer.MAX_VALUE).as(Long::intValue, Integer::longValue);
    }

    /** A number; the schema and the message say its range, {@code rule} is the range. */
    static ScalarCodec<Double> number(NumberRange range) {
        return new ScalarCodec<>(
                node -> node instanceof Node.Numeric number
                        ? Optional.of(number.value().doubleValue()).filter(range::contains)
                        : Optional.empty(),
                range.allowed(),
                node -> node instanceof Node.Text ? "Maybe without the quotes." : "",
                value -> value == Math.rint(value) && Math.abs(value) < 1e15
                        ? JsonNodeFactory.instance.numberNode(value.longValue())
                        : JsonNodeFactory.instance.numberNode(value),
                () -> range.bound(typed("number")));
    }

    /** One of the given values by its name. */
    static <T> ScalarCodec<T> named(String noun, List<T> values, Function<T, String> name) {
        Map<String, T> byName = new LinkedHashMap<>();
        values.forEach(value -> byName.put(name.apply(value), value));
        return new ScalarCodec<>(
                node -> node instanceof Node.Text text
                        ? Optional.ofNullable(byName.get(text.value()))
                        : Optional.empty(),
                noun + ": " + quoted(byName.keySet()),
                node -> node instanceof Node.Text text ? Problems.nearest(text.value(), byName.keySet()) : "",
                value -> JsonNodeFactory.instance.textNode(name.apply(value)),
                () -> {
                    ObjectNode schema = typed("string");
                    byName.keySet().forEach(schema.putArray("enum")::add);
                    return schema;
                });
    }

    /**
     * A number with a unit.
     *
     * @param exact how a value is written when reading what {@code shown} prints gives another one
     */
    static <Q> ScalarCodec<Q> quantity(
            String noun,
            String example,
            List<String> units,
            Function<String, Q> parse,
            Function<Q, String> shown,
            Function<Q, String> exact) {
        return new ScalarCodec<Q>(
                node -> node instanceof Node.Text text ? parsed(parse, text.value()) : Optional.empty(),
                noun + " with its unit as a string, such as \"" + example + "\"; units: " + String.join(", ", units),
                node -> {
                    if (node instanceof Node.Numeric number) {
                        return "Maybe \"" + number.value() + example.substring(example.indexOf(' ')) + "\".";
                    }
                    return node instanceof Node.Text text ? complaint(parse, text.value()) : "";
                },
                value -> {
                    String text = shown.apply(value);
                    boolean same = parse.apply(text).equals(value);
                    return JsonNodeFactory.instance.textNode(same ? text : exact.apply(value));
                },
                () -> {
                    String symbols = units.stream().map(ScalarCodec::literally).collect(Collectors.joining("|"));
                    ObjectNode schema = typed("string")
                            .put(
                                    "pattern",
                                    "^\\s*\\+?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?\\s*(" + symbols
                                            + ")\\s*$");
                    schema.putArray("examples").add(example);
                    return schema;
                });
    }

    /** This form for another type. */
    <R> ScalarCodec<R> as(Function<T, R> to, Function<R, T> from) {
        return new ScalarCodec<>(
                node -> reader.apply(node).map(to), allowed, hint, value -> writer.apply(from.apply(value)), schema);
    }

    @Override
    public Optional<T> read(Node node, Reading reading) {
        Optional<T> value = reader.apply(node);
        if (value.isEmpty()) {
            reading.problems().refuse(node, allowed, hint.apply(node));
        }
        return value;
    }

    @Override
    public JsonNode write(T value) {
        return writer.apply(value);
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return schema.get();
    }

    static String quoted(Iterable<String> names) {
        var quoted = new StringBuilder();
        for (String name : names) {
            quoted.append(quoted.isEmpty() ? "\"" : ", \"").append(name).append('"');
        }
        return quoted.toString();
    }

    private static Optional<Long> whole(BigDecimal value) {
        try {
            return Optional.of(value.longValueExact());
        } catch (ArithmeticException notWhole) {
            return Optional.empty();
        }
    }

    private static <Q> Optional<Q> parsed(Function<String, Q> parse, String text) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    /** The second line of what the parser says, which holds the nearest unit. */
    private static String complaint(Function<String, ?> parse, String text) {
        try {
            Object fine = parse.apply(text);
            throw new AssertionError(text + " is refused only when it cannot be parsed, and it is " + fine);
        } catch (IllegalArgumentException refused) {
            return String.valueOf(refused.getMessage()).lines().skip(1).collect(Collectors.joining("\n"));
        }
    }

    private static String literally(String symbol) {
        return symbol.replaceAll("[.$^|?*+()\\[\\]{}\\\\/]", "\\\\$0").replace("\\/", "/");
    }

    private static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
