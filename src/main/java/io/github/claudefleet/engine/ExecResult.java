package io.github.claudefleet.engine;

/**
 * How a command in a container ended.
 *
 * @param exitCode its exit status
 * @param output what it printed
 * @param errors what it printed on standard error
 */
public record ExecResult(int exitCode, String output, String errors) {

    public boolean succeeded() {
        return exitCode == 0;
    }
}
