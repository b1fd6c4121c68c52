package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Context that the CLI gets beside its prompt, in files that run nothing by themselves, but for plugins.
 *
 * @param instructions the names of the repository's files that are brought: {@code CLAUDE.md}, with its imports and rules, {@code
 *     AGENTS.md}, or neither
 * @param directory a directory of this machine that is laid out like {@code ~/.claude} and takes its place
 * @param plugins directories or archives of plugins, for {@code --plugin-dir}
 */
public record ClaudeContext(List<String> instructions, Optional<Path> directory, List<Path> plugins) {

    /** Claude Code's own instructions file. */
    public static final String CLAUDE_MD = "CLAUDE.md";

    /** The one that several agents have agreed on; the CLI reads it only as another name for its own. */
    public static final String AGENTS_MD = "AGENTS.md";

    /** The repository's own instructions, and nothing else. */
    public static final ClaudeContext DEFAULT = new ClaudeContext(List.of(CLAUDE_MD), Optional.empty(), List.of());

    public ClaudeContext {
        instructions = List.copyOf(instructions);
        plugins = List.copyOf(plugins);
    }

    /** Where containers see it. */
    public List<MountSpec> mounts() {
        return Stream.concat(
                        directory.map(path -> new MountSpec(path, ContainerPaths.CLAUDE_DIRECTORY, true)).stream(),
                        plugins.stream().map(ClaudeContext::plugin))
                .toList();
    }

    private static MountSpec plugin(Path path) {
        return new MountSpec(path, ContainerPaths.PLUGINS + "/" + path.getFileName(), true);
    }

    /** The CLI's arguments for it. */
    public List<String> arguments() {
        return plugins.stream()
                .flatMap(path -> Stream.of("--plugin-dir", plugin(path).target()))
                .toList();
    }
}
