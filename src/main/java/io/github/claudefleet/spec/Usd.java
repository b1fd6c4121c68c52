package io.github.claudefleet.spec;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount in US dollars, which is what the CLI counts in.
 *
 * @param amount not negative
 */
public record Usd(BigDecimal amount) implements Comparable<Usd> {

    public static final Usd ZERO = new Usd(BigDecimal.ZERO);

    /** @throws IllegalArgumentException if it is negative */
    public Usd {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("a negative amount: " + amount);
        }
    }

    /**
     * The amount that a pom names, such as {@code 2.50}.
     *
     * @throws InvalidSpecException if it is no positive number
     */
    public static Usd parse(String parameter, String text) {
        try {
            BigDecimal amount = new BigDecimal(text.strip());
            if (amount.signum() > 0) {
                return new Usd(amount);
            }
        } catch (NumberFormatException e) {
            // refused below, with what a number looks like
        }
        throw new InvalidSpecException(
                parameter, "\"" + text + "\" is no amount of money", "Use US dollars such as 0.50 or 20.");
    }

    public Usd plus(Usd other) {
        return new Usd(amount.add(other.amount));
    }

    /** What is left of this when the other is taken away, never less than nothing. */
    public Usd minus(Usd other) {
        return new Usd(amount.subtract(other.amount).max(BigDecimal.ZERO));
    }

    @Override
    public int compareTo(Usd other) {
        return amount.compareTo(other.amount);
    }

    /** With cents, or with as many digits as a small amount needs. */
    @Override
    public String toString() {
        boolean small = amount.signum() > 0 && amount.compareTo(new BigDecimal("0.01")) < 0;
        return "$" + amount.setScale(small ? 4 : 2, RoundingMode.HALF_UP).toPlainString();
    }
}
