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
 * @param skills directories of skills, each used as a user's own skill under the directory's name
 */
public record ClaudeContext(
        List<String> instructions, Optional<Path> directory, List<Path> plugins, List<Path> skills) {

    /** Instructions file of Claude Code. */
    public static final String CLAUDE_MD = "CLAUDE.md";

    /**
     * Instructions file that several agents have agreed on. The CLI reads it only as a substitute for
     * {@code CLAUDE.md}.
     */
    public static final String AGENTS_MD = "AGENTS.md";

    /** Default context: the repository's {@code CLAUDE.md} and nothing else. */
    public static final ClaudeContext DEFAULT =
            new ClaudeContext(List.of(CLAUDE_MD), Optional.empty(), List.of(), List.of());

    public ClaudeContext {
        instructions = List.copyOf(instructions);
        plugins = List.copyOf(plugins);
        skills = List.copyOf(skills);
    }

    /** Returns the mounts through which containers see the context. */
    public List<MountSpec> mounts() {
        return Stream.of(
                        directory.map(path -> new MountSpec(path, ContainerPaths.CLAUDE_DIRECTORY, true)).stream(),
                        plugins.stream().map(ClaudeContext::plugin),
                        skills.stream().map(path -> mount(path, ContainerPaths.SKILLS)))
                .flatMap(mounts -> mounts)
                .toList();
    }

    private static MountSpec plugin(Path path) {
        return mount(path, ContainerPaths.PLUGINS);
    }

    private static MountSpec mount(Path path, String folder) {
        return new MountSpec(path, folder + "/" + path.getFileName(), true);
    }

    /** Returns the CLI's arguments for the plugins. */
    public List<String> arguments() {
        return plugins.stream()
                .flatMap(path -> Stream.of("--plugin-dir", plugin(path).target()))
                .toList();
    }
}
