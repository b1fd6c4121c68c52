package io.github.claudefleet.workspace.shapes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Kills a goal before or after a call of git. */
final class GitCallKiller implements Killer {

    private static final int SIGKILLED = 137;

    /** Replacement for git that kills its caller before or after the call. */
    private static final String SHIM = """
            #!/bin/sh
            echo x >>"$KILL_COUNT"
            if [ "$(wc -l <"$KILL_COUNT")" = "$KILL_AT" ]; then
                [ "$KILL_WHEN" = before ] || "$KILL_GIT" "$@" >/dev/null
                kill -9 $PPID; exit 137
            fi
            exec "$KILL_GIT" "$@"
            """;

    @Override
    public boolean kills(Stage stage, String goal, int at) {
        try {
            Path shim = Files.createDirectories(stage.temp().resolve("shim"));
            Files.writeString(shim.resolve("git"), SHIM);
            Shell.run(shim, "chmod +x git");
            String git = Shell.run(shim, "command -v git");
            Map<String, String> environment = Map.of(
                    "PATH",
                    shim + ":" + System.getenv("PATH"),
                    "KILL_GIT",
                    git,
                    "KILL_COUNT",
                    shim.resolve("count").toString(),
                    "KILL_AT",
                    String.valueOf(at),
                    "KILL_WHEN",
                    at % 2 == 0 ? "before" : "after");
            Shell.Result result =
                    Shell.attempt(stage.temp(), environment, stage.driver().command(goal));
            if (result.status() != 0 && result.status() != SIGKILLED) {
                stage.fault("`" + goal + "` fails", result.output());
            }
            return result.status() == SIGKILLED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "at a call of git";
    }
}
