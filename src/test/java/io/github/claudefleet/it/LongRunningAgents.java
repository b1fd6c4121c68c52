package io.github.claudefleet.it;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.standin.AccountCounts;
import io.github.claudefleet.standin.RecordedRequest;
import io.github.claudefleet.standin.StandInControl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Agents that work on one login until the test ends them. The test decides when the access tokens expire. Thus ten
 * expiries, which take a real fleet days, take minutes. To the CLI each token lives eight hours; it would renew tokens
 * that really live for seconds several times each.
 */
public final class LongRunningAgents {

    /** Prompt of the agents to which the script below applies. */
    private static final String PROMPT = "Work until it is enough";

    private static final String STEP = "{\"tool\":\"Bash\",\"input\":{\"command\":\"sleep 3\"}}";
    /** Work for half an hour, far more than any test waits. */
    private static final int STEPS = 600;

    private static final Duration LIMIT = Duration.ofMinutes(3);
    /**
     * Remaining lifetime that the keeper regards as near the end (less than four minutes), with time left for the
     * renewal.
     */
    private static final Duration NEAR_ITS_END = Duration.ofSeconds(200);

    private static final Pattern EXPIRES = Pattern.compile("\"expiresAt\":(\\d+)");
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"accessToken\":\"([^\"]+)\"");
    private static final String TOKEN_ENDPOINT = "/v1/oauth/token";

    private final ItProject project;
    private final StandInControl standIn;
    private final String account;
    private final Path file;
    private int expiries;
    private Instant lastExpiry = Instant.EPOCH;

    /**
     * @param account account whose login the agents share; used by no other test
     * @param folder login directory in the project
     */
    public LongRunningAgents(ItProject project, String account, String folder) {
        this.project = project;
        this.standIn = project.standIn();
        this.account = account;
        this.file = project.directory().resolve(folder).resolve(".credentials.json");
    }

    /** Makes the account's model work until {@link #enough()}, and writes a login of it into the project. */
    public LongRunningAgents prepare(Duration expiresIn) throws IOException {
        answer(Collections.nCopies(STEPS, STEP));
        project.logIn(account, expiresIn, file.getParent().getFileName().toString())
                .handOver();
        return this;
    }

    /** Changes the login file so that the access token is near its end. */
    public void comeNearTheEnd() throws IOException {
        expiries++;
        long end = Instant.now().plus(NEAR_ITS_END).toEpochMilli();
        Path aged = Files.writeString(
                file.resolveSibling("aged"), EXPIRES.matcher(read(file)).replaceFirst("\"expiresAt\":" + end));
        Files.setPosixFilePermissions(aged, PosixFilePermissions.fromString("rw-------"));
        // Otherwise the token would look like one that was short-lived from the start.
        Files.setLastModifiedTime(aged, FileTime.from(Instant.now().minus(Duration.ofHours(7))));
        ItProject.giveToAgents(aged);
        Files.move(aged, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Waits until the login was renewed each time that it was near its end, then expires the former tokens. */
    public void expire() throws InterruptedException {
        await("renewed " + expiries + " times", () -> standIn.counts(account).refreshes() >= expiries && isFresh());
        lastExpiry = Instant.now();
        standIn.formerTokensExpire(account);
    }

    /** Waits until this number of the CLI's processes were answered with the newest token. */
    public void awaitWorkers(int number) throws InterruptedException {
        await(number + " go on", () -> workersSinceExpiry().size() >= number);
    }

    /** Ends the agents after their next tool use. */
    public void enough() {
        answer(List.of());
    }

    /** Returns the problems with the agents' results; empty if all of them finished their work. */
    public List<String> problemsOf(List<ContainerObservation> ended) throws IOException, InterruptedException {
        List<String> problems = new ArrayList<>();
        for (ContainerObservation agent : ended) {
            Map<String, Object> result = project.result(agent);
            if (!Boolean.FALSE.equals(result.get("is_error"))) {
                problems.add(agent.name() + " ended with: " + result.get("result"));
            }
        }
        return problems;
    }

    /**
     * Returns the problems with the renewals of the login; empty if there is one renewal for each expiry, each by a
     * permitted container, none was refused, and agents made no requests with tokens that had been renewed.
     *
     * @param renewers addresses of the containers that may renew the login
     */
    public List<String> problemsOfRenewal(Set<String> renewers) {
        List<String> problems = new ArrayList<>();
        AccountCounts counts = standIn.counts(account);
        if (counts.refreshesRefused() + counts.revoked() + counts.logins() > 0) {
            problems.add("not all renewals worked: " + counts);
        }
        List<RecordedRequest> renewals = requests()
                .filter(request -> request.path().equals(TOKEN_ENDPOINT))
                .toList();
        // One may be on its way while the test ends its token. Agents that must find out by themselves make one each.
        if (counts.messagesByStatus().getOrDefault(401, 0L) >= expiries) {
            problems.add("agents' requests were refused after " + expiries + " expiries: " + counts);
        }
        if (renewals.size() != expiries) {
            problems.add(expiries + " expiries, but " + renewals.size() + " renewals: " + renewals);
        }
        renewals.stream()
                .filter(request -> !renewers.contains(request.client()))
                .forEach(request -> problems.add("renewed by somebody else: " + request));
        return problems;
    }

    /** Returns true if the login is renewed, and the keeper has made the copy that agents and gateway read. */
    private boolean isFresh() {
        String login = read(file);
        Matcher end = EXPIRES.matcher(login);
        return end.find()
                && Long.parseLong(end.group(1))
                        > Instant.now().plus(NEAR_ITS_END).toEpochMilli()
                && tokenIn(login)
                        .equals(tokenIn(read(file.resolveSibling("for-agents").resolve(file.getFileName()))));
    }

    private static String tokenIn(String login) {
        Matcher token = ACCESS_TOKEN.matcher(login);
        return token.find() ? token.group(1) : "";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> workersSinceExpiry() {
        String newest = "access " + account + "." + standIn.counts(account).currentAccessToken();
        Set<String> sessions = new HashSet<>();
        requests()
                .filter(request -> request.timeMillis() > lastExpiry.toEpochMilli() && request.status() == 200)
                .filter(request -> request.path().equals("/v1/messages"))
                .filter(request -> request.credential().equals(newest))
                .forEach(request -> sessions.add(request.session()));
        return sessions;
    }

    private Stream<RecordedRequest> requests() {
        return standIn.requests(account).stream();
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not " + what + " on " + account + ": " + standIn.counts(account));
            }
            Thread.sleep(300);
        }
    }

    private void answer(List<String> turns) {
        standIn.scripts(account, "[{\"match\":\"" + PROMPT + "\",\"turns\":[" + String.join(",", turns) + "]}]");
    }
}
