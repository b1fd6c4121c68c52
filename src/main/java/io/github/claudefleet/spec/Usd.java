package io.github.claudefleet.spec;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Amount in US dollars, the unit in which the CLI counts.
 *
 * @param amount non-negative amount
 */
public record Usd(BigDecimal amount) implements Comparable<Usd> {

    public static final Usd ZERO = new Usd(BigDecimal.ZERO);

    /** @throws IllegalArgumentException if the amount is negative */
    public Usd {
        if (amount.signum() < 0) {
            throw new IllegalArgumentException("a negative amount: " + amount);
        }
    }

    /**
     * Parses an amount in a pom, such as {@code 2.50}.
     *
     * @throws InvalidSpecException if the text is not a positive number
     */
    public static Usd parse(String parameter, String text) {
        try {
            BigDecimal amount = new BigDecimal(text.strip());
            if (amount.signum() > 0) {
                return new Usd(amount);
            }
        } catch (NumberFormatException e) {
            // Refused below, with a valid example.
        }
        throw new InvalidSpecException(
                parameter, "\"" + text + "\" is no amount of money", "Use US dollars such as 0.50 or 20.");
    }

    public Usd plus(Usd other) {
        return new Usd(amount.add(other.amount));
    }

    /** Subtracts the other amount from this one; the result is never below zero. */
    public Usd minus(Usd other) {
        return new Usd(amount.subtract(other.amount).max(BigDecimal.ZERO));
    }

    @Override
    public int compareTo(Usd other) {
        return amount.compareTo(other.amount);
    }

    /** Formats the amount with cents, or with four decimals if it is below one cent. */
    @Override
    public String toString() {
        boolean small = amount.signum() > 0 && amount.compareTo(new BigDecimal("0.01")) < 0;
        return "$" + amount.setScale(small ? 4 : 2, RoundingMode.HALF_UP).toPlainString();
    }
}
