package io.github.claudefleet.faults;

import io.github.claudefleet.it.DockerCommand;
import io.github.claudefleet.spec.Labels;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Checks repeatedly that no agent has more than one container. */
final class DuplicateContainerWatch implements AutoCloseable {

    private static final String FORMAT =
            "{{.Label \"%s\"}} {{.Label \"%s\"}} {{.Label \"%s\"}}".formatted(Labels.FLEET, Labels.ROLE, Labels.AGENT);

    private final String prefix;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::watch, "duplicate containers");
    private volatile int looks;

    private DuplicateContainerWatch(String prefix) {
        this.prefix = prefix;
    }

    /** @param prefix prefix of the fleets' names */
    static DuplicateContainerWatch watch(String prefix) {
        DuplicateContainerWatch watch = new DuplicateContainerWatch(prefix);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    /** Returns the agents that had more than one container. */
    List<String> seen() {
        if (looks == 0) {
            throw new IllegalStateException("nobody has looked");
        }
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        DockerCommand docker = new DockerCommand();
        try {
            while (true) {
                look(docker.run("ps", "--all", "--filter", "label=" + Labels.FLEET, "--format", FORMAT));
                looks++;
                Thread.sleep(300);
            }
        } catch (IOException | AssertionError e) {
            seen.add("unknown: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(String lines) {
        lines.lines()
                .filter(line -> line.startsWith(prefix))
                .collect(Collectors.groupingBy(line -> line, Collectors.counting()))
                .forEach((who, count) -> {
                    if (count > 1) {
                        seen.add(who);
                    }
                });
    }
}
