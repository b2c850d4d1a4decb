package org.motleysim.examples.reproductions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Collects the predictions of one paper by claim. Used by one thread. */
public final class Predictions {
    private final Map<String, Prediction> byClaim = new LinkedHashMap<>();

    /** Says that the claim's number comes out as {@code value}, in the unit of the claim. */
    public void value(String claim, double value) {
        value(claim, value, "");
    }

    /** The same with a word on how, or on why it misses. */
    public void value(String claim, double value, String reason) {
        put(claim, new Prediction(value, value, reason));
    }

    /** Says between which values the claim's number lies, because an input is unknown; in any order. */
    public void band(String claim, double one, double other, String unknown) {
        put(claim, new Prediction(Math.min(one, other), Math.max(one, other), unknown));
    }

    /** Says whether a statement holds: one for yes, zero for no. */
    public void holds(String claim, boolean holds, String reason) {
        value(claim, holds ? 1 : 0, reason);
    }

    /** Says why nothing is computed. */
    public void notAttempted(String claim, String reason) {
        put(claim, new Prediction(Double.NaN, Double.NaN, reason));
    }

    Optional<Prediction> of(String claim) {
        return Optional.ofNullable(byClaim.get(claim));
    }

    Iterable<String> claims() {
        return byClaim.keySet();
    }

    private void put(String claim, Prediction prediction) {
        if (byClaim.putIfAbsent(claim, prediction) != null) {
            throw new IllegalStateException("claim (" + claim + ") must be predicted once");
        }
    }
}
