package org.motleysim.hardware.fault;

/**
 * One recorded time out of order.
 *
 * @param device number of the device in its group, from 0
 * @param downSeconds when it failed, since the start of the run
 * @param upSeconds when it worked again, after that
 */
public record Outage(int device, double downSeconds, double upSeconds) {
    /** @throws IllegalArgumentException if the device is negative, or the times are not in order */
    public Outage {
        if (device < 0) {
            throw new IllegalArgumentException("device (" + device + ") must be zero or more");
        }
        Checks.notNegative("downSeconds", downSeconds);
        if (!(upSeconds > downSeconds && upSeconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("upSeconds (" + upSeconds + ") of device " + device
                    + " must be after downSeconds (" + downSeconds + ")\nMaybe the columns are in another order.");
        }
    }
}
