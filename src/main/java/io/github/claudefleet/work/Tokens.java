package io.github.claudefleet.work;

/**
 * What the model read and wrote, in tokens, as the CLI counts them.
 *
 * @param input read anew
 * @param output written
 * @param cacheRead read from the cache
 * @param cacheCreation read and put into the cache
 */
public record Tokens(long input, long output, long cacheRead, long cacheCreation) {

    public static final Tokens NONE = new Tokens(0, 0, 0, 0);

    public Tokens plus(Tokens other) {
        return new Tokens(
                input + other.input,
                output + other.output,
                cacheRead + other.cacheRead,
                cacheCreation + other.cacheCreation);
    }

    /** Of each kind the greater number. */
    Tokens max(Tokens other) {
        return new Tokens(
                Math.max(input, other.input),
                Math.max(output, other.output),
                Math.max(cacheRead, other.cacheRead),
                Math.max(cacheCreation, other.cacheCreation));
    }
}
