package io.github.claudefleet.mojo;

import io.github.claudefleet.auth.Terminal;
import io.github.claudefleet.init.CredentialVariable;
import io.github.claudefleet.init.InitPlan;
import io.github.claudefleet.init.InitRequest;
import io.github.claudefleet.init.Purpose;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.LoginMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;

/** The conversation of the goal {@code init} with a person. */
final class InitQuestions {

    /** Parameters of the goal; null for those that are not given. */
    record Given(String purpose, String agent, String prompt, String promptFile, String auth, Boolean bind) {}

    /** Time to think about one answer. */
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private static final Set<String> YES = Set.of("y", "yes");

    private final Terminal terminal;
    private final Log log;
    private boolean asking;

    InitQuestions(Terminal terminal, Log log) {
        this.terminal = terminal;
        this.log = log;
    }

    /**
     * Asks for parameters that are not given.
     *
     * @param interactive false in batch mode, which takes the defaults
     * @throws MojoExecutionException if there is a question and nobody to answer
     */
    InitRequest complete(Given given, boolean interactive) throws InterruptedException, MojoExecutionException {
        asking = interactive;
        if (asking && !terminal.canAsk()) {
            throw new MojoExecutionException("There is no input to answer questions. Call init with -B, and with the"
                    + " properties -Dclaude-fleet.init.purpose=… and others for what should differ from the defaults.");
        }
        Purpose purpose = Purpose.of(answer(given.purpose(), question(), Purpose.REVIEW.value()));
        AgentName agent = new AgentName(answer(given.agent(), "Name of the agent", purpose.defaultAgent()));
        Optional<String> prompt = prompt(given, purpose);
        LoginMode login = LoginMode.of(answer(given.auth(), "Login (login, token or apiKey)", LoginMode.LOGIN.value()));
        boolean bound = given.bind() != null
                ? given.bind()
                : asking && isYes(ask("Bind it around the build's integration tests? yes or no", "no"));
        return new InitRequest(purpose, agent, prompt, given(given.promptFile()), login, bound);
    }

    private static String question() {
        String purposes = Arrays.stream(Purpose.values())
                .map(purpose -> "  " + purpose.value() + ": " + purpose.summary() + "\n")
                .collect(Collectors.joining());
        return "Purpose of the fleet\n" + purposes + "Purpose";
    }

    private Optional<String> prompt(Given given, Purpose purpose) throws InterruptedException, MojoExecutionException {
        boolean missing = purpose == Purpose.CUSTOM && given.prompt() == null && given.promptFile() == null;
        return given(missing && asking ? ask("Prompt, in one line; it can be edited afterwards", "") : given.prompt());
    }

    private static Optional<String> given(String text) {
        return Optional.ofNullable(text).filter(value -> !value.isBlank());
    }

    private String answer(String given, String question, String standard)
            throws InterruptedException, MojoExecutionException {
        if (given != null) {
            return given.strip();
        }
        return asking ? ask(question, standard) : standard;
    }

    private String ask(String question, String standard) throws InterruptedException, MojoExecutionException {
        String prompt = question + (standard.isEmpty() ? ": " : " [" + standard + "]: ");
        String answer = terminal.ask(prompt, LIMIT)
                .orElseThrow(() -> new MojoExecutionException("No answer came. Nothing was written."));
        return answer.isBlank() ? standard : answer.strip();
    }

    /**
     * Shows the changes, and asks if they should be made.
     *
     * @param dryRun true if they are only shown
     */
    boolean accepts(InitPlan plan, boolean dryRun) throws InterruptedException, MojoExecutionException {
        plan.diff().forEach(line -> log.info(line.stripTrailing()));
        plan.kept().forEach(file -> log.info("Kept as it is: " + file));
        if (dryRun) {
            log.info("Dry run: nothing was written");
            return false;
        }
        if (asking && !isYes(ask("Write these changes? yes or no", "no"))) {
            log.info("Nothing was written");
            return false;
        }
        return true;
    }

    private static boolean isYes(String answer) {
        return YES.contains(answer.toLowerCase(Locale.ROOT));
    }

    /** Reports the written files and the next commands. */
    void wrote(InitPlan plan, InitRequest request) {
        log.info("Wrote " + String.join(", ", plan.files()));
        log.info("Next:");
        if (request.login().takesCredential()) {
            log.info("  set " + CredentialVariable.of(request.login()) + " in Maven's environment");
        }
        List<String> commands = request.purpose().nextCommands();
        commands.forEach(command -> log.info("  " + command));
    }
}
