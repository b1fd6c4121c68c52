package io.github.claudefleet.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Readable reasons for files that can't be read or written. Java's own message is often only the file's path. */
public final class FileProblem {

    private static final Map<Class<? extends IOException>, String> WORDS = Map.of(
            NoSuchFileException.class, "no such file or directory",
            AccessDeniedException.class, "permission denied",
            FileAlreadyExistsException.class, "it exists already",
            DirectoryNotEmptyException.class, "the directory is not empty",
            NotDirectoryException.class, "it is not a directory",
            FileSystemLoopException.class, "links lead round in a circle");

    private FileProblem() {}

    /** Returns the end of a sentence such as "X can't be read: ", with the file's path if the exception has one. */
    public static String of(Exception problem) {
        if (problem instanceof UncheckedIOException wrapped) {
            return of(wrapped.getCause());
        }
        if (problem instanceof FileSystemException file) {
            String path = Optional.ofNullable(file.getFile())
                    .map(name -> " (" + name + ")")
                    .orElse("");
            return reason(file) + path;
        }
        return problem instanceof CharacterCodingException ? "it is not text in UTF-8" : said(problem);
    }

    /** Returns the end of a sentence that already names the file, and therefore without its path. */
    public static String of(Exception problem, Path named) {
        return of(problem).replace(" (" + named + ")", "");
    }

    /** Returns a whole message. The message that Java's own file walk generates is only a class and a path. */
    public static String messageOf(UncheckedIOException problem) {
        IOException cause = problem.getCause();
        return problem.getMessage().equals(cause.toString())
                ? "a file can't be used: " + of(cause)
                : problem.getMessage();
    }

    /** Returns a whole message for a name that can't be a file's name. The usual cause is the locale. */
    public static String messageOf(InvalidPathException problem) {
        boolean plain = problem.getInput().chars().allMatch(letter -> letter < 128);
        return "\"" + problem.getInput() + "\" can't be the name of a file: "
                + (plain
                        ? uncapitalized(problem.getReason())
                        : "the locale's charset, " + PathText.charset()
                                + ", has no such letters. Set LC_ALL=C.UTF-8 (or LANG) where Maven is started");
    }

    private static String said(Exception problem) {
        String said = Optional.ofNullable(problem.getMessage())
                .flatMap(message -> message.lines().findFirst())
                .orElse("");
        boolean isReason = said.contains(" ");
        return isReason
                ? uncapitalized(said)
                : problem.getClass().getSimpleName() + (said.isEmpty() ? "" : " (" + said + ")");
    }

    private static String reason(FileSystemException file) {
        return Optional.ofNullable(WORDS.get(file.getClass()))
                .or(() -> Optional.ofNullable(file.getReason()).map(FileProblem::uncapitalized))
                .orElseGet(() -> file.getClass().getSimpleName());
    }

    /** Adapts the operating system's text, which begins a sentence, to the end of one. */
    private static String uncapitalized(String text) {
        boolean value = text.length() > 1 && Character.isLowerCase(text.charAt(1));
        return value ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
    }
}
