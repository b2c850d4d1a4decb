package org.motleysim.workloads.stream;

import java.util.List;

/**
 * How many operations a sample takes, as a polynomial of its bytes: {@code c0 + c1 b + c2 b^2 + ...}.
 *
 * @param coefficients the constant first; empty for none at all
 */
public record Operations(List<Double> coefficients) {
    /** @throws IllegalArgumentException if a coefficient is not finite */
    public Operations {
        coefficients = List.copyOf(coefficients);
        for (double coefficient : coefficients) {
            if (!Double.isFinite(coefficient)) {
                throw new IllegalArgumentException("coefficients (" + coefficients + ") must be finite");
            }
        }
    }

    /** Returns no operations. */
    public static Operations none() {
        return new Operations(List.of());
    }

    /** Returns so many operations for each byte. */
    public static Operations perByte(double count) {
        return new Operations(List.of(0.0, count));
    }

    /** Returns the operations on a sample of that size. */
    public double of(double bytes) {
        double sum = 0;
        for (int i = coefficients.size() - 1; i >= 0; i--) {
            sum = sum * bytes + coefficients.get(i);
        }
        return sum;
    }
}
