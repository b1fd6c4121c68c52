package io.github.claudefleet.docker;

/**
 * Keeps docker-java's debug logging out of {@code mvn -X}: it prints requests whole, a container's environment
 * included.
 */
final class DockerJavaLogging {

    /** Read by SLF4J's simple logger, which Maven's own is made of, when a logger is made. */
    static final String PROPERTY = "org.slf4j.simpleLogger.log.com.github.dockerjava";

    /** The HTTP client within docker-java tells at {@code info} of each call that was interrupted at its deadline. */
    static final String HTTP_PROPERTY = PROPERTY + ".zerodep.shaded";

    private DockerJavaLogging() {}

    /** To be called before docker-java's first class is initialised; a level that somebody chose stays. */
    static void apply() {
        System.getProperties().putIfAbsent(PROPERTY, "info");
        System.getProperties().putIfAbsent(HTTP_PROPERTY, "warn");
    }
}
