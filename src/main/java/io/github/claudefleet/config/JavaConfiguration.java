package io.github.claudefleet.config;

import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.JavaTools;
import io.github.claudefleet.spec.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Configuration of {@code <java>} for agents that build with Maven; a plain number is the version. */
public class JavaConfiguration {

    private static final List<String> VERSIONS = List.of("17", "21", "25");
    private static final String NONE = "none";

    private String version;
    private String image;
    private String repository;
    private Boolean settings;

    /** Sets a plain version: {@code <java>21</java>}. */
    public void set(String number) {
        version = number;
    }

    void fillFrom(PropertySource properties) {
        version = properties.or(version, "java");
        image = properties.or(image, "java.image");
        repository = properties.or(repository, "java.repository");
        settings = settings != null
                ? settings
                : properties.get("java.settings").map(Boolean::valueOf).orElse(null);
    }

    /** Returns the image from which the bundled image gets its JDK and Maven; empty if it gets none. */
    Optional<String> toImage() {
        if (image != null) {
            return Optional.of(image);
        }
        if (version != null && !VERSIONS.contains(version.strip())) {
            throw new InvalidSpecException(
                    "java",
                    "\"" + version + "\" is no version that there is an image of",
                    "Use one of: " + String.join(", ", VERSIONS)
                            + "; or name an image with a JDK and Maven in java.image.");
        }
        return Optional.ofNullable(version).map(number -> "maven:3.9-eclipse-temurin-" + number.strip());
    }

    /** Returns true if agents build with Maven. */
    boolean isWanted() {
        return version != null || image != null;
    }

    /**
     * Returns the local repository and the settings that agents get.
     *
     * @param maven source of both
     */
    JavaTools toSpec(Path baseDirectory, HomeDirectory home, MavenSide maven) {
        Optional<Path> shared = repository == null
                ? maven.localRepository().filter(path -> isWanted() && Files.isDirectory(path))
                : Optional.of(repository)
                        .filter(path -> !path.strip().equals(NONE))
                        .map(path -> existing(HostPaths.resolve(path.strip(), baseDirectory, home)));
        return new JavaTools(shared, Boolean.TRUE.equals(settings) ? Optional.of(maven.settings()) : Optional.empty());
    }

    private static Path existing(Path repository) {
        if (!Files.isDirectory(repository)) {
            throw new InvalidSpecException(
                    "java.repository",
                    repository + " is not a directory",
                    "Name a local repository of Maven, or none.");
        }
        return repository;
    }

    /** Substitute for a process that is not run by Maven. */
    static final MavenSide NO_MAVEN = new MavenSide() {
        @Override
        public Optional<Path> localRepository() {
            return Optional.empty();
        }

        @Override
        public List<String> repositories() {
            return List.of();
        }

        @Override
        public Secret settings() {
            throw new IllegalStateException("there is no Maven whose settings could be handed on");
        }
    };

    /** Local repository and settings of the Maven that runs this build. */
    public interface MavenSide {

        /** Returns the directory of its local repository. */
        Optional<Path> localRepository();

        /** Returns the addresses of the repositories and mirrors that this build reads from. */
        List<String> repositories();

        /** Returns a settings.xml with those of its settings that this project needs. */
        Secret settings();
    }
}
