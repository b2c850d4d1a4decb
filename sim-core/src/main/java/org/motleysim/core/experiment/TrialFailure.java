package org.motleysim.core.experiment;

/** Tells of a run that failed elsewhere, such as on another machine, in the words that a {@link RunRecord} has for it. */
public final class TrialFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** @param reason the failure as {@link #reason} has it */
    public TrialFailure(String reason) {
        super(reason);
    }

    /** Returns why a run failed, in one text: the kind of failure and its message. */
    public static String reason(Throwable thrown) {
        String message = thrown.getMessage() == null ? "" : thrown.getMessage();
        if (thrown instanceof TrialFailure) {
            return message;
        }
        return thrown.getClass().getName() + (message.isEmpty() ? "" : ": " + message);
    }
}
