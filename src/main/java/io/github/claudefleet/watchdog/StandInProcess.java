package io.github.claudefleet.watchdog;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.standin.StandInLauncher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Launches the stand-in of a rehearsal as a process beside Maven, because agents outlive the goal that starts them.
 *
 * @param engine returns the address of the engine
 * @param classPath files with this class and all its dependencies
 */
public record StandInProcess(Supplier<String> engine, List<Path> classPath) implements StandInLauncher {

    /** @throws UncheckedIOException if the process can't be started */
    @Override
    public void launch(String gateway, String session, Path scripts) {
        try {
            Path log = Files.createTempFile("claude-fleet-rehearsal-", ".log");
            new DetachedJvm(StandInMain.class, classPath)
                    .start(log, engine.get(), gateway, session, scripts.toString(), log.toString())
                    .getOutputStream()
                    .close();
        } catch (IOException e) {
            throw new UncheckedIOException("no stand-in for this rehearsal: " + FileProblem.of(e), e);
        }
    }
}
