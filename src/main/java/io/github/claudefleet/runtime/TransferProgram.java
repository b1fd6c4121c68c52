package io.github.claudefleet.runtime;

import io.github.claudefleet.spec.PluginFile;
import java.util.ArrayList;
import java.util.List;

/** Program that fills and reads the volume of an agent's workspace, in a container that has nothing but that volume. */
public final class TransferProgram {

    /** Variable with the directory of the workspace; {@code /workspace} if it is not set. */
    public static final String WORKSPACE = "CLAUDE_FLEET_WORKSPACE";

    /** Operation that ends the wait of {@link #untilFilled}. */
    public static final String FILLED = "filled";

    /** Waits for the script, which the container's first process writes. */
    private static final String CALL = """
            script=${CLAUDE_FLEET_TRANSFER:-/tmp/claude-fleet-transfer}/transfer.sh
            tries=100
            until [ -e "$script" ]; do
                tries=$((tries - 1))
                [ "$tries" -gt 0 ] || { echo "$script is not there" >&2 && exit 73; }
                sleep 0.1
            done
            exec /bin/sh "$script" "$@"
            """;

    private TransferProgram() {}

    /** Returns the command of a container that stays until it is stopped. */
    public static List<String> stay() {
        return command("stay");
    }

    /** Returns the command of a container that ends with the operation {@link #FILLED}, or with status 75 after half an hour. */
    public static List<String> untilFilled() {
        return command("until-filled");
    }

    private static List<String> command(String mode) {
        return List.of("/bin/sh", "-c", text("transfer-container.sh"), "transfer-container.sh", mode, script());
    }

    /** Returns the text of {@code transfer.sh}. */
    public static String script() {
        return text("transfer.sh");
    }

    /** Returns the command by which an operation runs in the container. It is short, as a cluster has it in an address. */
    public static List<String> call(String operation, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", CALL, "transfer.sh", operation));
        command.addAll(arguments);
        return command;
    }

    private static String text(String name) {
        return PluginFile.text(TransferProgram.class, name);
    }
}
