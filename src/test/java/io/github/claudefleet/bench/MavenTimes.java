package io.github.claudefleet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs Maven in a separate process, with a small heap that must be enough for a goal. */
final class MavenTimes {

    private static final int HEAP_MEGABYTES = 256;
    /** {@code GC(3) Pause Young (Normal) 23M->5M(61M)}: the heap in use before a collection. */
    private static final Pattern BEFORE_COLLECTION = Pattern.compile("\\b(\\d+)M->\\d+M\\(");
    /** {@code garbage-first heap   total 61440K, used 14503K}: the heap in use at the exit. */
    private static final Pattern AT_EXIT = Pattern.compile("total (\\d+)K, used (\\d+)K");

    private final BenchProject project;
    private final Path scratch;
    private double processorSeconds;

    /** @param scratch directory for Maven's output and the JVM's heap log */
    MavenTimes(BenchProject project, Path scratch) {
        this.project = project;
        this.scratch = scratch;
    }

    /** Runs Maven offline and returns its output; throws if Maven fails. */
    String run(String goal, List<String> jvmOptions) throws IOException, InterruptedException {
        double before = ChildrensProcessor.seconds();
        String printed = new MeasuredCommand(project.directory(), scratch.resolve("maven.log"))
                .run(project.maven(goal), Map.of("MAVEN_OPTS", options(jvmOptions)));
        processorSeconds = ChildrensProcessor.seconds() - before;
        return printed;
    }

    /** Processor time of the last run, in seconds. */
    double processorSeconds() {
        return processorSeconds;
    }

    /** Maximum heap in use during the last run, garbage included, in MiB. */
    double highestHeap() throws IOException {
        String log = Files.readString(heapLog());
        double highest = 0;
        for (Matcher collection = BEFORE_COLLECTION.matcher(log); collection.find(); ) {
            highest = Math.max(highest, Double.parseDouble(collection.group(1)));
        }
        double atExit = 0;
        for (Matcher generation = AT_EXIT.matcher(log); generation.find(); ) {
            atExit += Double.parseDouble(generation.group(2)) / 1024;
        }
        return Math.max(highest, atExit);
    }

    private String options(List<String> more) {
        return "-Xmx" + HEAP_MEGABYTES + "m -Xlog:gc,gc+heap+exit:file=" + heapLog() + " " + String.join(" ", more);
    }

    private Path heapLog() {
        return scratch.resolve("heap.log");
    }
}
