package io.github.claudefleet.work;

import io.github.claudefleet.auth.Verdict;
import io.github.claudefleet.spec.AgentExit;
import java.util.Optional;

/** Finds the word for how a run went: by the CLI's structured result first, by its process's end next. */
final class OutcomeJudge {

    /** A process that a signal ended has this plus the signal's number. */
    static final int BY_SIGNAL = 128;

    private static final String ENGINE_RESTARTED = "the engine was restarted while it worked";
    private static final String NEEDED_MORE = "it needed more memory than the agent may have";

    private OutcomeJudge() {}

    /** A run whose process has ended. */
    static Judgement ofEnded(Run run, Event.Ended end) {
        return run.session()
                .standing()
                .map(answer -> settled(run, answer)
                        .or(() -> unfinished(run, end))
                        .or(() -> notChecked(run, "the CLI ended with status " + end.exitCode()))
                        .orElseGet(() -> done(run, end)))
                .orElseGet(() -> withoutAnswer(run, end));
    }

    /** Whether somebody from outside ended a run: the same from an engine that is about to end itself. */
    static boolean isEndedFromOutside(Run run, Event.Ended end) {
        return !end.outOfMemory() && end.exitCode() > BY_SIGNAL && !isSettled(run);
    }

    /** Whether a run has come to its end, whatever became of its process then. */
    private static boolean isSettled(Run run) {
        return run.session()
                .standing()
                .filter(answer -> settled(run, answer).isPresent()
                        || !run.session().isUnfinished()
                                && !run.session().isWaiting()
                                && notChecked(run, "").isEmpty())
                .isPresent();
    }

    /** Such a run, where the engine was away just then. */
    static Judgement endedByEngine() {
        return Judgement.of(Outcome.KILLED, ENGINE_RESTARTED);
    }

    /** A run of whose end there is no word, in a container of which this is known. */
    static Judgement ofVanished(Optional<Run> run, ContainerEnd end) {
        if (run.isEmpty()) {
            return Judgement.of(Outcome.START_FAILED, beforeBegin(end));
        }
        Optional<Answer> standing = run.get().session().standing();
        Optional<Judgement> settled = standing.flatMap(answer -> settled(run.get(), answer));
        boolean isThrough = standing.isPresent() && !run.get().session().isWaiting();
        return settled.orElseGet(() -> isThrough
                ? notChecked(run.get(), ended(end)).orElse(Judgement.of(Outcome.DONE, ""))
                : cutOff(run.get(), end));
    }

    private static Judgement cutOff(Run run, ContainerEnd end) {
        String meanwhile = meanwhile(run);
        return switch (end.kind()) {
            case OUT_OF_MEMORY -> Judgement.of(Outcome.OUT_OF_MEMORY, ended(end) + meanwhile);
            case ENDED, GONE -> Judgement.of(Outcome.KILLED, ended(end) + meanwhile);
            case ENGINE_RESTARTED -> endedByEngine();
            case SILENT -> Judgement.of(Outcome.UNKNOWN, ended(end));
        };
    }

    private static String ended(ContainerEnd end) {
        return switch (end.kind()) {
            case OUT_OF_MEMORY -> "its container was killed for its memory limit";
            case ENDED -> "its container was stopped or killed" + status(end);
            case ENGINE_RESTARTED -> ENGINE_RESTARTED;
            case GONE -> "its container was removed";
            case SILENT -> "nothing more was heard of it";
        };
    }

    /** What the CLI had not ended, for a sentence that says what happened to it. */
    private static String meanwhile(Run run) {
        SessionState session = run.session();
        if (session.standing().isEmpty()) {
            return session.last().isPresent() ? ", in a turn that followed its result" : "";
        }
        return " while " + session.unfinishedText() + " was under way in the background";
    }

    /** The judgement that nothing can change which came after the result. */
    private static Optional<Judgement> settled(Run run, Answer answer) {
        if (answer.failure().isPresent()) {
            return Optional.of(ofFailure(run, answer, answer.failure().get()));
        }
        if (run.session().isUnasked()) {
            return Optional.of(Judgement.of(Outcome.FAILED, unasked(answer)));
        }
        return run.check().orElse(0) == 0
                ? Optional.empty()
                : Optional.of(orDiskFull(
                        run,
                        Judgement.of(
                                Outcome.CHECK_FAILED,
                                "the check ended with status " + run.check().getAsInt() + said(run))));
    }

    private static String unasked(Answer answer) {
        String words = answer.text().isBlank() ? "" : " (" + OneLine.of(answer.text(), 100) + ")";
        return "the CLI asked nothing of the model: it took the prompt for a command of its own" + words
                + "; begin the prompt with a word that has no slash";
    }

