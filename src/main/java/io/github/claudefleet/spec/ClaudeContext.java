package io.github.claudefleet.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Context of the CLI in addition to its prompt. Its files run nothing by themselves, except for plugins.
 *
 * @param instructions names of the repository's instruction files for the CLI: {@code CLAUDE.md} (with its imports and
 *     rules), {@code AGENTS.md}, both or neither
 * @param directory directory of the host with the layout of {@code ~/.claude}, used in its place
 * @param plugins directories or archives of plugins, for {@code --plugin-dir}
 */
public record ClaudeContext(List<String> instructions, Optional<Path> directory, List<Path> plugins) {

    /** Instructions file of Claude Code. */
    public static final String CLAUDE_MD = "CLAUDE.md";

    /**
     * Instructions file that several agents have agreed on. The CLI reads it only as a substitute for
     * {@code CLAUDE.md}.
     */
    public static final String AGENTS_MD = "AGENTS.md";

    /** Default context: the repository's {@code CLAUDE.md} and nothing else. */
    public static final ClaudeContext DEFAULT = new ClaudeContext(List.of(CLAUDE_MD), Optional.empty(), List.of());

    public ClaudeContext {
        instructions = List.copyOf(instructions);
        plugins = List.copyOf(plugins);
    }

    /** Returns the mounts through which containers see the context. */
    public List<MountSpec> mounts() {
        return Stream.concat(
                        directory.map(path -> new MountSpec(path, ContainerPaths.CLAUDE_DIRECTORY, true)).stream(),
                        plugins.stream().map(ClaudeContext::plugin))
                .toList();
    }

    private static MountSpec plugin(Path path) {
        return new MountSpec(path, ContainerPaths.PLUGINS + "/" + path.getFileName(), true);
    }

    /** Returns the CLI's arguments for the plugins. */
    public List<String> arguments() {
        return plugins.stream()
                .flatMap(path -> Stream.of("--plugin-dir", plugin(path).target()))
                .toList();
    }
}
