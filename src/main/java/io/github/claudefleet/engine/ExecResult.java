package io.github.claudefleet.engine;

/**
 * Result of a command in a container.
 *
 * @param exitCode exit code of the command
 * @param output its standard output
 * @param errors its standard error
 */
public record ExecResult(int exitCode, String output, String errors) {

    public boolean succeeded() {
        return exitCode == 0;
    }
}
