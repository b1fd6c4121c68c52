package io.github.claudefleet.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The process of an {@link OwnEngine}, which goes with all that it left when it is closed, or with this JVM. */
final class EngineProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Something that is or isn't so. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private final Path directory;
    private final DockerCommand docker;
    private final Duration grace;
    private final EngineLeftovers remains;
    private final Thread atExit = new Thread(this::removeAll, "own-engine");
    private Process process;

    /**
     * @param directory where all of the engine is
     * @param docker the command to ask it with
     * @param grace how long it may take to end once it is asked to; zero for what heeds that not
     */
    EngineProcess(Path directory, DockerCommand docker, Duration grace) {
        this.directory = directory;
        this.docker = docker;
        this.grace = grace;
        this.remains = new EngineLeftovers(directory);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    EngineLeftovers remains() {
        return remains;
    }

    /** Starts it and waits until it answers; what it prints is in {@code log} in its directory. */
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

    /** Asks it to end, as a machine that shuts down or an upgrade does, and waits for that. */
    void stop() throws InterruptedException {
        process.destroy();
        awaitEnd();
    }

    /** Kills it, and waits for its end; containers go on. */
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
            // This JVM ends already, and the hook does the same.
        }
    }

    private synchronized void removeAll() {
        try {
            if (process != null && process.isAlive()) {
                removeContainers();
                end();
            }
            remains.remove();
        } catch (IOException e) {
            throw new AssertionError("could not remove the engine in " + directory, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** With them go what no process takes along: cgroups, and with live-restore they themselves. */
    private void removeContainers() throws IOException, InterruptedException {
        try {
            for (String container : docker.run("ps", "--all", "--quiet").lines().toList()) {
                docker.run("rm", "--force", container);
            }
        } catch (AssertionError e) {
            // What is in the way of that must not be in the way of the rest.
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
