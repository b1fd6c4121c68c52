package io.github.claudefleet.bench;

import java.util.List;

/**
 * Maven's goals, and the bare engine right before them.
 *
 * @param jvmOptions what Maven's JVM is given
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

    /** What the goal takes beside Maven's own start. */
    Samples ownStart() {
        return start.minus(validate);
    }

    Samples ownStop() {
        return stop.minus(validate);
    }

    /** What Maven takes to find the plugin and load it. */
    Samples loading() {
        return help.minus(validate);
    }
}
