package io.github.claudefleet.junit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Creates the project of a fleet, a git repository with scripts, anew before the fleet starts. */
final class ShopProject implements BeforeAllCallback {

    private static final String FIXER = """
            - round: 1
              steps:
                - edit: build.txt
                  content: better
                - answer: I think that it is fixed.
            - steps:
                - edit: build.txt
                  content: good
                - answer: Now it is fixed.
            """;
    private static final String WRITER = """
            - task: news
              steps:
                - answer: No news.
            - steps:
                - error: "500"
                - answer: A poem.
            """;

    /** A nested class has the project of the class around it. */
    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        Fleet fleet = context.getRequiredTestClass().getAnnotation(Fleet.class);
        if (fleet != null) {
            create(Path.of(fleet.project()).toAbsolutePath());
        }
    }

    private static void create(Path project) throws IOException, InterruptedException {
        if (Files.exists(project)) {
            try (Stream<Path> files = Files.walk(project)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Path scripts = Files.createDirectories(project.resolve("src/fleet"));
        Files.setPosixFilePermissions(project, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(scripts.resolve("fixer.rehearsal.yml"), FIXER);
        Files.writeString(scripts.resolve("writer.rehearsal.yml"), WRITER);
        Files.writeString(project.resolve("build.txt"), "bad");
        Files.writeString(project.resolve(".gitignore"), "target/\n");
        git(project, "init", "--quiet", "--initial-branch=main");
        git(project, "add", "--all");
        git(project, "commit", "--quiet", "-m", "First");
    }

    /** Returns the output of git, as the owner of the project runs it. */
    static String git(Path project, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("git", "-C", project.toString(), "-c", "user.name=Pat", "-c", "user.email=pat@example.org"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!git.waitFor(1, TimeUnit.MINUTES) || git.exitValue() != 0) {
            throw new AssertionError(command + ": " + output);
        }
        return output;
    }
}
