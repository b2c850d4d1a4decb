package org.motleysim.workloads.scenario;

/**
 * Where a value stands.
 *
 * @param path the JSON path from the root, such as {@code $.workloads[0].arrivals}
 * @param origin where the text came from
 * @param line the line its text begins on, from 1
 * @param column the column its text begins on, from 1
 */
record Place(String path, Origin origin, int line, int column) {

    /** Where the text of a value came from: its line numbers, and the folder of its relative paths, depend on it. */
    enum Origin {
        FILE,
        OVERRIDE
    }

    static Place root(Origin origin) {
        return new Place("$", origin, 1, 1);
    }

    /** The last step of the path: a field's name, or the index of an item with the field it is in. */
    String name() {
        if (path.endsWith("']")) {
            return path.substring(path.lastIndexOf("['") + 2, path.length() - 2);
        }
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "scenario" : path.substring(dot + 1);
    }

    static String field(String path, String name) {
        return name.matches("[A-Za-z_$][A-Za-z0-9_$-]*") ? path + "." + name : path + "['" + name + "']";
    }

    static String item(String path, int index) {
        return path + "[" + index + "]";
    }
}
