package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The JSON form of a type, declared once: how it is read, how it is written, and what a JSON Schema says of it. Reader, writer and schema
 * cannot disagree about a field because there is only one list of fields.
 *
 * <p>Combined from {@link ScalarCodec}, {@link ListCodec}, {@link RecordCodec} (objects) and {@link ChoiceCodec} ({@code "name"} or
 * {@code {"kind": "name", ...}}); {@link ScenarioCodec} puts them together.
 */
interface Codec<T> {

    /** Reads a value; empty after reporting every problem with it. */
    Optional<T> read(Node node, Reading reading);

    /**
     * Writes a value so that {@link #read} returns an equal one.
     *
     * @throws IllegalArgumentException if it has no form in JSON, such as a lambda
     */
    JsonNode write(T value);

    /** The schema of what {@link #read} accepts, as far as a schema can tell; large parts are put into the definitions. */
    ObjectNode schema(SchemaDefinitions definitions);

    /** Tells of all fields inside a value that are not as they would be if they were left out. */
    default void differences(T value, String path, Differences into) {}

    /** Where differences are told. */
    @FunctionalInterface
    interface Differences {
        /**
         * A field is not as usual.
         *
         * @param path where it stands, such as {@code workloads[0].batching}
         * @param value what it is, as JSON
         * @param usual what it would be if it were left out; empty when it would be absent
         */
        void add(String path, JsonNode value, Optional<JsonNode> usual);
    }

    /** A codec that is asked for when first used: how the parts of a thing can be things of the same type. */
    static <T> Codec<T> later(Supplier<Codec<T>> codec) {
        return new Codec<>() {
            @Override
            public Optional<T> read(Node node, Reading reading) {
                return codec.get().read(node, reading);
            }

            @Override
            public JsonNode write(T value) {
                return codec.get().write(value);
            }

            @Override
            public ObjectNode schema(SchemaDefinitions definitions) {
                return codec.get().schema(definitions);
            }

            @Override
            public void differences(T value, String path, Differences into) {
                codec.get().differences(value, path, into);
            }
        };
    }
}
