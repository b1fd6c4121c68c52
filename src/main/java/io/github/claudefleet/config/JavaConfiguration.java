package io.github.claudefleet.config;

import io.github.claudefleet.spec.HomeDirectory;
import io.github.claudefleet.spec.InvalidSpecException;
import io.github.claudefleet.spec.JavaTools;
import io.github.claudefleet.spec.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code <java>}: agents that build with Maven; a plain number is taken as the version. */
public class JavaConfiguration {

    private static final List<String> VERSIONS = List.of("17", "21", "25");
    private static final String NONE = "none";

    private String version;
    private String image;
    private String repository;
    private Boolean settings;

    /** Takes a plain version: {@code <java>21</java>}. */
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

    /** The image whose JDK and Maven the bundled one gets; empty where it gets none. */
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

    /** Whether agents build with Maven. */
    boolean isWanted() {
        return version != null || image != null;
    }

    /**
     * What else agents get.
     *
     * @param maven has a local repository and settings to hand on
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

    /** Where no Maven runs this. */
    static final MavenSide NO_MAVEN = new MavenSide() {
        @Override
        public Optional<Path> localRepository() {
            return Optional.empty();
        }

        @Override
        public Secret settings() {
            throw new IllegalStateException("there is no Maven whose settings could be handed on");
        }
    };

    /** What the Maven that runs this build has to hand on. */
    public interface MavenSide {

        /** Where its local repository is. */
        Optional<Path> localRepository();

        /** A settings.xml with what of its own this project needs. */
        Secret settings();
    }
}
