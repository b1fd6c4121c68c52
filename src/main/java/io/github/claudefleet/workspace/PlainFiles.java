package io.github.claudefleet.workspace;

import io.github.claudefleet.spec.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Directory outside any git repository. */
final class PlainFiles {

    private PlainFiles() {}

    /** Returns the directories that an agent gets no copy of, as patterns for {@code info/exclude}. */
    static List<String> left(Path root) {
        try {
            List<Path> left = new ArrayList<>(FileTrees.repositoriesIn(root));
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.endsWith("pom.xml"))
                        .map(pom -> pom.resolveSibling("target"))
                        .forEach(left::add);
            }
            return left.stream()
                    .map(path -> "/" + escaped(FileNames.utf8(FileNames.raw(root, path))) + "/")
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new GitException("the files of " + root + " can't be listed: " + FileProblem.of(e), e);
        }
    }

    private static String escaped(String path) {
        return path.replaceAll("([\\\\*?\\[!# ])", "\\\\$1");
    }
}
