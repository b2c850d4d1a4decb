package org.motleysim.hardware.catalog;

/**
 * One thing that is wrong with a device file.
 *
 * @param file the file, or what the text is
 * @param path where in it, such as {@code $.devices[3].tdp.value}
 * @param message what is wrong, with the value and what is allowed; one line that begins with the field's name
 * @param hint what the user may do about it; empty when there is nothing to suggest
 */
public record CatalogFault(String file, String path, String message, String hint) {
    /** Makes a fault of a complaint that either follows its path ({@code "is missing"}) or stands alone ({@code ": ..."}). */
    static CatalogFault of(String file, String path, String complaint) {
        String[] lines = complaint.split("\n", 2);
        String message = lines[0].startsWith(": ")
                ? lines[0].substring(2)
                : path.substring(path.lastIndexOf('.') + 1) + " " + lines[0];
        return new CatalogFault(file, path, message, lines.length > 1 ? lines[1] : "");
    }

    @Override
    public String toString() {
        return file + " " + path + ": " + message + (hint.isEmpty() ? "" : "\n  " + hint);
    }
}
