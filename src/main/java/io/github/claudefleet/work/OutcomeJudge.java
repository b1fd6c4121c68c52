package io.github.claudefleet.work;

import io.github.claudefleet.auth.Verdict;
import io.github.claudefleet.spec.AgentExit;
import java.util.Optional;

/** Finds the word for how a run went: by the CLI's structured result first, by its process's end next. */
final class OutcomeJudge {

    /** A process that a signal ended has this plus the signal's number. */
    static final int BY_SIGNAL = 128;

    private static final String ENGINE_RESTARTED = "the engine was restarted while it worked";

    private OutcomeJudge() {}

    /** A run whose process has ended. */
    static Judgement ofEnded(Run run, Event.Ended end) {
        return run.answer().map(answer -> ofAnswer(run, answer)).orElseGet(() -> withoutAnswer(run, end));
    }

    /** Whether somebody from outside ended a run: the same from an engine that is about to end itself. */
    static boolean isEndedFromOutside(Run run, Event.Ended end) {
        return run.answer().isEmpty() && !end.outOfMemory() && end.exitCode() > BY_SIGNAL;
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
        Optional<Answer> answer = run.get().answer();
        if (answer.isPresent()) {
            return ofAnswer(run.get(), answer.get());
        }
        return switch (end.kind()) {
            case OUT_OF_MEMORY -> Judgement.of(Outcome.OUT_OF_MEMORY, "its container was killed for its memory limit");
            case ENDED -> Judgement.of(Outcome.KILLED, "its container was stopped or killed" + status(end));
            case ENGINE_RESTARTED -> endedByEngine();
            case GONE -> Judgement.of(Outcome.KILLED, "its container was removed");
            case SILENT -> Judgement.of(Outcome.UNKNOWN, "nothing more was heard of it");
        };
    }

    private static Judgement ofAnswer(Run run, Answer answer) {
        if (answer.failure().isPresent()) {
            return ofFailure(run, answer, answer.failure().get());
        }
        if (run.check().orElse(0) != 0) {
            return orDiskFull(
                    run,
                    Judgement.of(
                            Outcome.CHECK_FAILED,
                            "the check ended with status " + run.check().getAsInt() + said(run)));
        }
        return Judgement.of(Outcome.DONE, "");
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
        if (end.outOfMemory()) {
            return Judgement.of(Outcome.OUT_OF_MEMORY, "it needed more memory than the agent may have");
        }
        if (run.opened().isEmpty() && end.exitCode() > 0 && end.exitCode() < BY_SIGNAL) {
            return orDiskFull(
                    run,
                    Judgement.of(
                            Outcome.START_FAILED,
                            "the CLI ended with status " + end.exitCode() + " at once" + said(run)));
        }
        if (end.exitCode() > BY_SIGNAL) {
            return Judgement.of(
                    Outcome.KILLED, "the CLI was ended by signal " + (end.exitCode() - BY_SIGNAL) + said(run));
        }
        return orDiskFull(
                run,
                Judgement.of(
                        Outcome.FAILED,
                        "the CLI ended with status " + end.exitCode() + " and without a result" + said(run)));
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
