package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Policies of the user's own that a file can name, found with {@link ServiceLoader} each time a file is read.
 *
 * @param <T> what the providers provide
 */
final class PlugIns<T> {

    /** A policy as its provider describes it. */
    record Written(String name, ObjectNode json) {}

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");

    private final Class<? extends PolicyProvider<T>> type;

    PlugIns(Class<? extends PolicyProvider<T>> type) {
        this.type = type;
    }

    /** Whether a name can be a plug-in's: words joined by dots, such as {@code acme.cheapest}. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    List<String> names() {
        return providers().map(PolicyProvider::name).sorted().toList();
    }

    Optional<T> read(Node.Text name, Node.Fields object, Reading reading) {
        Optional<PolicyProvider<T>> provider = find(name.value());
        if (provider.isEmpty()) {
            reading.problems()
                    .refuseName(
                            name,
                            "the name of a " + type.getSimpleName() + " on the class path; found: "
                                    + (names().isEmpty() ? "none" : ScalarCodec.quoted(names())),
                            names());
            return Optional.empty();
        }
        var options = new LinkedHashMap<String, String>();
        boolean good = true;
        for (var entry : object.values().entrySet()) {
            if (entry.getKey().equals("kind")) {
                continue;
            }
            Node option = entry.getValue();
            if (option instanceof Node.Items || option instanceof Node.Fields || option instanceof Node.Nothing) {
                reading.problems().refuse(option, "a string, a number, true or false", "");
                good = false;
            } else {
                options.put(entry.getKey(), option.json().asText());
            }
        }
        if (!good) {
            return Optional.empty();
        }
        try {
            return Optional.of(provider.get().create(options));
        } catch (IllegalArgumentException e) {
            reading.problems().refuse(object.place(), e);
            return Optional.empty();
        }
    }

    Optional<Written> write(T value) {
        for (PolicyProvider<T> provider : providers().toList()) {
            Optional<Map<String, String>> options = provider.describe(value);
            if (options.isPresent()) {
                ObjectNode json = JsonNodeFactory.instance.objectNode();
                options.get().forEach(json::put);
                return Optional.of(new Written(provider.name(), json));
            }
        }
        return Optional.empty();
    }

    static List<ObjectNode> schemas() {
        ObjectNode name =
                JsonNodeFactory.instance.objectNode().put("type", "string").put("pattern", "^" + NAME.pattern() + "$");
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("type", "object");
        object.putObject("properties").set("kind", name);
        object.putArray("required").add("kind");
        object.putObject("additionalProperties")
                .putArray("type")
                .add("string")
                .add("number")
                .add("boolean");
        return List.of(
                name.deepCopy().put("description", "A policy of your own: the name of a service provider"), object);
    }

    private Optional<PolicyProvider<T>> find(String name) {
        return providers().filter(provider -> provider.name().equals(name)).findFirst();
    }

    private Stream<PolicyProvider<T>> providers() {
        return ServiceLoader.load(type).stream().map(ServiceLoader.Provider::get);
    }
}
