package io.github.claudefleet.standin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the JDK's keytool, since the JDK has no public API for creating certificates. */
final class Keytool {
    private static final int SECONDS = 60;

    private final Path keyStore;
    private final String password;

    Keytool(Path keyStore, String password) {
        this.keyStore = keyStore;
        this.password = password;
    }

    /** @throws IOException if keytool is missing, fails or takes more than a minute; the message has its output */
    void run(String... arguments) throws IOException {
        Process process = new ProcessBuilder(commandLine(arguments))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!ends(process) || process.exitValue() != 0) {
            throw new IOException("keytool " + arguments[0] + " on " + keyStore + " failed: " + printed.strip());
        }
    }

    private List<String> commandLine(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", keyStore.toString(), "-storetype", "PKCS12", "-storepass", password));
        return command;
    }

    private static boolean ends(Process process) throws IOException {
        try {
            return process.waitFor(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", e);
        } finally {
            process.destroy();
        }
    }
}
