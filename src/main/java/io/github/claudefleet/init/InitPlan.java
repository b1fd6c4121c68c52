package io.github.claudefleet.init;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Changes that give a project a fleet. Nothing is written before {@link #write}. */
public final class InitPlan {

    private final Path pom;
    private final Pom before;
    private final byte[] after;
    private final Map<String, String> created;
    private final List<String> kept;

    private InitPlan(Path pom, Pom before, byte[] after, Map<String, String> created, List<String> kept) {
        this.pom = pom;
        this.before = before;
        this.after = after;
        this.created = created;
        this.kept = kept;
    }

    /** Returns the nearest pom, from a directory upwards to the top of its repository. */
    public static Optional<Path> nearestPom(Path directory) {
        return ProjectDirectory.nearestPom(directory);
    }

    /**
     * Finds the plugin in a pom.
     *
     * @return the element that declares it, for a message
     * @throws InvalidSpecException if the pom can't be used
     */
    public static Optional<String> declaration(Path pom, PluginElement plugin) {
        return read(pom).declarationOf(plugin);
    }

    /**
     * Plans the changes.
     *
     * @param pom pom without the plugin
     * @throws InvalidSpecException if they can't be made safely
     */
    public static InitPlan of(Path pom, PluginElement plugin, InitRequest request) {
        ProjectDirectory directory = new ProjectDirectory(pom.getParent());
        Pom before = read(pom);
        byte[] after = before.with(plugin, plugin.lines(request));
        Map<String, String> created = new TreeMap<>();
        List<String> kept = new ArrayList<>();
        try {
            directory.writable(pom);
            for (Map.Entry<String, String> file : PromptTemplates.of(request).entrySet()) {
                Path path = directory.path().resolve(file.getKey());
                directory.checkPlace(path);
                if (isKept(request, directory.path().resolve(request.promptPath()), path)) {
                    requireEqual(request, path, file.getValue());
                    kept.add(request.promptPath());
                } else {
                    created.put(file.getKey(), file.getValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(pom.getParent() + " can't be used: " + FileProblem.of(e), e);
        }
        requirePrompt(directory, request, created);
        return new InitPlan(
                pom, before, after, created, kept.stream().distinct().toList());
    }

    /** Returns true if a file exists, or the folder of all tasks. */
    private static boolean isKept(InitRequest request, Path prompts, Path file) {
        return Files.exists(request.purpose() == Purpose.TASKS ? prompts : file, LinkOption.NOFOLLOW_LINKS);
    }

    private static void requireEqual(InitRequest request, Path file, String text) throws IOException {
        if (request.prompt().isPresent() && !Files.readString(file).equals(text)) {
            throw new InvalidSpecException(
                    file.toString(),
                    "exists and has another text than init.prompt",
                    "Name another file by init.promptFile, or leave init.prompt out to use the file as it is.");
        }
    }

    private static void requirePrompt(ProjectDirectory directory, InitRequest request, Map<String, String> created) {
        Path file = directory.path().resolve(request.promptPath());
        if (request.purpose() == Purpose.CUSTOM && created.isEmpty() && !Files.isRegularFile(file)) {
            throw new InvalidSpecException(
                    file.toString(), "does not exist", "Write the prompt into it, or give the prompt by init.prompt.");
        }
    }

    private static Pom read(Path pom) {
        try {
            return Pom.read(pom.toString(), Files.readAllBytes(pom));
        } catch (IOException e) {
            throw new UncheckedIOException(pom + " can't be read: " + FileProblem.of(e, pom), e);
        }
    }

    /** Returns the changes as lines of a diff, without line ends. */
    public List<String> diff() {
        String name = String.valueOf(pom.getFileName());
        Stream<String> ofPom =
                UnifiedDiff.of(name, before.text(), Pom.read(name, after).text()).stream();
        Stream<String> ofPrompts =
                created.entrySet().stream().flatMap(file -> UnifiedDiff.ofNew(file.getKey(), file.getValue()).stream());
        return Stream.concat(ofPom, ofPrompts).toList();
    }

    /** Returns the prompt files that exist already and are used as they are, relative to the pom's directory. */
    public List<String> kept() {
        return kept;
    }

    /** Returns the files to write, relative to the pom's directory. */
    public List<String> files() {
        return Stream.concat(Stream.of(String.valueOf(pom.getFileName())), created.keySet().stream())
                .toList();
    }

    /**
     * Writes the prompts, then the pom. If the pom can't be written, the prompts are removed again.
     *
     * @throws InvalidSpecException if the pom has changed since the plan was made
     */
    public void write() {
        List<Path> written = new ArrayList<>();
        boolean done = false;
        try {
            requireUnchanged();
            for (Map.Entry<String, String> file : created.entrySet()) {
                Path path = pom.resolveSibling(file.getKey());
                ProjectDirectory.create(path, file.getValue());
                written.add(path);
            }
            ProjectDirectory.replace(new ProjectDirectory(pom.getParent()).writable(pom), after);
            done = true;
        } catch (IOException e) {
            throw new UncheckedIOException(pom + " can't be written: " + FileProblem.of(e, pom), e);
        } finally {
            if (!done) {
                written.forEach(file -> file.toFile().delete());
            }
        }
    }

    private void requireUnchanged() throws IOException {
        if (!Arrays.equals(before.bytes(), Files.readAllBytes(pom))) {
            throw new InvalidSpecException(
                    pom.toString(), "was changed while init was waiting", "Call init again to see the new difference.");
        }
    }
}
