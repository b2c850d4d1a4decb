package org.motleysim.examples.reproductions;

import java.util.Locale;

/** How a prediction compares with a claim. */
public enum Verdict {
    /** Within the tolerance. */
    REPRODUCED,
    /** Outside the tolerance. */
    OFF,
    /** An unknown input makes the prediction a band; the reason says whether the reported value lies in it. */
    BAND,
    /** Nothing computed; the reason says why. */
    NOT_ATTEMPTED;

    /** Returns the word used in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
