package io.github.claudefleet.mojo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoExecutionException;

/** Writer of the file that a goal's parameter names. */
final class OutputFile {

    private OutputFile() {}

    static void write(String parameter, Path file, String text) throws MojoExecutionException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new MojoExecutionException(
                    parameter + " " + file + " can't be written. Name a file in a directory that you can write.", e);
        }
    }
}
