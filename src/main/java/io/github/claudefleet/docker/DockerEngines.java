package io.github.claudefleet.docker;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.PathText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Entry point that connects to an engine. */
public final class DockerEngines {

    /** Time limit of a first answer: enough for a cold JVM on a busy machine, short enough to try several sockets. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);

    private static final int LONGEST_REASON = 160;
    /** Maximum length of a socket's path on Linux, in bytes. On macOS it is three less. */
    private static final int LONGEST_SOCKET = 107;

    private DockerEngines() {}

    /**
     * Connects to the engine from the parameter, {@code DOCKER_HOST} or the current docker context. If none is set,
     * connects to the first usual socket that answers.
     *
     * @param engine parameter {@code engine}, such as {@code unix:///var/run/docker.sock}
     * @param environment environment variables of the process
     * @param home user's home directory, which contains sockets and the Docker command line's configuration
     * @throws InvalidSpecException if an address or a docker context is wrong
     * @throws EngineException if no engine answers; lists each address that was tried and why it failed
     */
    public static ContainerEngine connect(
            Optional<String> engine, Map<String, String> environment, HomeDirectory home) {
        return connect(engine, environment, home, TimedCalls.DEFAULT_LIMIT, warning -> {});
    }

    /**
     * Connects with a time limit, and reports ignored configuration.
     *
     * @param limit time limit of each call, except those that take longer by nature; a start may take twice as long
     * @param warnings receiver of warnings about unusable Docker configuration
     */
    public static ContainerEngine connect(
            Optional<String> engine,
            Map<String, String> environment,
            HomeDirectory home,
            Duration limit,
            Consumer<String> warnings) {
        DockerJavaLogging.apply();
        EngineJson.prepare();
        boolean windows = EngineAdvice.of(System.getProperty("os.name")) == EngineAdvice.WINDOWS;
        DockerCliConfig cli = DockerCliConfig.read(environment, home, warnings);
        List<EngineAddress> candidates = new EngineLocator(environment, home, windows, cli).candidates(engine);
        return firstThatAnswers(candidates, cli.forLogins(), limit);
    }

    /** Returns the first engine that answers. Until then, each call is limited to the time that a first call needs. */
    static ContainerEngine firstThatAnswers(List<EngineAddress> candidates, Path dockerConfig, Duration limit) {
        Map<EngineAddress, EngineException> failures = new LinkedHashMap<>();
        Duration answerLimit = limit.compareTo(ANSWER_LIMIT) < 0 ? limit : ANSWER_LIMIT;
        for (EngineAddress address : candidates) {
            try {
                checkSocket(address);
                return stubborn(new DockerEngine(Connection.open(address, dockerConfig, answerLimit, limit)), limit);
            } catch (EngineException e) {
                failures.put(address, e);
            }
        }
        throw unreachable(failures);
    }

    private static ContainerEngine stubborn(ContainerEngine engine, Duration limit) {
        return new RetriedRemovals(engine, limit.multipliedBy(2));
    }

    private static void checkSocket(EngineAddress address) {
        Optional<Path> socket = address.socket();
        if (socket.isPresent() && PathText.of(socket.get()).getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET) {
            throw unreachable("its path is longer than the " + LONGEST_SOCKET + " bytes that a socket's can have");
        }
        if (socket.isPresent() && Files.notExists(socket.get())) {
            throw unreachable("there is no such file");
        }
    }

    private static EngineException unreachable(String reason) {
        return new EngineException(Kind.UNREACHABLE, Connection.CALL, reason, "", null);
    }

    private static EngineException unreachable(Map<EngineAddress, EngineException> failures) {
        String tried = failures.entrySet().stream()
                .map(failure -> "\n    " + failure.getKey() + ": " + reason(failure.getValue()))
                .collect(Collectors.joining());
        EngineException first = failures.values().iterator().next();
        return new EngineException(
                Kind.UNREACHABLE, "find a container engine", "none answers" + tried, suggestion(tried), first);
    }

    private static String reason(EngineException failure) {
        String said = failure.getMessage().replaceFirst("^" + Connection.CALL + ": ", "");
        return switch (failure.kind()) {
            case UNREACHABLE -> failure.getCause() == null ? said : ErrorTranslator.words(failure.getCause());
            case TIMED_OUT -> "accepts connections and does not answer (" + said + ")";
            default -> "is not a Docker Engine, or refuses (" + shortened(said) + ")";
        };
    }

    /** Shortens a reason. A server that is not an engine may answer with a whole HTML page. */
    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "..." : line;
    }

    private static String suggestion(String tried) {
        return EngineAdvice.of(System.getProperty("os.name")).text(EngineAdvice.isDenied(tried));
    }
}
