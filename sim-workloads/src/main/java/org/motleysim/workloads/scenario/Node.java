package org.motleysim.workloads.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** One value of a JSON document that remembers where it stands, which Jackson's own tree does not. */
sealed interface Node {

    Place place();

    /** This value in Jackson's tree. In one place, because the records below count as public and Jackson is ours alone. */
    default JsonNode json() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (this instanceof Text text) {
            return nodes.textNode(text.value);
        } else if (this instanceof Numeric number) {
            return nodes.numberNode(number.value);
        } else if (this instanceof Flag flag) {
            return nodes.booleanNode(flag.value);
        } else if (this instanceof Items items) {
            var array = nodes.arrayNode(items.values.size());
            items.values.forEach(value -> array.add(value.json()));
            return array;
        } else if (this instanceof Fields fields) {
            var object = nodes.objectNode();
            fields.values.forEach((name, value) -> object.set(name, value.json()));
            return object;
        }
        return nodes.nullNode();
    }

    /** What kind of value this is, for messages. */
    String kind();

    /** The value as JSON on one line, cut when long. */
    default String shown() {
        String text = json().toString();
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }

    record Text(Place place, String value) implements Node {
        @Override
        public String kind() {
            return "a string";
        }
    }

    /** A number, kept as written: {@code 7} and {@code 7.0} are the same number, {@code 1e400} is not infinity. */
    record Numeric(Place place, BigDecimal value) implements Node {
        @Override
        public String kind() {
            return "a number";
        }
    }

    record Flag(Place place, boolean value) implements Node {
        @Override
        public String kind() {
            return "true or false";
        }
    }

    record Nothing(Place place) implements Node {
        @Override
        public String kind() {
            return "null";
        }
    }

    record Items(Place place, List<Node> values) implements Node {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** An object; its fields are in the order of the text. */
    record Fields(Place place, Map<String, Node> values) implements Node {
        @Override
        public String kind() {
            return "an object";
        }
    }
}
