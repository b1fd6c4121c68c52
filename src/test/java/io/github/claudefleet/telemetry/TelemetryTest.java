package io.github.claudefleet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.claudefleet.claude.SpanContext;
import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.FleetId;
import io.github.claudefleet.spec.FleetName;
import io.github.claudefleet.spec.Shop;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Usd;
import io.github.claudefleet.task.AttemptReport;
import io.github.claudefleet.task.FleetReport;
import io.github.claudefleet.task.Outcome;
import io.github.claudefleet.task.TaskReport;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Export of a run's trace to a receiver on this machine, in the protocol that OpenTelemetry's collectors accept. */
@Timeout(60)
class TelemetryTest {

    private static final Instant BEGIN = Instant.parse("2026-11-24T08:00:00Z");
    private static final FleetId FLEET = Shop.idOf("shop");
    private static final AgentName ONE = new AgentName("fixer-1");
    private static final TaskId DONE = TaskId.parse("fixer/parser");
    private static final TaskId FAILED = TaskId.parse("fixer/lexer");
    private static final TaskId NEVER = TaskId.parse("fixer/last");

    private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private HttpServer receiver;

    @TempDir
    private Path folder;

    private volatile int answer = 200;

    @BeforeEach
    void open() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve();
    }

    private void serve() {
        receiver.createContext("/otlp/v1/traces", exchange -> {
            requests.add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("x-key")));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void close() {
        receiver.stop(0);
    }

    @Test
    void aRunIsATraceWithASpanForEachTaskAndAttempt() {
        export(environment());

        assertThat(warnings).isEmpty();
        Map<String, Span> spans = spans();
        assertThat(spans.keySet())
                .containsExactlyInAnyOrder(
                        "fleet shop",
                        "task fixer/parser",
                        "invoke_agent fixer-1 of fixer/parser 1",
                        "invoke_agent fixer-1 of fixer/parser 2",
                        "task fixer/lexer",
                        "invoke_agent fixer-1 of fixer/lexer 1",
                        "task fixer/last");
        Span root = spans.get("fleet shop");
        assertThat(root.getParentSpanId().isEmpty()).isTrue();
        assertThat(spans.values())
                .allSatisfy(span -> assertThat(span.getTraceId()).isEqualTo(root.getTraceId()));
        assertThat(List.of("parser", "lexer", "last"))
                .allSatisfy(task -> assertThat(spans.get("task fixer/" + task).getParentSpanId())
                        .isEqualTo(root.getSpanId()));
        assertThat(spans.get("invoke_agent fixer-1 of fixer/parser 2").getParentSpanId())
                .isEqualTo(spans.get("task fixer/parser").getSpanId());
        assertThat(spans.values().stream().map(Span::getSpanId)).doesNotHaveDuplicates();
    }

    @Test
    void aSpanHasTheTimesOfTheEventsAndTheFiguresOfTheCli() {
        export(environment());

        Span second = spans().get("invoke_agent fixer-1 of fixer/parser 2");
        assertThat(second.getStartTimeUnixNano()).isEqualTo(nanos(BEGIN.plusSeconds(20)));
        assertThat(second.getEndTimeUnixNano()).isEqualTo(nanos(BEGIN.plusSeconds(50)));
        assertThat(attributes(second))
                .contains(
                        entry("claude_fleet.agent", "fixer-1"),
                        entry("claude_fleet.cost_usd", "0.25"),
                        entry("claude_fleet.turns", "7"),
                        entry("gen_ai.provider.name", "anthropic"),
                        entry("gen_ai.operation.name", "invoke_agent"),
                        entry("gen_ai.conversation.id", "5a7b"),
                        entry("gen_ai.response.model", "claude-opus-5-5"),
                        entry("gen_ai.usage.input_tokens", "80"),
                        entry("gen_ai.usage.output_tokens", "20"));
        Span task = spans().get("task fixer/parser");
        assertThat(task.getStartTimeUnixNano()).isEqualTo(nanos(BEGIN));
        assertThat(attributes(task))
                .contains(entry("claude_fleet.outcome", "done"), entry("claude_fleet.attempts", "2"));
        Span root = spans().get("fleet shop");
        assertThat(root.getEndTimeUnixNano()).isEqualTo(nanos(BEGIN.plusSeconds(90)));
        assertThat(attributes(root))
                .contains(
                        entry("claude_fleet.fleet", "shop"),
                        entry("claude_fleet.tasks", "3"),
                        entry("claude_fleet.tasks_done", "1"),
                        entry("claude_fleet.cost_usd", "0.75"));
    }

    @Test
    void whatIsNotDoneIsAnError() {
        export(environment());

        assertThat(errors())
                .containsOnly(
                        entry("fleet shop", "1 of 3 tasks done"),
                        entry("invoke_agent fixer-1 of fixer/parser 1", "begun again"),
                        entry("task fixer/lexer", "out of turns: 20 turns"),
                        entry("invoke_agent fixer-1 of fixer/lexer 1", "out of turns: 20 turns"),
                        entry("task fixer/last", "not started: the budget is used up"));
    }

    @Test
    void aRunThatIsAwaitedAgainHasTheSameIdsAndTimes() {
        export(environment());
        FleetReport later = report(BEGIN.plusSeconds(7_200));
        new Telemetry(environment(), warnings::add).runEnded(FLEET, later, attempts());

        assertThat(requests).hasSize(2);
        assertThat(requests.get(1)).isEqualTo(requests.get(0));
    }

    @Test
    void anotherRunIsAnotherTrace() {
        FleetTrace first = new FleetTrace(FLEET, report(BEGIN), attempts());
        FleetReport other = new FleetReport(
                new FleetName("shop"), BEGIN.plusSeconds(1), Optional.of(BEGIN), Optional.empty(), List.of());

        assertThat(new FleetTrace(FLEET, other, List.of()).id()).isNotEqualTo(first.id());
        assertThat(new FleetTrace(Shop.idOf("bank"), report(BEGIN), attempts()).id())
                .isNotEqualTo(first.id());
    }

    @Test
    void theIdsAreThoseThatTheCliHasGot() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        List<AttemptReport> attempts = List.of(
                traced(attempt(DONE, 1, 0, 10), trace, "b7ad6b7169203331"),
                traced(attempt(DONE, 2, 20, 50), trace, "00f067aa0ba902b7"),
                traced(attempt(FAILED, 1, 60, 90), "f".repeat(32), "1".repeat(16)));

        new Telemetry(environment(), warnings::add).runEnded(FLEET, report(BEGIN.plusSeconds(95)), attempts);

        Map<String, Span> spans = spans();
        assertThat(spans.values())
                .allSatisfy(span -> assertThat(hex(span.getTraceId())).isEqualTo(trace));
        assertThat(hex(spans.get("invoke_agent fixer-1 of fixer/parser 1").getSpanId()))
                .isEqualTo("b7ad6b7169203331");
        assertThat(hex(spans.get("invoke_agent fixer-1 of fixer/parser 2").getSpanId()))
                .isEqualTo("00f067aa0ba902b7");
        assertThat(hex(spans.get("invoke_agent fixer-1 of fixer/lexer 1").getSpanId()))
                .as("an agent can print any ids")
                .isNotEqualTo("1".repeat(16));
    }

    @Test
    void aNewTraceHasAnIdOnlyIfTheEnvironmentAsksForAnExport() {
        Telemetry telemetry = new Telemetry(environment(), warnings::add);

        assertThat(telemetry.newTrace()).get().asString().matches("[0-9a-f]{32}");
        assertThat(telemetry.newTrace()).isNotEqualTo(telemetry.newTrace());
        assertThat(new Telemetry(Map.of(), warnings::add).newTrace()).isEmpty();
    }

    @Test
    void headersAndTheServiceAreThoseOfTheEnvironment() {
        Map<String, String> environment = environment(
                Map.of("OTEL_EXPORTER_OTLP_HEADERS", "x-key=a%20b+c,broken", "OTEL_SERVICE_NAME", "nightly"));

        export(environment);

        assertThat(keys).containsExactly("a b+c");
        assertThat(requests.get(0).getResourceSpans(0).getResource().getAttributesList())
                .extracting(KeyValue::getKey, one -> one.getValue().getStringValue())
                .contains(tuple("service.name", "nightly"));
        assertThat(OtlpSettings.of(environment).orElseThrow()).asString().doesNotContain("a b+c");
    }

    @Test
    void nothingIsExportedUnlessTheEnvironmentAsksForIt() {
        export(Map.of());
        export(environment(Map.of("OTEL_SDK_DISABLED", "true")));
        export(environment(Map.of("OTEL_TRACES_EXPORTER", "none")));

        assertThat(requests).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void anotherExporterThanOtlpIsNone() {
        export(environment(Map.of("OTEL_SDK_DISABLED", " TRUE ")));
        export(environment(Map.of("OTEL_TRACES_EXPORTER", "console")));
        assertThat(requests).isEmpty();

        export(environment(Map.of("OTEL_TRACES_EXPORTER", "console , otlp", "OTEL_SDK_DISABLED", "false")));
        assertThat(requests).hasSize(1);
        assertThat(warnings).isEmpty();
    }

    @Test
    void variablesForTracesAloneComeFirst() {
        export(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", endpoint() + "/v1/traces",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
                "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf",
                "OTEL_EXPORTER_OTLP_HEADERS", "x-key=all",
                "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "x-key=traces",
                "OTEL_RESOURCE_ATTRIBUTES", "service.name=nightly,team=a%20b"));

        assertThat(warnings).isEmpty();
        assertThat(keys).containsExactly("traces");
        assertThat(requests.get(0).getResourceSpans(0).getResource().getAttributesList())
                .extracting(KeyValue::getKey, one -> one.getValue().getStringValue())
                .contains(tuple("service.name", "nightly"), tuple("team", "a b"));
    }

    @Test
    void aReceiverMayHaveACertificateOfACompanysOwn() throws Exception {
        Path certificate = serveTls();
        Map<String, String> environment =
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint().replace("http:", "https:"));

        // The first handshake of a JVM can take longer than an export may, on a busy machine.
        export(environment);
        requests.clear();
        warnings.clear();
        export(with(environment, "OTEL_EXPORTER_OTLP_CERTIFICATE", certificate.toString()));
        assertThat(warnings).isEmpty();
        assertThat(requests).hasSize(1);

        export(environment);
        export(with(environment, "OTEL_EXPORTER_OTLP_CERTIFICATE", "nowhere.pem"));
        export(with(environment, "OTEL_EXPORTER_OTLP_CERTIFICATE", emptyFile().toString()));
        assertThat(requests).hasSize(1);
        assertThat(warnings).hasSize(3);
        assertThat(warnings.get(0)).contains("/v1/traces: ").containsIgnoringCase("certification path");
        assertThat(warnings.get(1))
                .startsWith("OTEL_EXPORTER_OTLP_CERTIFICATE names nowhere.pem, which can't be read: no such file");
    }

    /** Serves TLS in place of plain text, and returns the file of its certificate. */
    private Path serveTls() throws Exception {
        Path store = folder.resolve("keys.p12");
        Path certificate = folder.resolve("ca.pem");
        String names = "-keystore " + store + " -storetype PKCS12 -storepass invented -alias own";
        keytool("-genkeypair -keyalg EC -dname CN=collector -ext san=ip:127.0.0.1 " + names);
        keytool("-exportcert -rfc -file " + certificate + " " + names);
        KeyStore keys = KeyStore.getInstance(store.toFile(), "invented".toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "invented".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        receiver.stop(0);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        receiver = server;
        serve();
        return certificate;
    }

    private static void keytool(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
    }

    private Path emptyFile() throws IOException {
        return Files.writeString(folder.resolve("empty.pem"), "");
    }

    @Test
    void aReceiverThatIsNotThereIsAWarningWithinSeconds() throws IOException {
        Instant begin = Instant.now();
        export(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + unusedPort()));
        assertThat(warnings).singleElement().asString().contains("/v1/traces: ");

        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            export(Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "http://127.0.0.1:" + silent.getLocalPort(),
                    "OTEL_EXPORTER_OTLP_TIMEOUT",
                    "700"));
        }
        assertThat(warnings.get(1)).endsWith("/v1/traces: no answer within 700 ms");
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(List.of("", "600000", "-1", "many"))
                .allSatisfy(millis -> assertThat(
                                OtlpSettings.of(environment(Map.of("OTEL_EXPORTER_OTLP_TIMEOUT", millis)))
                                        .orElseThrow()
                                        .limit())
                        .isEqualTo(Duration.ofSeconds(5)));
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aWarningHasNoCredential() {
        String port = String.valueOf(receiver.getAddress().getPort());
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = handler(logged);
        Logger.getLogger("").addHandler(handler);
        answer = 403;
        export(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://ann:invented@127.0.0.1:" + port + "/otlp"));
        export(environment(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20invented%0A")));
        export(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "ftp://ann:invented@127.0.0.1"));
        Logger.getLogger("").removeHandler(handler);

        assertThat(warnings).hasSize(3).allMatch(warning -> !warning.contains("invented"));
        assertThat(logged).as("what the SDK logs by itself").isEmpty();
    }

    private static Handler handler(List<String> logged) {
        return new Handler() {
            @Override
            public void publish(LogRecord logRecord) {
                logged.add(logRecord.getMessage());
            }

            @Override
            public void flush() {
                // It keeps all records.
            }

            @Override
            public void close() {
                // It holds nothing open.
            }
        };
    }

    @Test
    void aReceiverThatRefusesIsAWarning() {
        answer = 403;

        export(environment());

        assertThat(warnings).singleElement().asString().startsWith(endpoint() + "/v1/traces: ");
    }

    @Test
    void anAddressOrAProtocolThatCannotBeUsedIsAWarning() {
        export(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "no address"));
        export(environment(Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")));

        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).startsWith("no address/v1/traces: ");
        assertThat(warnings.get(1)).startsWith("OTEL_EXPORTER_OTLP_PROTOCOL is grpc, and the plugin speaks");
    }

    @Test
    void missingClassesAreAWarningThatNamesTheDependencies() throws Exception {
        URL[] own = {Telemetry.class.getProtectionDomain().getCodeSource().getLocation()};
        try (URLClassLoader loader = new WithoutOpenTelemetry(own)) {
            Consumer<String> told = warnings::add;
            Object telemetry = loader.loadClass(Telemetry.class.getName())
                    .getConstructor(Map.class, Consumer.class)
                    .newInstance(environment(), told);
            telemetry
                    .getClass()
                    .getMethod("runEnded", FleetId.class, FleetReport.class, List.class)
                    .invoke(telemetry, FLEET, report(BEGIN), attempts());
        }

        assertThat(requests).isEmpty();
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("the plugin lacks OpenTelemetry's classes. Add io.opentelemetry:")
                .contains("opentelemetry-exporter-otlp", "opentelemetry-exporter-sender-jdk");
    }

    /** Loader of the room's own classes, which finds none of OpenTelemetry's. */
    private static final class WithoutOpenTelemetry extends URLClassLoader {

        private WithoutOpenTelemetry(URL[] own) {
            super(own, TelemetryTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.opentelemetry.")) {
                throw new ClassNotFoundException(name);
            }
            if (name.startsWith("io.github.claudefleet.telemetry.")) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
            return super.loadClass(name, resolve);
        }
    }

    private static Map<String, String> with(Map<String, String> environment, String name, String value) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(name, value);
        return all;
    }

    private void export(Map<String, String> environment) {
        new Telemetry(environment, warnings::add).runEnded(FLEET, report(BEGIN.plusSeconds(95)), attempts());
    }

    private String endpoint() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/otlp";
    }

    private Map<String, String> environment() {
        return environment(Map.of());
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint() + "/");
        return all;
    }

    /** Returns the received spans; the name of an attempt's span is followed by its task and number. */
    private Map<String, Span> spans() {
        return requests.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .collect(Collectors.toMap(TelemetryTest::name, span -> span));
    }

    private Map<String, String> errors() {
        return spans().entrySet().stream()
                .filter(span -> span.getValue().getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, span -> span.getValue().getStatus().getMessage()));
    }

    private static String name(Span span) {
        Map<String, String> attributes = attributes(span);
        String attempt = attributes.get("claude_fleet.attempt");
        return attempt == null
                ? span.getName()
                : span.getName() + " of " + attributes.get("claude_fleet.task") + " " + attempt;
    }

    private static Map<String, String> attributes(Span span) {
        return span.getAttributesList().stream()
                .collect(Collectors.toMap(KeyValue::getKey, one -> text(one.getValue())));
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case INT_VALUE -> String.valueOf(value.getIntValue());
            case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
            default -> value.getStringValue();
        };
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L;
    }

    private static FleetReport report(Instant ended) {
        return new FleetReport(
                new FleetName("shop"),
                BEGIN,
                Optional.of(ended),
                Optional.empty(),
                List.of(
                        task(DONE, Outcome.DONE, "", 2, 0, 50),
                        task(FAILED, Outcome.OUT_OF_TURNS, "20 turns", 1, 60, 90),
                        never()));
    }

    private static List<AttemptReport> attempts() {
        return List.of(attempt(DONE, 1, 0, 10), attempt(DONE, 2, 20, 50), attempt(FAILED, 1, 60, 90));
    }

    private static AttemptReport attempt(TaskId task, int number, int began, int ended) {
        return new AttemptReport(
                task,
                number,
                ONE,
                BEGIN.plusSeconds(began),
                Optional.of(BEGIN.plusSeconds(ended)),
                session(),
                usage(1),
                Optional.empty());
    }

    private static AttemptReport traced(AttemptReport attempt, String trace, String span) {
        return new AttemptReport(
                attempt.task(),
                attempt.number(),
                attempt.agent(),
                attempt.began(),
                attempt.ended(),
                attempt.session(),
                attempt.usage(),
                Optional.of(new SpanContext(trace, span)));
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static TaskReport.Session session() {
        return new TaskReport.Session(Optional.of("5a7b"), Optional.of("claude-opus-5-5"), Optional.of("2.1.332"));
    }

    private static TaskReport.Usage usage(int times) {
        return new TaskReport.Usage(
                new Usd(new BigDecimal("0.25").multiply(BigDecimal.valueOf(times))),
                new TokenUsage(10L * times, 20L * times, 30L * times, 40L * times),
                7 * times,
                Duration.ofSeconds(5));
    }

    private static TaskReport task(TaskId id, Outcome outcome, String reason, int attempts, int began, int ended) {
        return new TaskReport(
                id,
                Optional.of(ONE),
                outcome,
                reason,
                attempts,
                new TaskReport.Times(Optional.of(BEGIN.plusSeconds(began)), Optional.of(BEGIN.plusSeconds(ended))),
                TaskReport.Answer.NONE,
                session(),
                usage(attempts),
                new TaskReport.Inputs("00ff", Optional.empty(), Optional.empty()),
                new TaskReport.Exit(OptionalInt.of(0), Optional.empty()),
                TaskReport.Activity.NONE);
    }

    private static TaskReport never() {
        return new TaskReport(
                NEVER,
                Optional.empty(),
                Outcome.NOT_STARTED,
                "the budget is used up",
                0,
                TaskReport.Times.NONE,
                TaskReport.Answer.NONE,
                TaskReport.Session.NONE,
                TaskReport.Usage.NONE,
                new TaskReport.Inputs("00ff", Optional.empty(), Optional.empty()),
                TaskReport.Exit.NONE,
                TaskReport.Activity.NONE);
    }
}
