package io.github.claudefleet.deaths;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * A JVM that runs one Maven session after the other and lives on, as Maven's daemon does, which is not to be had for tests. Each line on its
 * standard input is the arguments of a session, separated by tabs. Has Maven's own files on its class path.
 */
public final class DaemonMain {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private DaemonMain() {}

    /**
     * @param arguments the project's directory
     */
    public static void main(String[] arguments) throws IOException, InterruptedException, ReflectiveOperationException {
        BufferedReader sessions = new BufferedReader(new InputStreamReader(System.in));
        for (String line = sessions.readLine(); line != null; line = sessions.readLine()) {
            int status = session(line.split("\t"), arguments[0]);
            System.gc();
            System.out.println("session over: " + status + ", threads of the plugin: " + lastingThreads());
        }
    }

    private static int session(String[] arguments, String directory) throws ReflectiveOperationException {
        Class<?> cli = Class.forName("org.apache.maven.cli.MavenCli");
        return (int) cli.getMethod("doMain", String[].class, String.class, PrintStream.class, PrintStream.class)
                .invoke(cli.getConstructor().newInstance(), arguments, directory, System.out, System.out);
    }

    /** One that is about to end may need a moment for that. */
    private static List<String> lastingThreads() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!threads().isEmpty() && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        return threads();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("claude-fleet"))
                .sorted()
                .toList();
    }
}
