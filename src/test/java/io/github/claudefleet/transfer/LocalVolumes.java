package io.github.claudefleet.transfer;

import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineException.Kind;
import io.github.claudefleet.engine.ExecRequest;
import io.github.claudefleet.engine.ExecResult;
import io.github.claudefleet.engine.ExecSession;
import io.github.claudefleet.engine.FakeEngine;
import io.github.claudefleet.engine.Mount;
import io.github.claudefleet.runtime.TransferProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Engine that does not see this machine's directories. Its containers run the real {@code transfer.sh} here, with a
 * directory in the place of each volume. A test can cut connections, before a command begins or after it has ended.
 */
final class LocalVolumes {

    static final String IMAGE = "acme/agent:1";

    private final Path directory;
    private final FakeEngine engine;
    private final List<String> calls = new ArrayList<>();
    private Predicate<String> lostBefore = call -> false;
    private Predicate<String> lostAfter = call -> false;

    LocalVolumes(Path directory, String image) {
        this.directory = directory;
        this.engine = new FakeEngine().image(image, Map.of()).program(this::run).conversation(this::talk);
    }

    FakeEngine engine() {
        return engine;
    }

    /** Directory with the content of a volume. */
    Path volume(String name) {
        try {
            return Files.createDirectories(directory.resolve("volumes").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loses the connection to a command with these words before it begins. */
    LocalVolumes losingBefore(Predicate<String> call) {
        lostBefore = call;
        return this;
    }

    /** Loses the answer of a command with these words. */
    LocalVolumes losingAfter(Predicate<String> call) {
        lostAfter = call;
        return this;
    }

    /** Operations with their arguments, without those that were lost before they began. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    private ExecResult run(ExecRequest request) {
        String call = begin(request);
        try {
            Process process = start(request);
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            ExecResult result = new ExecResult(process.waitFor(), output, Files.readString(errors(request)));
            lose(call, lostAfter);
            return result;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private ExecSession talk(ExecRequest request) {
        String call = begin(request);
        try {
            Process process = start(request);
            return new Session(process, call);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String begin(ExecRequest request) {
        List<String> command = request.command();
        String call = String.join(" ", command.subList(4, command.size())).replaceFirst("^once [0-9a-f-]{36} ", "");
        lose(call, lostBefore);
        calls.add(call);
        return call;
    }

    private static void lose(String call, Predicate<String> which) {
        if (which.test(call)) {
            throw new EngineException(Kind.UNREACHABLE, call, "the test cut the connection", "", null);
        }
    }

    private Process start(ExecRequest request) throws IOException {
        Mount.Volume volume = (Mount.Volume) engine.requestFor(engine.containers()
                        .find(request.containerId())
                        .orElseThrow()
                        .name())
                .mounts()
                .get(0);
        Files.writeString(errors(request).resolveSibling("transfer.sh"), TransferProgram.script());
        ProcessBuilder builder = new ProcessBuilder(request.command())
                .redirectError(errors(request).toFile());
        builder.environment()
                .put(
                        "CLAUDE_FLEET_TRANSFER",
                        directory.resolve("containers/" + request.containerId()).toString());
        builder.environment()
                .put("CLAUDE_FLEET_WORKSPACE", volume(volume.name()).toString());
        return builder.start();
    }

    private Path errors(ExecRequest request) throws IOException {
        return Files.createDirectories(directory.resolve("containers/" + request.containerId()))
                .resolve("errors");
    }

    /** Session with a process of this machine. */
    private final class Session implements ExecSession {

        private final Process process;
        private final String call;
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

        Session(Process process, String call) {
            this.process = process;
            this.call = call;
        }

        @Override
        public String output() {
            return exitCode().isEmpty() ? "" : read();
        }

        private String read() {
            try {
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return "stored";
            }
        }

        @Override
        public Optional<Integer> exitCode() {
            return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
        }

        @Override
        public void send(String line) {
            sent.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
            if (line.equals(".") || line.endsWith("\n.")) {
                try (OutputStream input = process.getOutputStream()) {
                    sent.writeTo(input);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                process.onExit().join();
                lose(call, lostAfter);
            }
        }

        @Override
        public boolean awaitChange(Duration limit) {
            return true;
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
