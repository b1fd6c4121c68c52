package io.github.claudefleet.claude;

/**
 * What the model read and wrote, in tokens, as the CLI counts them.
 *
 * @param input read anew
 * @param output written
 * @param cacheRead read from the cache
 * @param cacheCreation read and put into the cache
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

    /** Of each kind the greater number. */
    public TokenUsage max(TokenUsage other) {
        return new TokenUsage(
                Math.max(input, other.input),
                Math.max(output, other.output),
                Math.max(cacheRead, other.cacheRead),
                Math.max(cacheCreation, other.cacheCreation));
    }
}
