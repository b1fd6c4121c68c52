package io.github.claudefleet.it;

import io.github.claudefleet.engine.ContainerObservation;
import io.github.claudefleet.standin.AccountCounts;
import io.github.claudefleet.standin.RecordedRequest;
import io.github.claudefleet.standin.StandInControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Agents that work on one login until they are told that it is enough, while its access tokens live for seconds. What
 * takes a real fleet a week, ten renewals of the login, takes minutes so.
 */
public final class LongWork {

    /** How long an access token lives. */
    public static final Duration TOKEN_LIFE = Duration.ofSeconds(15);

    /** What agents are to be asked for the script below to apply. */
    private static final String PROMPT = "Work until it is enough";

    private static final String STEP = "{\"tool\":\"Bash\",\"input\":{\"command\":\"[ -e enough ] || sleep 3\"}}";
    /** Ten minutes' worth: far more than any test waits. */
    private static final int STEPS = 200;

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String TOKEN_ENDPOINT = "/v1/oauth/token";

    private final ItProject project;
    private final StandInControl standIn;
    private final String account;

    /** @param account whose login the agents share; nobody else's */
    public LongWork(ItProject project, String account) {
        this.project = project;
        this.standIn = project.standIn();
        this.account = account;
    }

    /** Has the account's access tokens live shortly and its model work on, and puts a login of it into the project. */
    public void prepare() throws IOException {
        standIn.accessTokensLive(account, TOKEN_LIFE);
        List<String> turns = Collections.nCopies(STEPS, STEP);
        standIn.scripts(account, "[{\"match\":\"" + PROMPT + "\",\"turns\":[" + String.join(",", turns) + "]}]");
        project.logIn(account, TOKEN_LIFE).handOver();
    }

    /** Waits until the login has been renewed that often since it was made. */
    public void awaitRenewals(int renewals) throws InterruptedException {
        Instant end = Instant.now().plus(LIMIT);
        while (standIn.counts(account).refreshes() < renewals) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not renewed " + renewals + " times: " + standIn.counts(account));
            }
            Thread.sleep(200);
        }
    }

    /** Has the agents come to an end; they do so within seconds. */
    public void enough() throws IOException {
        Path mark = project.directory().resolve("enough");
        if (Files.notExists(mark)) {
            Files.createFile(mark);
        }
    }

    /** What is wrong with the way in which these agents ended; empty where all of them did their work. */
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
     * What is wrong with the way in which the login was renewed; empty where each of its access tokens was renewed once,
     * near its end, by one of those who may.
     *
     * @param renewers the addresses of the containers that may renew it
     */
    public List<String> problemsOfRenewal(Set<String> renewers) {
        List<String> problems = new ArrayList<>();
        AccountCounts counts = standIn.counts(account);
        if (counts.refreshesRefused() + counts.revoked() + counts.logins() > 0) {
            problems.add("not all renewals worked: " + counts);
        }
        List<RecordedRequest> renewals = standIn.requests(account).stream()
                .filter(request -> request.path().equals(TOKEN_ENDPOINT))
                .toList();
        renewals.stream()
                .filter(request -> !renewers.contains(request.client()))
                .forEach(request -> problems.add("renewed by somebody else: " + request));
        if (renewals.stream().map(RecordedRequest::credential).distinct().count() != renewals.size()) {
            problems.add("one token was renewed twice: " + renewals);
        }
        problems.addAll(hasty(renewals));
        return problems;
    }

    /** A token that is renewed long before its end makes a request too many. */
    private static List<String> hasty(List<RecordedRequest> renewals) {
        return IntStream.range(1, renewals.size())
                .filter(index -> renewals.get(index).timeMillis()
                                - renewals.get(index - 1).timeMillis()
                        < TOKEN_LIFE.toMillis() / 2)
                .mapToObj(index -> "renewed too early: " + renewals.get(index))
                .toList();
    }
}
