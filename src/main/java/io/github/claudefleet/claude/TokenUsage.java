package io.github.claudefleet.claude;

/**
 * Tokens that the model read and wrote, as the CLI counts them.
 *
 * @param input tokens read anew
 * @param output tokens written
 * @param cacheRead tokens read from the cache
 * @param cacheCreation tokens put into the cache
 */
public record TokenUsage(long input, long output, long cacheRead, long cacheCreation) {

    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);

    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                input + other.input,
                output + other.output,
                cacheRead + other.cacheRead,
                cacheCreation + other.cacheCreation);
    }

    /** Returns the greater number of each kind. */
    public TokenUsage max(TokenUsage other) {
        return new TokenUsage(
                Math.max(input, other.input),
                Math.max(output, other.output),
                Math.max(cacheRead, other.cacheRead),
                Math.max(cacheCreation, other.cacheCreation));
    }
}
