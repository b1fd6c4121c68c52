package io.github.claudefleet.workspace.shapes;

import io.github.claudefleet.spec.WorkspaceStrategy;
import io.github.claudefleet.workspace.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Builds that are killed (SIGKILL) at one of git's calls: with a plain clone at each of them, with other shapes at one that is
 * another for each shape. The next goal has to mend whatever is half-made.
 */
enum KillScenario implements Event {
    MADE("killed while it is made", "start") {
        @Override
        void mend(Stage stage, int at) {
            if (at % 3 != 0) {
                worksAgain(stage);
            }
        }
    },
    COLLECTED("killed while work is collected", "await") {
        @Override
        void prepare(Stage stage) {
            if (stage.goal("start", stage.driver()::start)) {
                stage.agent(Stage.EDIT);
            }
        }

        @Override
        void mend(Stage stage, int at) {
            stage.asked("await", stage.driver()::await).ifPresent(stage::checkEdit);
        }
    },
    TIDIED("killed while it is tidied away", "stop") {
        @Override
        void prepare(Stage stage) {
            stage.goal("start", stage.driver()::start);
        }

        @Override
        void mend(Stage stage, int at) {
            if (at % 3 != 0) {
                worksAgain(stage);
            }
        }
    },
    GIVEN_UP("killed while it is given up", "clean") {
        @Override
        void prepare(Stage stage) {
            COLLECTED.prepare(stage);
            stage.asked("await", stage.driver()::await);
        }

        @Override
        void mend(Stage stage, int at) {
            if (at % 3 == 0) {
                worksAgain(stage);
            }
        }
    };

    private static final int SPREAD = 5;
    private static final int OFTEN = 30;
    private static final int SIGKILLED = 137;

    /** Stands for git, and kills whoever called it, before or after the call. */
    private static final String SHIM = """
            #!/bin/sh
            echo x >>"$KILL_COUNT"
            if [ "$(wc -l <"$KILL_COUNT")" = "$KILL_AT" ]; then
                [ "$KILL_WHEN" = before ] || "$KILL_GIT" "$@" >/dev/null
                kill -9 $PPID; exit 137
            fi
            exec "$KILL_GIT" "$@"
            """;

    private final String words;
    private final String goal;

    KillScenario(String words, String goal) {
        this.words = words;
        this.goal = goal;
    }

    void prepare(Stage stage) {}

    abstract void mend(Stage stage, int at);

    @Override
    public String words() {
        return words;
    }

    @Override
    public boolean happensTo(WorkspaceStrategy strategy) {
        return strategy.isOwn();
    }

    private static void worksAgain(Stage stage) {
        if (stage.goal("start", stage.driver()::start)) {
            stage.agent(Stage.EDIT);
            stage.asked("await", stage.driver()::await).ifPresent(stage::checkEdit);
        }
    }

    @Override
    public String verdict(Stage first) {
        boolean everywhere = first.shape() == RepositoryShape.PLAIN
                && !System.getProperty("shapes", "").isEmpty();
        int at = everywhere ? 1 : 1 + first.shape().ordinal() * SPREAD % OFTEN;
        Stage stage = first;
        while (play(stage, at) && everywhere && stage.isFaultless()) {
            at++;
            stage = first.another(String.valueOf(at));
        }
        if (stage != first) {
            first.take(stage, "at call " + at);
        }
        return first.verdict("mended");
    }

    /** False where the goal ended before it made so many calls. */
    private boolean play(Stage stage, int at) {
        prepare(stage);
        boolean killed = stage.isFaultless() && isKilled(stage, at);
        if (stage.isFaultless()) {
            mend(stage, at);
        }
        stage.checkPerson();
        stage.checkGivesUp();
        return killed;
    }

    private boolean isKilled(Stage stage, int at) {
        try {
            Path shim = Files.createDirectories(stage.temp().resolve("shim"));
            Files.writeString(shim.resolve("git"), SHIM);
            Shell.run(shim, "chmod +x git");
            String git = Shell.run(shim, "command -v git");
            Shell.Result result = Shell.attempt(
                    stage.temp(),
                    Map.of(
                            "PATH",
                            shim + ":" + System.getenv("PATH"),
                            "KILL_GIT",
                            git,
                            "KILL_COUNT",
                            shim.resolve("count").toString(),
                            "KILL_AT",
                            String.valueOf(at),
                            "KILL_WHEN",
                            at % 2 == 0 ? "before" : "after"),
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            place(WorkspaceDriver.class) + ":" + place(Workspaces.class),
                            WorkspaceDriver.class.getName(),
                            goal,
                            stage.project().toString(),
                            stage.root().toString(),
                            stage.strategy().word(),
                            stage.results().toString()));
            if (result.status() != 0 && result.status() != SIGKILLED) {
                stage.fault("`" + goal + "` fails", result.output());
            }
            return result.status() == SIGKILLED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Workspaces need nothing but the JDK. */
    private static String place(Class<?> of) {
        return of.getProtectionDomain().getCodeSource().getLocation().getPath();
    }
}
