package io.github.claudefleet.config;

import io.github.claudefleet.spec.FileProblem;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Reads prompts from files of the project. */
final class PromptFiles {

    private static final List<String> ENDINGS = List.of(".md", ".txt");
    /** Separator between two prompts of one file, alone on its line. */
    private static final String SEPARATOR = "(?m)^---[ \\t]*$";

    private PromptFiles() {}

    /**
     * Returns the text of a file.
     *
     * @throws InvalidSpecException if it can't be read or is empty
     */
    static String read(String parameter, Path file) {
        String text;
        try {
            text = TextFile.read(file);
        } catch (IOException e) {
            throw new InvalidSpecException(
                    parameter,
                    file + " can't be read: " + FileProblem.of(e, file),
                    "Name a text file in UTF-8, relative to the project.");
        }
        if (text.isBlank()) {
            throw new InvalidSpecException(parameter, file + " is empty", "Write into it what is wanted.");
        }
        return text;
    }

    /** Returns the prompts of a file, separated by lines of three hyphens. */
    static List<String> readSeveral(String parameter, Path file) {
        return Arrays.stream(read(parameter, file).split(SEPARATOR))
                .filter(text -> !text.isBlank())
                .map(String::strip)
                .toList();
    }

    /**
     * Returns the prompt files of a folder, sorted by name.
     *
     * @throws InvalidSpecException if there is none
     */
    static List<Path> inFolder(String parameter, Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> prompts = files.filter(PromptFiles::isPrompt).sorted().toList();
            if (!prompts.isEmpty()) {
                return prompts;
            }
        } catch (IOException e) {
            throw new InvalidSpecException(
                    parameter,
                    folder + " can't be read: " + FileProblem.of(e, folder),
                    "Name a folder of the project that you may read.");
        }
        throw new InvalidSpecException(
                parameter,
                folder + " holds no prompt",
                "Put files into it that end in .md or .txt, one for each task.");
    }

    private static boolean isPrompt(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file)
                && !name.startsWith(".")
                && ENDINGS.stream().anyMatch(name::endsWith);
    }
}
