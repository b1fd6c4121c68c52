package io.github.claudefleet.doctor;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.spec.ContainerPaths;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Facts that a container reports about itself, gathered by one small command.
 *
 * @param facts facts by name; a fact that could not be determined is empty
 */
record ContainerFacts(Map<String, String> facts) {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String QUESTIONS = String.join(
            "\n",
            "credential=${CLAUDE_SECURESTORAGE_CONFIG_DIR:-$CLAUDE_CONFIG_DIR}/.credentials.json",
            "[ \"$CLAUDE_FLEET_LOGIN\" = apiKey ] && credential=" + ContainerPaths.SECRETS + "/api-key",
            "say() { printf '%s=%s\\n' \"$1\" \"$2\"; }",
            "say user \"$(id -u):$(id -g)\"",
            "say configDirectory \"$CLAUDE_CONFIG_DIR\"",
            "say loginDirectory \"${CLAUDE_SECURESTORAGE_CONFIG_DIR:-}\"",
            "say credential \"$credential\"",
            "say credentialReadable \"$([ -r \"$credential\" ] && echo yes || echo no)\"",
            "say credentialListing \"$(ls -ln \"$credential\" 2>&1)\"",
            "say loginWritable \"$([ -w \"$(dirname \"$credential\")\" ] && echo yes || echo no)\"",
            "say configWritable \"$(mkdir -p \"$CLAUDE_CONFIG_DIR\" 2>/dev/null && [ -w \"$CLAUDE_CONFIG_DIR\" ]"
                    + " && echo yes || echo no)\"",
            "say cli \"$(claude --version 2>/dev/null)\"",
            "say digest \"$(sha256sum \"$credential\" 2>/dev/null | cut -d ' ' -f 1)\"",
            "say time \"$(date +%s)\"",
            "say address \"$(getent hosts api.anthropic.com 2>/dev/null | head -n 1)\"",
            "say proxy \"${HTTPS_PROXY:-${https_proxy:-${ALL_PROXY:-${all_proxy:-}}}}\"",
            "say base \"${ANTHROPIC_BASE_URL:-}\"",
            "say freeKilobytes \"$(df -Pk / 2>/dev/null | tail -n 1 | tr -s ' ' | cut -d ' ' -f 4)\"");

    /**
     * Reads the facts of a running container.
     *
     * @throws EngineException if no command can be run in it
     */
    static ContainerFacts of(ContainerEngine engine, ContainerObservation container) {
        ExecResult answer = engine.exec(ExecRequest.of(container.id(), "/bin/sh", "-c", QUESTIONS), LIMIT);
        if (!answer.succeeded()) {
            String said = (answer.output() + answer.errors()).strip();
            throw new EngineException(
                    EngineException.Kind.FAILED, "run /bin/sh in container " + container.name(), said, "", null);
        }
        return new ContainerFacts(answer.output()
                .lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].strip(), (first, second) -> second)));
    }

    String get(String fact) {
        return facts.getOrDefault(fact, "");
    }

    boolean is(String fact) {
        return get(fact).equals("yes");
    }

    /** Returns a number, or the fallback if it could not be determined. */
    long number(String fact, long fallback) {
        return get(fact).matches("\\d{1,18}") ? Long.parseLong(get(fact)) : fallback;
    }
}
