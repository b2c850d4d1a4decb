package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object with named fields.
 *
 * <pre>{@code
 * RecordCodec<Slo> slo = RecordCodec.of("slo", fields -> {
 *     var ttft = fields.required("ttft", DURATION, Slo::ttft, "Longest time to the first token");
 *     var tpot = fields.required("tpot", DURATION, Slo::tpot, "Longest time per output token");
 *     return given -> new Slo(given.get(ttft), given.get(tpot));
 * });
 * }</pre>
 *
 * <p>What the constructor refuses becomes a problem at the object.
 */
final class RecordCodec<T> implements Codec<T> {

    /** Makes the object from its fields, all of which have been read. */
    @FunctionalInterface
    interface Maker<T> {
        T make(Given given);
    }

    /** One field of a {@code T}, holding an {@code F}. */
    static final class Field<T, F> {
        private final int index;
        private final String name;
        private final Codec<F> codec;
        private final Function<T, Optional<F>> getter;
        private final Optional<F> usual;
        private final boolean required;
        private final String meaning;

        private Field(
                int index,
                String name,
                Codec<F> codec,
                Function<T, Optional<F>> getter,
                Optional<F> usual,
                boolean required,
                String meaning) {
            this.index = index;
            this.name = name;
            this.codec = codec;
            this.getter = getter;
            this.usual = usual;
            this.required = required;
            this.meaning = meaning;
        }

        /** Its name in the file. */
        String name() {
            return name;
        }

        private void write(T owner, ObjectNode object) {
            getter.apply(owner).ifPresent(value -> object.set(name, codec.write(value)));
        }

        private void differences(T owner, String path, Codec.Differences into) {
            getter.apply(owner).ifPresent(value -> {
                String place = path.isEmpty() ? name : path + "." + name;
                if (!required) {
                    into.add(place, codec.write(value), usual.map(codec::write));
                } else {
                    codec.differences(value, place, into);
                }
            });
        }
    }

    /** The values of the fields of one object. */
    static final class Given {
        private final @Nullable Object[] values;

        private Given(int size) {
            values = new @Nullable Object[size];
        }

        /** The value of a required field. */
        <F> F get(Field<?, F> field) {
            return find(field).orElseThrow();
        }

        /** The value of a field, if it is there. */
        @SuppressWarnings("unchecked") // only the field itself puts values at its index
        <F> Optional<F> find(Field<?, F> field) {
            return Optional.ofNullable((F) values[field.index]);
        }

        private <F> boolean read(Field<?, F> field, Node node, Reading reading) {
            Optional<F> value = field.codec.read(node, reading);
            values[field.index] = value.orElse(null);
            return value.isPresent();
        }
    }

    /** Declares the fields; they are read in the order of declaration. */
    static final class Fields<T> {
        private final List<Field<T, ?>> declared = new ArrayList<>();

        <F> Field<T, F> required(String name, Codec<F> codec, Function<T, F> getter, String meaning) {
            return add(name, codec, owner -> Optional.of(getter.apply(owner)), Optional.empty(), true, meaning);
        }

        <F> Field<T, F> optional(String name, Codec<F> codec, Function<T, Optional<F>> getter, String meaning) {
            return add(name, codec, getter, Optional.empty(), false, meaning);
        }

        /** A field that is left out when it has its default. */
        <F> Field<T, F> optional(String name, Codec<F> codec, F usual, Function<T, F> getter, String meaning) {
            return add(
                    name,
                    codec,
                    owner -> Optional.of(getter.apply(owner)).filter(value -> !value.equals(usual)),
                    Optional.of(usual),
                    false,
                    meaning);
        }

        private <F> Field<T, F> add(
                String name,
                Codec<F> codec,
                Function<T, Optional<F>> getter,
                Optional<F> usual,
                boolean required,
                String meaning) {
            var field = new Field<>(declared.size(), name, codec, getter, usual, required, meaning);
            declared.add(field);
            return field;
        }
    }

    private final String noun;
    private final List<Field<T, ?>> fields;
    private final Maker<? extends T> maker;

    private RecordCodec(String noun, List<Field<T, ?>> fields, Maker<? extends T> maker) {
        this.noun = noun;
        this.fields = fields;
        this.maker = maker;
    }

    /**
     * Declares an object.
     *
     * @param noun what it is, for messages
     */
    static <T> RecordCodec<T> of(String noun, Function<Fields<T>, Maker<? extends T>> layout) {
        var fields = new Fields<T>();
        var maker = layout.apply(fields);
        return new RecordCodec<>(noun, List.copyOf(fields.declared), maker);
    }

    /** An object without fields of its own. */
    static <T> RecordCodec<T> empty(String noun, T value) {
        return of(noun, fields -> given -> value);
    }

    @Override
    public Optional<T> read(Node node, Reading reading) {
        if (node instanceof Node.Fields object) {
            return read(object, reading, Set.of());
        }
        reading.problems().refuse(node, "an object with " + described(Set.of()), "");
        return Optional.empty();
    }

    /** Reads an object in which some more fields, read elsewhere, are allowed. */
    Optional<T> read(Node.Fields object, Reading reading, Set<String> elsewhere) {
        Set<String> known = names(elsewhere);
        for (var entry : object.values().entrySet()) {
            if (!known.contains(entry.getKey())) {
                reading.problems()
                        .add(
                                entry.getValue().place(),
                                "\"" + entry.getKey() + "\" ("
                                        + entry.getValue().shown() + ") is no field of " + noun + "; allowed: "
                                        + String.join(", ", known),
                                Problems.nearest(entry.getKey(), known));
            }
        }
        boolean good = true; // a field too many does not hide what else is wrong with the object
        var given = new Given(fields.size());
        for (Field<T, ?> field : fields) {
            Node value = object.values().get(field.name);
            if (value != null) {
                good &= given.read(field, value, reading);
            } else if (field.required) {
                String message = "\"" + field.name + "\" is missing in " + noun + ": " + field.meaning;
                reading.problems().add(object.place(), message, "");
                good = false;
            }
        }
        return good ? made(given, object, reading) : Optional.empty();
    }

    private Optional<T> made(Given given, Node.Fields object, Reading reading) {
        try {
            return Optional.of(maker.make(given));
        } catch (IllegalArgumentException e) {
            reading.problems().refuse(object.place(), e);
            return Optional.empty();
        }
    }

    @Override
    public ObjectNode write(T value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.forEach(field -> field.write(value, object));
        return object;
    }

    @Override
    public void differences(T value, String path, Differences into) {
        fields.forEach(field -> field.differences(value, path, into));
    }

    @Override
    public ObjectNode schema(SchemaDefinitions definitions) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        for (Field<T, ?> field : fields) {
            properties.set(field.name, field.codec.schema(definitions).put("description", field.meaning));
            if (field.required) {
                required.add(field.name);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    boolean needsFields() {
        return fields.stream().anyMatch(field -> field.required);
    }

    private Set<String> names(Set<String> elsewhere) {
        var names = new LinkedHashSet<>(elsewhere);
        fields.forEach(field -> names.add(field.name));
        return names;
    }

    private String described(Set<String> elsewhere) {
        return fields.isEmpty() ? "no fields" : "the fields " + String.join(", ", names(elsewhere));
    }
}