    private static Optional<Judgement> unfinished(Run run, Event.Ended end) {
        boolean signalled = end.exitCode() > BY_SIGNAL;
        if (!run.session().isUnfinished() && !(signalled && run.session().isWaiting())) {
            return Optional.empty();
        }
        if (end.outOfMemory()) {
            return Optional.of(Judgement.of(Outcome.OUT_OF_MEMORY, NEEDED_MORE + meanwhile(run)));
        }
        return Optional.of(
                signalled
                        ? Judgement.of(Outcome.KILLED, signal(end) + meanwhile(run))
                        : Judgement.of(Outcome.UNFINISHED, "the CLI ended" + meanwhile(run)));
    }

    /** @param why what came before it */
    private static Optional<Judgement> notChecked(Run run, String why) {
        return run.isChecked() && run.check().isEmpty()
                ? Optional.of(orDiskFull(
                        run, Judgement.of(Outcome.NOT_CHECKED, "its check did not come to an end: " + why + said(run))))
                : Optional.empty();
    }

    /** A result stands, whatever the process does after it; what a person may want to know is told. */
    private static Judgement done(Run run, Event.Ended end) {
        String status = end.exitCode() == 0 ? "" : "the CLI ended with status " + end.exitCode() + " after its result";
        return Judgement.of(
                Outcome.DONE,
                run.session()
                        .survivedText()
                        .map(what -> "the CLI stopped " + what + " in the background; the agent was told")
                        .orElse(status));
    }

    private static Judgement ofFailure(Run run, Answer answer, Verdict verdict) {
        String reason = OneLine.of(verdict.detail().isEmpty() ? answer.subtype() : verdict.detail(), 300);
        return switch (answer.subtype()) {
            case "error_max_turns" -> Judgement.of(Outcome.OUT_OF_TURNS, reason);
            case "error_max_budget_usd" -> Judgement.of(Outcome.OVER_BUDGET, reason);
            default ->
                switch (verdict.kind()) {
                    case OUT_OF_QUOTA, OUT_OF_CREDIT ->
                        new Judgement(Outcome.OUT_OF_QUOTA, reason, false, run.quotaResetsAt());
                    case ABSENT, MALFORMED, EXPIRED, REJECTED, FORBIDDEN, WRONG_OWNER, NO_PROVIDER_CREDENTIALS ->
                        Judgement.of(Outcome.LOGIN_DEAD, reason);
                    case THROTTLED, UNREACHABLE, TIMED_OUT, LOCKED ->
                        new Judgement(Outcome.FAILED, reason, true, Optional.empty());
                    default -> orDiskFull(run, Judgement.of(Outcome.FAILED, reason));
                };
        };
    }

    private static Judgement withoutAnswer(Run run, Event.Ended end) {
        String meanwhile = meanwhile(run);
        if (end.outOfMemory()) {
            return Judgement.of(Outcome.OUT_OF_MEMORY, NEEDED_MORE + meanwhile);
        }
        if (run.opened().isEmpty() && end.exitCode() > 0 && end.exitCode() < BY_SIGNAL) {
            return orDiskFull(
                    run,
                    Judgement.of(
                            Outcome.START_FAILED,
                            "the CLI ended with status " + end.exitCode() + " at once" + said(run)));
        }
        if (end.exitCode() > BY_SIGNAL) {
            return Judgement.of(Outcome.KILLED, signal(end) + meanwhile + said(run));
        }
        String without = meanwhile.isEmpty() ? " and without a result" : meanwhile;
        return orDiskFull(
                run, Judgement.of(Outcome.FAILED, "the CLI ended with status " + end.exitCode() + without + said(run)));
    }

    private static String signal(Event.Ended end) {
        return "the CLI was ended by signal " + (end.exitCode() - BY_SIGNAL);
    }

    private static Judgement orDiskFull(Run run, Judgement failed) {
        return DiskFull.of(run, failed.reason()).orElse(failed);
    }

    private static String beforeBegin(ContainerEnd end) {
        return switch (end.exitCode().orElse(0)) {
            case AgentExit.WORKSPACE -> "the agent cannot write its workspace";
            case AgentExit.LOGIN -> "the agent does not see the login";
            case AgentExit.NO_CLI -> "the agent's image has no claude command";
            default ->
                switch (end.kind()) {
                    case GONE -> "its container is not there";
                    case ENGINE_RESTARTED -> "the engine was restarted before it began";
                    case OUT_OF_MEMORY -> "its container was killed for its memory limit before it began";
                    default -> "its container ended before it began" + status(end);
                };
        };
    }

    private static String status(ContainerEnd end) {
        return end.exitCode().isPresent() ? " (exit status " + end.exitCode().getAsInt() + ")" : "";
    }

    private static String said(Run run) {
        return run.complaint().isEmpty() ? "" : ": " + run.complaint();
    }
}
