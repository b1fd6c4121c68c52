package io.github.claudefleet.mojo;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** What another JVM needs to run this plugin's classes without Maven. */
final class ClassPath {

    private ClassPath() {}

    /** The plugin's own files; the logging interface that docker-java calls is Maven's, and not among them. */
    static List<Path> own() {
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
            throw new IllegalStateException("Maven has loaded this plugin from " + url, e);
        }
    }
}
