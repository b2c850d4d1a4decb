package org.motleysim.workloads.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes to a scenario by path, such as {@code workloads[0].arrivals.rate} to {@code 20 /s}. They are laid over the JSON before it is
 * read, so that a changed scenario is checked like any other.
 */
final class Overrides {

    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[([0-9]{1,9})]");

    private Overrides() {}

    /** The document with the value put at the path; what cannot be put is reported and left out. */
    static Node apply(Node document, String path, String text, Problems problems) {
        return apply(document, path, place -> value(text, place), problems);
    }

    /** The same with a value that stands in a file of its own. */
    static Node apply(Node document, String path, Node value, Problems problems) {
        return apply(document, path, place -> value, problems);
    }

    private static Node apply(Node document, String path, Function<Place, Node> made, Problems problems) {
        Place place = new Place(path.startsWith("$") ? path : "$." + path, Place.Origin.OVERRIDE, 1, 1);
        Optional<List<String>> steps = steps(path);
        if (steps.isEmpty()) {
            problems.add(
                    place,
                    "the path \"" + path + "\" must be names joined by dots, with [0] for the first item of a list",
                    "Maybe \"workloads[0].arrivals.rate\".");
            return document;
        }
        return new Walk(place, made.apply(place), problems).into(document, steps.get(), "$");
    }

    /** JSON if it is JSON, else the text itself. */
    private static Node value(String text, Place place) {
        var unused = new Problems();
        Optional<Node> json = JsonText.parse(text, place, unused);
        return unused.isEmpty() && json.isPresent() ? json.get() : new Node.Text(place, text);
    }

    private static Optional<List<String>> steps(String path) {
        String rest = path.startsWith("$") ? path.substring(1) : path;
        var steps = new ArrayList<String>();
        Matcher matcher = STEP.matcher(rest);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            steps.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            end = matcher.end();
        }
        return end == rest.length() && !steps.isEmpty() ? Optional.of(steps) : Optional.empty();
    }

    private record Walk(Place place, Node value, Problems problems) {

        Node into(Node node, List<String> steps, String path) {
            if (steps.isEmpty()) {
                return value;
            }
            String step = steps.get(0);
            List<String> rest = steps.subList(1, steps.size());
            if (node instanceof Node.Fields object) {
                return intoField(object, step, rest, path);
            }
            if (node instanceof Node.Items items) {
                return intoItem(items, step, rest, path);
            }
            return refused(
                    node, "\"" + path + "\" is " + node.kind() + " and has no \"" + step + "\"", List.of(), step);
        }

        /** A field that is not there is added; the reader then knows whether it may be. */
        private Node intoField(Node.Fields object, String step, List<String> rest, String path) {
            String below = Place.field(path, step);
            Node old = object.values().get(step);
            if (old == null && !rest.isEmpty()) {
                if (rest.get(0).matches("[0-9]+")) {
                    return refused(
                            object,
                            "\"" + below + "\" is not there",
                            object.values().keySet(),
                            step);
                }
                old = new Node.Fields(new Place(below, Place.Origin.OVERRIDE, 1, 1), Map.of());
            }
            var values = new LinkedHashMap<>(object.values());
            values.put(step, old == null ? value : into(old, rest, below));
            return new Node.Fields(object.place(), values);
        }

        private Node intoItem(Node.Items items, String step, List<String> rest, String path) {
            int size = items.values().size();
            int index = step.matches("[0-9]+") ? Integer.parseInt(step) : -1;
            if (index < 0 || index >= size) {
                String there = size == 0 ? "it is empty" : "[0] to [" + (size - 1) + "] are there";
                return refused(
                        items, "\"" + path + "\" is a list and has no \"" + step + "\"; " + there, List.of(), step);
            }
            var values = new ArrayList<>(items.values());
            values.set(index, into(values.get(index), rest, Place.item(path, index)));
            return new Node.Items(items.place(), values);
        }

        private Node refused(Node node, String message, Iterable<String> names, String step) {
            problems.add(place, message, Problems.nearest(step, names));
            return node;
        }
    }
}
