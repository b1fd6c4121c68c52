package io.github.claudefleet.deaths;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * JVM that runs one Maven session after another and stays alive, like Maven's daemon, which is not available for tests.
 * Each line of standard input has the arguments of one session, separated by tabs. Needs Maven's libraries on its class
 * path.
 */
public final class DaemonMain {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private DaemonMain() {}

    /** @param arguments project's directory */
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

    /** Returns the plugin's threads that are left, after some time for threads that are about to end. */
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
