package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One of several kinds of a thing: {@code "name"}, or {@code {"kind": "name", ...}} when it has fields of its own. Kinds that users add
 * are found by {@link PlugIns}; their names have a dot in them, which no built-in name has.
 */
final class ChoiceCodec<T> implements Codec<T> {

    private static final String KIND = "kind";

    private record Kind<T, S extends T>(String name, Class<S> type, Predicate<S> mine, RecordCodec<S> codec) {
        Optional<ObjectNode> write(T value) {
            return Optional.of(value)
                    .filter(type::isInstance)
                    .map(type::cast)
                    .filter(mine)
                    .map(codec::write);
        }

        boolean differences(T value, String path, Differences into) {
            if (!type.isInstance(value) || !mine.test(type.cast(value))) {
                return false;
            }
            codec.differences(type.cast(value), path, into);
            return true;
        }

        Optional<T> read(Node.Fields node, Reading reading) {
            return codec.read(node, reading, Set.of(KIND)).map(value -> value);
        }
    }

    private final String noun;
    private final Map<String, Kind<T, ?>> kinds;
    private final Optional<PlugIns<T>> plugIns;

    private ChoiceCodec(String noun, Map<String, Kind<T, ?>> kinds, Optional<PlugIns<T>> plugIns) {
        this.noun = noun;
        this.kinds = kinds;
        this.plugIns = plugIns;
    }

    static <T> Builder<T> of(String noun) {
        return new Builder<>(noun);
    }

    @Override
    public Optional<T> read(Node node, Reading reading) {
        if (node instanceof Node.Text name) {
            return kind(name, new Node.Fields(node.place(), Map.of()), reading);
        }
        if (node instanceof Node.Fields object) {
            Node kind = object.values().get(KIND);
            if (kind instanceof Node.Text name) {
                return kind(name, object, reading);
            }
            if (kind != null) {
                reading.problems().refuse(kind, allowed(), "");
            } else {
                reading.problems()
                        .add(node.place(), "\"kind\" is missing in " + noun + "; it must be " + allowed(), "");
            }
            return Optional.empty();
        }
        reading.problems().refuse(node, allowed() + ", or an object with \"kind\"", "");
        return Optional.empty();
    }

    private Optional<T> kind(Node.Text name, Node.Fields object, Reading reading) {
        Kind<T, ?> kind = kinds.get(name.value());
        if (kind != null) {
            return kind.read(object, reading);
        }
        if (plugIns.isPresent() && PlugIns.isName(name.value())) {
            return plugIns.get().read(name, object, reading);
        }
        reading.problems().refuseName(name, allowed(), kinds.keySet());
        return Optional.empty();
    }

    @Override
    public JsonNode write(T value) {
        for (Kind<T, ?> kind : kinds.values()) {
            Optional<ObjectNode> fields = kind.write(value);
            if (fields.isPresent()) {
                return named(kind.name, fields.get());
            }
        }
        return plugIns.flatMap(found -> found.write(value))
                .map(written -> named(written.name(), written.json()))
                .orElseThrow(() -> new IllegalArgumentException(noun + " (" + value + ") has no form in a scenario file"
                        + (plugIns.isPresent()
                                ? "\nMaybe let its provider's describe method return its options."
                                : "\nMaybe use one of: " + String.join(", ", kinds.keySet()) + ".")));
    }

    @Override
    public void differences(T value, String path, Differences into) {
        for (Kind<T, ?> kind : kinds.values()) {
            if (kind.differences(value, path, into)) {
                return;
            }
        }
    }

    private static JsonNode named(String name, ObjectNode fields) {
        if (fields.isEmpty()) {
            return JsonNodeFactory.instance.textNode(name);
        }
        return JsonNodeFactory.instance.objectNode().put(KIND, name).setAll(fields);
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        return definitions.reference(noun.replace(' ', '-'), () -> {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            ArrayNode ways = schema.putArray("anyOf");
            List<String> plain = kinds.values().stream()
                    .filter(kind -> !kind.codec.needsFields())
                    .map(Kind::name)
                    .toList();
            if (!plain.isEmpty()) {
                plain.forEach(ways.addObject().putArray("enum")::add);
            }
            kinds.values().forEach(kind -> ways.add(schema(kind, definitions)));
            if (plugIns.isPresent()) {
                PlugIns.schemas().forEach(ways::add);
            }
            return schema;
        });
    }

    private static ObjectNode schema(Kind<?, ?> kind, SchemaDefinitions definitions) {
        ObjectNode schema = kind.codec.schema(definitions);
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        properties.putObject(KIND).put("const", kind.name);
        properties.setAll((ObjectNode) schema.get("properties"));
        ArrayNode required = JsonNodeFactory.instance.arrayNode().add(KIND);
        Optional.ofNullable((ArrayNode) schema.get("required")).ifPresent(required::addAll);
        schema.set("properties", properties);
        schema.set("required", required);
        return schema;
    }

    private String allowed() {
        String own = plugIns.map(PlugIns::names)
                .filter(names -> !names.isEmpty())
                .map(names -> ", " + ScalarCodec.quoted(names))
                .orElse("");
        return noun + ": " + ScalarCodec.quoted(kinds.keySet()) + own;
    }

    static final class Builder<T> {
        private final String noun;
        private final Map<String, Kind<T, ?>> kinds = new LinkedHashMap<>();
        private Optional<PlugIns<T>> plugIns = Optional.empty();

        private Builder(String noun) {
            this.noun = noun;
        }

        /** A kind with a type of its own. */
        <S extends T> Builder<T> kind(String name, Class<S> type, RecordCodec<S> codec) {
            return kind(name, type, value -> true, codec);
        }

        /** A kind that is some of the values of a type: the first kind that fits a value writes it. */
        <S extends T> Builder<T> kind(String name, Class<S> type, Predicate<S> mine, RecordCodec<S> codec) {
            kinds.put(name, new Kind<>(name, type, mine, codec));
            return this;
        }

        /** A kind that is one value. */
        <S extends T> Builder<T> value(String name, S value) {
            @SuppressWarnings("unchecked") // a value is an instance of its own class
            Class<S> type = (Class<S>) value.getClass();
            return kind(name, type, value::equals, RecordCodec.empty(noun + " \"" + name + "\"", value));
        }

        Builder<T> plugIns(PlugIns<T> found) {
            plugIns = Optional.of(found);
            return this;
        }

        ChoiceCodec<T> build() {
            return new ChoiceCodec<>(noun, new LinkedHashMap<>(kinds), plugIns);
        }
    }
}
