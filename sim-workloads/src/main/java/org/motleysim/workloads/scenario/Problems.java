package org.motleysim.workloads.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.name.NearestName;
import org.motleysim.workloads.Problem;

/** Collects everything that is wrong with a scenario, to be told at once and in the order of the text. */
final class Problems {

    private record Found(Place place, Problem problem) {}

    private final List<Found> found = new ArrayList<>();

    void add(Place place, String message, String hint) {
        found.add(new Found(place, new Problem(place.path(), message, hint)));
    }

    /** Reports a value that is not what is allowed there. */
    void refuse(Node node, String allowed, String hint) {
        add(node.place(), node.place().name() + " (" + node.shown() + ") must be " + allowed, hint);
    }

    /** Reports a name that is not among those allowed there, with the nearest one. */
    void refuseName(Node.Text node, String allowed, Iterable<String> names) {
        refuse(node, allowed, nearest(node.value(), names));
    }

    /** Reports what a constructor said: its first line, and its second as the hint. */
    void refuse(Place place, IllegalArgumentException e) {
        String[] lines = String.valueOf(e.getMessage()).split("\n", 2);
        add(place, lines[0], lines.length > 1 ? lines[1] : "");
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    int size() {
        return found.size();
    }

    /** The problems: those of overrides first, then those of the file from top to bottom. */
    List<Problem> inOrder() {
        return found.stream()
                .sorted(Comparator.comparing((Found f) -> f.place.origin() == Place.Origin.FILE)
                        .thenComparing(f -> f.place.line())
                        .thenComparing(f -> f.place.column()))
                .map(Found::problem)
                .toList();
    }

    static String nearest(String name, Iterable<String> names) {
        Optional<String> nearest = NearestName.of(name, names);
        return nearest.map(known -> "Maybe \"" + known + "\".").orElse("");
    }
}
