package io.github.claudefleet.bench;

import io.github.claudefleet.engine.EngineInfo;
import java.io.PrintStream;

/** All measurements, and their output as a table. */
final class Measurements {

    /** Option for .mvn/jvm.config: a JVM that lives for seconds needs only one compiler. */
    private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

    final Samples engineUp = new Samples();
    final Samples engineDown = new Samples();
    final Samples plainUp = new Samples();
    final Samples fleetUp = new Samples();
    final Samples fleetDown = new Samples();
    final MavenSamples maven = MavenSamples.with();
    final MavenSamples mavenFirstCompiler = MavenSamples.with(FIRST_COMPILER);

    void print(PrintStream out, Options options, EngineInfo engine) {
        out.printf(
                "%n%d containers, %d at once, %d rounds; %d processors, %d GiB, Docker Engine %s, Java %s%n%n",
                options.containers(),
                options.atOnce(),
                options.rounds(),
                engine.cpus(),
                engine.memoryBytes() >> 30,
                engine.version(),
                System.getProperty("java.version"));
        out.println("| what | seconds: median (lowest – highest) | of the engine's own time, round by round |");
        out.println("|---|---|---|");
        row(out, "engine: create and start", engineUp, engineUp);
        row(out, "the same without hardening, init process and limits", plainUp, engineUp);
        row(out, "`Fleet.start`, until all are ready", fleetUp, engineUp);
        row(out, "engine: remove by force", engineDown, engineDown);
        row(out, "`Fleet.stop`", fleetDown, engineDown);
        print(out, "", maven);
        print(out, ", `" + FIRST_COMPILER + "`", mavenFirstCompiler);
    }

    private static void print(PrintStream out, String how, MavenSamples samples) {
        row(out, "`mvn claude-fleet:start` less `mvn validate`" + how, samples.ownStart(), samples.engineUp());
        row(out, "`mvn claude-fleet:stop` less `mvn validate`" + how, samples.ownStop(), samples.engineDown());
        row(out, "`mvn claude-fleet:help` less `mvn validate`" + how, samples.loading(), samples.engineUp());
        row(out, "`mvn validate`" + how, samples.validate(), samples.engineUp());
        Samples processor = samples.startProcessor().minus(samples.validateProcessor());
        row(out, "processor time of start less that of validate" + how, processor, samples.engineUp());
        out.printf(
                "| heap of start, `-Xmx256m`%s | %s MiB at most in use | |%n",
                how, samples.startHeap().text());
    }

    private static void row(PrintStream out, String what, Samples seconds, Samples limit) {
        out.printf(
                "| %s | %s | %s |%n", what, seconds.text(), seconds.over(limit).text());
    }
}
