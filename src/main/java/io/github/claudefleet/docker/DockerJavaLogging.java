package io.github.claudefleet.docker;

/** Keeps docker-java's debug logging out of {@code mvn -X}: it prints requests with containers' environments. */
final class DockerJavaLogging {

    /** System property for Maven's logger (SLF4J simple logger), which reads it when a logger is created. */
    static final String PROPERTY = "org.slf4j.simpleLogger.log.com.github.dockerjava";

    /** Property for docker-java's HTTP client, which logs calls interrupted at their deadline at {@code info}. */
    static final String HTTP_PROPERTY = PROPERTY + ".zerodep.shaded";

    private DockerJavaLogging() {}

    /**
     * Sets the log levels that the user has not set. Must be called before docker-java's first class is initialised.
     */
    static void apply() {
        System.getProperties().putIfAbsent(PROPERTY, "info");
        System.getProperties().putIfAbsent(HTTP_PROPERTY, "warn");
    }
}
