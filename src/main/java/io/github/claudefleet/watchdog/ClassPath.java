package io.github.claudefleet.watchdog;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Class path for running this plugin's classes in another JVM, without Maven. */
public final class ClassPath {

    private ClassPath() {}

    /**
     * Returns the files that this class was loaded with, and the logging API that docker-java calls, which comes from
     * Maven.
     */
    public static List<Path> own() {
        Stream<Path> files = ClassPath.class.getClassLoader() instanceof URLClassLoader realm
                ? Arrays.stream(realm.getURLs()).map(ClassPath::file)
                : Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of);
        URL logging = LoggerFactory.class.getProtectionDomain().getCodeSource().getLocation();
        return Stream.concat(files, Stream.of(file(logging))).distinct().toList();
    }

    private static Path file(URL url) {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("this plugin was loaded from " + url, e);
        }
    }
}
