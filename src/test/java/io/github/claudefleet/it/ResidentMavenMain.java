package io.github.claudefleet.it;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.codehaus.plexus.classworlds.launcher.Launcher;

/**
 * Process that runs one Maven build after another, as the Maven daemon does. Its system properties are those of a fresh
 * Maven before each build, and its standard input is empty. It ends with its parent, or after {@link #MOST_BUILDS}.
 */
public final class ResidentMavenMain {

    /** Number of builds after which it ends, since each build leaves classes that some library holds on to. */
    private static final int MOST_BUILDS = 40;

    /** Kind of a part of an answer: output of the build. */
    static final int OUTPUT = 0;
    /** Kind of the last part of an answer. */
    static final int EXIT_CODE = 1;

    private final Launcher launcher = new Launcher();
    private final Properties properties;

    private ResidentMavenMain(String mavenHome) throws Exception {
        System.setProperty("maven.home", mavenHome);
        System.setProperty("maven.conf", Path.of(mavenHome, "conf").toString());
        launcher.setSystemClassLoader(ResidentMavenMain.class.getClassLoader());
        try (InputStream realms = Files.newInputStream(Path.of(mavenHome, "bin", "m2.conf"))) {
            launcher.configure(realms);
        }
        this.properties = (Properties) System.getProperties().clone();
    }

    /** @param arguments Maven's home */
    public static void main(String[] arguments) throws Exception {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
        ResidentMavenMain maven = new ResidentMavenMain(arguments[0]);
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        System.out.println(server.getLocalPort());
        for (int left = MOST_BUILDS - 1; left >= 0; left--) {
            try (Socket client = server.accept()) {
                if (left == 0) {
                    // Whoever comes next finds nobody here, and so starts another one.
                    server.close();
                }
                maven.serve(client);
            }
        }
        System.exit(0);
    }

    private void serve(Socket client) throws Exception {
        DataInputStream request = new DataInputStream(client.getInputStream());
        DataOutputStream answer = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
        String directory = request.readUTF();
        String[] arguments = new String[request.readInt()];
        for (int index = 0; index < arguments.length; index++) {
            arguments[index] = request.readUTF();
        }
        int status = build(directory, arguments, new PrintStream(new Parts(answer), true, StandardCharsets.UTF_8));
        synchronized (answer) {
            answer.writeByte(EXIT_CODE);
            answer.writeInt(status);
            answer.flush();
        }
    }

    private int build(String directory, String[] arguments, PrintStream output) throws Exception {
        System.setProperties((Properties) properties.clone());
        System.setProperty("maven.multiModuleProjectDirectory", rootOf(Path.of(directory)));
        System.setIn(new ByteArrayInputStream(new byte[0]));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(launcher.getMainRealm());
        try {
            Class<?> cli = launcher.getMainClass();
            Object maven = cli.getConstructor(launcher.getWorld().getClass()).newInstance(launcher.getWorld());
            return (int) cli.getMethod("doMain", String[].class, String.class, PrintStream.class, PrintStream.class)
                    .invoke(maven, arguments, directory, output, output);
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace(output);
            return 1;
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Finds the directory as Maven's start script does. */
    private static String rootOf(Path directory) {
        for (Path candidate = directory; candidate != null; candidate = candidate.getParent()) {
            if (Files.isDirectory(candidate.resolve(".mvn"))) {
                return candidate.toString();
            }
        }
        return directory.toString();
    }

    /** Output as parts of an answer. A client that is gone ends no build. */
    private static final class Parts extends OutputStream {

        private final DataOutputStream answer;

        Parts(DataOutputStream answer) {
            this.answer = answer;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            synchronized (answer) {
                answer.writeByte(OUTPUT);
                answer.writeInt(length);
                answer.write(bytes, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            synchronized (answer) {
                answer.flush();
            }
        }
    }
}
