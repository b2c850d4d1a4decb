package org.motleysim.core.name;

import java.util.Locale;
import java.util.Optional;

/**
 * Finds the known name nearest to a mistyped one, for messages such as {@code Maybe "nvidia-h100-sxm-80gb".}
 *
 * <p>Nearness is the Levenshtein distance (insert, delete, replace) without regard to case; a difference in case only decides
 * between names that are otherwise equally near. A name further away than a third of its letters (but at least two edits) is no
 * suggestion at all, unless one contains the other.
 */
public final class NearestName {
    private NearestName() {}

    /**
     * Returns the nearest candidate, the first of several equally near ones, or empty when none resembles {@code wanted}.
     *
     * @param wanted what was typed
     * @param candidates the names that exist, in the order in which ties are decided
     */
    public static Optional<String> of(String wanted, Iterable<String> candidates) {
        if (wanted.length() > 200) {
            return Optional.empty(); // nobody mistypes a name of that length
        }
        String nearest = null;
        double best = Double.POSITIVE_INFINITY;
        for (String candidate : candidates) {
            double distance = distance(wanted, candidate);
            if (distance < best && resembles(wanted, candidate, distance)) {
                best = distance;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    private static boolean resembles(String wanted, String candidate, double distance) {
        int length = Math.max(wanted.length(), candidate.length());
        if (distance < length && distance <= Math.max(2.5, length / 3.0)) {
            return true;
        }
        String a = lower(wanted);
        String b = lower(candidate);
        return Math.min(a.length(), b.length()) >= 3 && (a.contains(b) || b.contains(a));
    }

    /** Edits between the two, ignoring case, plus a little for each letter that differs in case. */
    private static double distance(String wanted, String candidate) {
        String a = lower(wanted);
        String b = lower(candidate);
        int edits = levenshtein(a, b);
        boolean sameSpelling = wanted.equals(candidate) || !a.equals(b);
        return sameSpelling ? edits : edits + 0.5;
    }

    private static int levenshtein(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
