package io.github.claudefleet.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Process of an {@link OwnEngine}. It is removed with everything that it left when it is closed or when this JVM ends.
 */
final class EngineProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Condition to wait for. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private final Path directory;
    private final DockerCommand docker;
    private final Duration grace;
    private final EngineLeftovers leftovers;
    private final Thread atExit = new Thread(this::removeAll, "own-engine");
    private Process process;

    /**
     * @param directory directory of all of the engine's files
     * @param docker command that reaches the engine
     * @param grace time to end after SIGTERM; zero for a process that ignores SIGTERM
     */
    EngineProcess(Path directory, DockerCommand docker, Duration grace) {
        this.directory = directory;
        this.docker = docker;
        this.grace = grace;
        this.leftovers = new EngineLeftovers(directory);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    EngineLeftovers leftovers() {
        return leftovers;
    }

    /** Starts it and waits until it answers. Its output goes to {@code log} in its directory. */
    void start(ProcessBuilder builder, Condition answers) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process.getOutputStream().close();
        Instant end = Instant.now().plus(LIMIT);
        while (!answers.holds()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new AssertionError("the engine in " + directory + " does not answer: " + Files.readString(log));
            }
            Thread.sleep(100);
        }
    }

    /** Sends SIGTERM, as a shutdown of the machine or an upgrade does, and waits for its end. */
    void stop() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    /** Kills it, and waits for its end. Containers keep running. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the engine in " + directory + " (pid " + process.pid() + ") did not end");
        }
    }

    @Override
    public void close() {
        removeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This JVM is already shutting down, and the hook does the same.
        }
    }

    private synchronized void removeAll() {
        try {
            leftovers.endCluster();
            if (process != null && process.isAlive()) {
                removeContainers();
                end();
            }
            leftovers.remove();
        } catch (IOException e) {
            throw new AssertionError("could not remove the engine in " + directory, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Removes the containers through the engine. Otherwise their cgroups stay, and with live-restore the containers
     * too.
     */
    private void removeContainers() throws IOException, InterruptedException {
        try {
            for (String container : docker.run("ps", "--all", "--quiet").lines().toList()) {
                docker.run("rm", "--force", container);
            }
        } catch (AssertionError e) {
            // Such a failure must not prevent the rest of the removal.
            System.err.println("the engine in " + directory + " is removed the hard way: " + e.getMessage());
        }
    }

    private void end() throws InterruptedException {
        if (!grace.isZero()) {
            process.destroy();
            process.waitFor(grace.toSeconds(), TimeUnit.SECONDS);
        }
        process.destroyForcibly().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
