package io.github.claudefleet.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Headless Chromium with one page, controlled by its DevTools protocol. It can open only files and addresses of this
 * machine.
 */
public final class Chromium implements AutoCloseable {

    private static final int LIMIT_SECONDS = 120;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://(127\\.0\\.0\\.1:\\d+)/");

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final List<String> complaints = new ArrayList<>();
    private int calls;

    private Chromium(Process process, String address) throws Exception {
        this.process = process;
        HttpClient http = HttpClient.newHttpClient();
        JsonNode pages = JSON.readTree(http.send(
                        HttpRequest.newBuilder(URI.create("http://" + address + "/json/list"))
                                .build(),
                        BodyHandlers.ofString())
                .body());
        String page = pages.findValuesAsText("webSocketDebuggerUrl").get(0);
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(page), new Listener())
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        call("Page.enable");
        call("Runtime.enable");
        call("Log.enable");
    }

    /** @param profile empty directory for the browser's profile */
    public static Chromium start(Path profile) throws Exception {
        Process process = new ProcessBuilder(
                        "chromium",
                        "--headless=new",
                        // Containers have no user namespaces for its sandbox, and root may not use the sandbox.
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        try {
            return new Chromium(process, address(process));
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String address(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null && said.length() < 100_000; line = output.readLine()) {
            said.append(line).append('\n');
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                drain(output);
                return matcher.group(1);
            }
        }
        throw new AssertionError("Chromium did not start:\n" + said);
    }

    /** Discards the output until the process ends or closes the stream. */
    private static void drain(BufferedReader output) {
        Thread thread = new Thread(
                () -> {
                    try {
                        output.transferTo(Writer.nullWriter());
                    } catch (IOException e) {
                        return;
                    }
                },
                "chromium-output");
        thread.setDaemon(true);
        thread.start();
    }

    /** Opens a file at this window size, in pixels, and waits until it is loaded. */
    public void open(Path file, int width, int height) throws Exception {
        ObjectNode size = JSON.createObjectNode()
                .put("width", width)
                .put("height", height)
                .put("deviceScaleFactor", 1)
                .put("mobile", width < 600);
        call("Emulation.setDeviceMetricsOverride", size);
        call("Page.navigate", JSON.createObjectNode().put("url", file.toUri().toString()));
        await("Page.loadEventFired");
    }

    /** Evaluates an expression and returns its value as text. */
    public String evaluate(String expression) throws Exception {
        return call("Runtime.evaluate", JSON.createObjectNode().put("expression", expression))
                .at("/result/value")
                .asText();
    }

    /** Writes a screenshot of the visible part or of the whole page. */
    public void picture(Path file, boolean whole) throws Exception {
        JsonNode picture =
                call("Page.captureScreenshot", JSON.createObjectNode().put("captureBeyondViewport", whole));
        Files.write(file, Base64.getDecoder().decode(picture.path("data").asText()));
    }

    /** Errors of scripts, and resources that were blocked or could not be loaded. */
    public List<String> complaints() {
        return complaints;
    }

    private JsonNode call(String method) throws Exception {
        return call(method, JSON.createObjectNode());
    }

    private JsonNode call(String method, ObjectNode parameters) throws Exception {
        int id = ++calls;
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        socket.sendText(message.toString(), true).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        while (true) {
            JsonNode answer = next(method);
            if (answer.path("id").asInt() == id) {
                return answer.path("result");
            }
        }
    }

    private void await(String event) throws Exception {
        while (!next(event).path("method").asText().equals(event)) {
            // Other messages are handled by next.
        }
    }

    private JsonNode next(String wanted) throws InterruptedException {
        JsonNode message = messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("Chromium said nothing after " + wanted);
        }
        String method = message.path("method").asText();
        if (method.equals("Runtime.exceptionThrown") || method.equals("Log.entryAdded")) {
            complaints.add(message.path("params").toString());
        }
        return message;
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly()
                .onExit()
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    messages.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    messages.add(JSON.createObjectNode().put("error", e.getMessage()));
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
