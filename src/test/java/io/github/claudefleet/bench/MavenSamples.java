package io.github.claudefleet.bench;

import java.util.List;

/**
 * Times of the Maven goals, and of the bare engine right before them.
 *
 * @param jvmOptions options for Maven's JVM
 */
record MavenSamples(
        List<String> jvmOptions,
        Samples engineUp,
        Samples engineDown,
        Samples validate,
        Samples help,
        Samples start,
        Samples stop,
        Samples validateProcessor,
        Samples startProcessor,
        Samples startHeap) {

    static MavenSamples with(String... jvmOptions) {
        return new MavenSamples(
                List.of(jvmOptions),
                new Samples(),
                new Samples(),
                new Samples(),
                new Samples(),
                new Samples(),
                new Samples(),
                new Samples(),
                new Samples(),
                new Samples());
    }

    void measure(MavenTimes maven) throws Exception {
        validate.time(() -> maven.run("validate", jvmOptions));
        validateProcessor.add(maven.processorSeconds());
        start.time(() -> maven.run("claude-fleet:start", jvmOptions));
        startProcessor.add(maven.processorSeconds());
        startHeap.add(maven.highestHeap());
        stop.time(() -> maven.run("claude-fleet:stop", jvmOptions));
        help.time(() -> maven.run("claude-fleet:help", jvmOptions));
    }

    /** Time of the goal without Maven's own start. */
    Samples ownStart() {
        return start.minus(validate);
    }

    Samples ownStop() {
        return stop.minus(validate);
    }

    /** Time that Maven needs to find and load the plugin. */
    Samples loading() {
        return help.minus(validate);
    }
}
