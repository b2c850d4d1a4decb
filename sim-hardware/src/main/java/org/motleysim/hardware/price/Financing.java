package org.motleysim.hardware.price;

/**
 * How a purchase is paid over its life, by yearly payments of equal size.
 *
 * @param interestPerYear such as 0.08 for 8 percent, zero or more
 * @param years until the thing is paid and worn out, above zero
 * @param loan what the interest is paid on
 */
public record Financing(double interestPerYear, double years, Loan loan) {
    /** A year of 365 days, in hours; the paper's own tables and most budgets count so. */
    public static final double HOURS_PER_YEAR = 8_760;

    /** What the interest is paid on. */
    public enum Loan {
        /** An annuity: each payment is interest on the rest and some of the principal, {@code P r / (1 - (1 + r)^-n)} a year. */
        ANNUITY("annuity"),
        /** A bullet loan: principal and compound interest fall due at the end, {@code P (1 + r)^n / n} a year is put aside for it. */
        BULLET("bullet");

        private final String label;

        Loan(String label) {
            this.label = label;
        }

        /** The name in scenario files. */
        public String label() {
            return label;
        }
    }

    /** @throws IllegalArgumentException if a number is out of its range */
    public Financing {
        Check.notNegative("interestPerYear", interestPerYear);
        if (interestPerYear > 1) {
            throw new IllegalArgumentException("interestPerYear (" + interestPerYear + ") must be at most 1"
                    + "\nMaybe " + interestPerYear / 100 + ": it is not in percent.");
        }
        Check.positive("years", years);
    }

    /** Returns an annuity. */
    public static Financing annuity(double interestPerYear, double years) {
        return new Financing(interestPerYear, years, Loan.ANNUITY);
    }

    /** Returns what a purchase costs a year, interest and principal. */
    public double perYear(double usd) {
        if (interestPerYear == 0) {
            return usd / years;
        }
        return switch (loan) {
            case ANNUITY -> usd * interestPerYear / -StrictMath.expm1(-years * StrictMath.log1p(interestPerYear));
            case BULLET -> usd * StrictMath.exp(years * StrictMath.log1p(interestPerYear)) / years;
        };
    }

    /** Returns the interest alone a year: {@link #perYear} without the principal in equal parts. */
    public double interestPerYear(double usd) {
        return perYear(usd) - usd / years;
    }

    /** Returns what a purchase costs a second. */
    public double perSecond(double usd) {
        return perYear(usd) / (HOURS_PER_YEAR * 3_600);
    }
}
