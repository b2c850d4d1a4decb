package org.motleysim.examples.reproductions;

import java.util.Optional;

/**
 * One row of the table: a claim and what became of it.
 *
 * @param paper the paper
 * @param claim the claim; empty for a paper none of whose claims was attempted
 * @param prediction what was computed
 * @param verdict how it compares
 */
public record Outcome(Paper paper, Optional<Claim> claim, Prediction prediction, Verdict verdict) {
    static Outcome notAttempted(Paper paper) {
        return new Outcome(
                paper,
                Optional.empty(),
                new Prediction(Double.NaN, Double.NaN, paper.notAttempted()),
                Verdict.NOT_ATTEMPTED);
    }

    static Outcome of(Paper paper, Claim claim, Prediction prediction) {
        return new Outcome(paper, Optional.of(claim), explained(claim, prediction), verdict(claim, prediction));
    }

    /** Returns predicted over reported; not a number when nothing was computed. */
    public double ratio() {
        return claim.map(known -> prediction.value() / known.reported()).orElse(Double.NaN);
    }

    private static Verdict verdict(Claim claim, Prediction prediction) {
        if (!prediction.attempted()) {
            return Verdict.NOT_ATTEMPTED;
        }
        if (prediction.band()) {
            return Verdict.BAND;
        }
        return claim.tolerance().covers(claim.reported(), prediction.value()) ? Verdict.REPRODUCED : Verdict.OFF;
    }

    /** A band says whether it holds the reported value, or is near enough to it from end to end. */
    private static Prediction explained(Claim claim, Prediction prediction) {
        if (!prediction.band()) {
            return prediction;
        }
        boolean inside = claim.reported() >= prediction.low() && claim.reported() <= prediction.high();
        boolean near = claim.tolerance().covers(claim.reported(), prediction.low())
                && claim.tolerance().covers(claim.reported(), prediction.high());
        String where = inside
                ? "reported value inside"
                : near ? "reported value outside, all of it within the tolerance" : "reported value outside";
        String reason = prediction.reason().isEmpty() ? where : where + "; " + prediction.reason();
        return new Prediction(prediction.low(), prediction.high(), reason);
    }
}
