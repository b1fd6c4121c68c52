package io.github.claudefleet.doctor;

import io.github.claudefleet.engine.ContainerEngine;
import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.runtime.KitResources;
import io.github.claudefleet.spec.ContainerPaths;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Facts that a container reports about itself, gathered by one small command.
 *
 * @param facts facts by name; a fact that could not be determined is empty
 */
record ContainerFacts(Map<String, String> facts) {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /**
     * Reads the facts of a running container.
     *
     * @throws EngineException if no command can be run in it
     */
    static ContainerFacts of(ContainerEngine engine, ContainerObservation container) {
        ExecResult answer = engine.processes().run(facts(container.id()), LIMIT);
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

    private static ExecRequest facts(String containerId) {
        List<String> command = KitResources.inlined("container-facts.sh", ContainerPaths.SECRETS);
        return new ExecRequest(containerId, command, new TreeMap<>());
    }
}
