package io.github.claudefleet.standin;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Scripts of a fleet's agents, from files {@code AGENT.rehearsal.yml}.
 *
 * @param byAgent cases in the order of the file, by the agent's name
 */
public record AgentScripts(Map<String, List<ScriptedCase>> byAgent) {

    /** End of the files' names, after the agent's name. */
    public static final String SUFFIX = ".rehearsal.yml";

    /**
     * Reads all scripts of a directory; none if it does not exist.
     *
     * @throws InvalidSpecException if one of them is no script
     */
    public static AgentScripts in(Path directory) {
        if (!Files.isDirectory(directory)) {
            return new AgentScripts(Map.of());
        }
        try (Stream<Path> files = Files.list(directory)) {
            Map<String, List<ScriptedCase>> scripts = new TreeMap<>();
            files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .forEach(file -> {
                        String name = file.getFileName().toString();
                        scripts.put(name.substring(0, name.length() - SUFFIX.length()), ScriptReader.read(file));
                    });
            return new AgentScripts(scripts);
        } catch (IOException e) {
            throw new InvalidSpecException(
                    "rehearsalScripts",
                    "names " + directory + ", which can't be read: " + FileProblem.of(e),
                    "Make it readable, or name another directory.");
        }
    }

    /** Returns the names of the agents that have a script. */
    public SortedSet<String> agents() {
        return new TreeSet<>(byAgent.keySet());
    }

    /** Returns the first case for a sender: of the agent's own script, or of the one for all agents of its queue. */
    Optional<ScriptedCase> caseOf(Sender sender) {
        String queue = sender.task().split("/", 2)[0];
        return Stream.of(sender.agent(), queue)
                .distinct()
                .flatMap(name -> byAgent.getOrDefault(name, List.of()).stream())
                .filter(part -> part.isFor(sender))
                .findFirst();
    }
}
