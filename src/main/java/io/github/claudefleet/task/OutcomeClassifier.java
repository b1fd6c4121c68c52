package io.github.claudefleet.task;

import io.github.claudefleet.claude.CredentialRedactor;
import io.github.claudefleet.claude.Event;
import io.github.claudefleet.claude.LoginStatus;
import io.github.claudefleet.claude.SessionState;
import io.github.claudefleet.claude.TurnResult;
import io.github.claudefleet.spec.AgentExit;
import io.github.claudefleet.spec.CheckSpec;
import io.github.claudefleet.spec.OneLine;
import java.util.Optional;

/** Classifies an attempt: by the CLI's structured result first, by the end of its process next. */
final class OutcomeClassifier {

    private static final String ENGINE_RESTARTED = "the engine was restarted while it worked";
    private static final String NEEDED_MORE = "it needed more memory than the agent may have";

    private OutcomeClassifier() {}

    /** Classifies an attempt whose process has ended. */
    static TaskResult ofEnded(TaskAttempt run, Event.ProcessExited end) {
        TaskResult result = beforeInspection(run, end);
        return run.inspection().map(inspection -> inspection.applyTo(result)).orElse(result);
    }

    /** Checks whether the attempt has a good result that must be inspected before it counts. */
    static boolean needsInspection(TaskAttempt run, Optional<CheckSpec> check) {
        Outcome outcome =
                run.ended().map(end -> beforeInspection(run, end).outcome()).orElse(Outcome.UNKNOWN);
        boolean good = outcome == Outcome.DONE || outcome == Outcome.CHECK_FAILED || outcome == Outcome.NOT_CHECKED;
        return good
                && run.inspection().isEmpty()
                && check.filter(CheckSpec::isInspected).isPresent();
    }

    private static TaskResult beforeInspection(TaskAttempt run, Event.ProcessExited end) {
        return run.session()
                .standing()
                .map(answer -> settled(run, answer)
                        .or(() -> unfinished(run, end))
                        .or(() -> notChecked(run, "the CLI ended with status " + end.exitCode()))
                        .orElseGet(() -> done(run, end)))
                .orElseGet(() -> withoutAnswer(run, end));
    }

    /** Checks whether an attempt was ended from outside. An engine that is about to end has the same effect. */
    static boolean isEndedFromOutside(TaskAttempt run, Event.ProcessExited end) {
        return !end.outOfMemory() && end.exitCode() > ContainerEnd.BY_SIGNAL && !isSettled(run);
    }

    /** Checks whether an attempt was complete, regardless of the end of its process. */
    private static boolean isSettled(TaskAttempt run) {
        return run.session()
                .standing()
                .filter(answer -> settled(run, answer).isPresent()
                        || !run.session().isUnfinished()
                                && !run.session().isWaiting()
                                && notChecked(run, "").isEmpty())
                .isPresent();
    }

    /** Returns the result of an attempt that was ended from outside while the engine was away. */
    static TaskResult endedByEngine() {
        return TaskResult.of(Outcome.KILLED, ENGINE_RESTARTED);
    }

    /** Classifies an attempt without a reported end, by the end of its container. */
    static TaskResult ofVanished(Optional<TaskAttempt> run, ContainerEnd end) {
        if (run.isEmpty()) {
            return TaskResult.of(Outcome.START_FAILED, beforeBegin(end));
        }
        Optional<TurnResult> standing = run.get().session().standing();
        Optional<TaskResult> settled = standing.flatMap(answer -> settled(run.get(), answer));
        boolean isThrough = standing.isPresent() && !run.get().session().isWaiting();
        return settled.orElseGet(() -> isThrough
                ? notChecked(run.get(), ended(end)).orElse(TaskResult.of(Outcome.DONE, ""))
                : cutOff(run.get(), end));
    }

    private static TaskResult cutOff(TaskAttempt run, ContainerEnd end) {
        String meanwhile = meanwhile(run);
        return switch (end.kind()) {
            case OUT_OF_MEMORY -> TaskResult.of(Outcome.OUT_OF_MEMORY, ended(end) + meanwhile);
            case ENDED, GONE -> TaskResult.of(Outcome.KILLED, ended(end) + meanwhile);
            case ENGINE_RESTARTED -> endedByEngine();
            case SILENT -> TaskResult.of(Outcome.UNKNOWN, ended(end));
        };
    }

    private static String ended(ContainerEnd end) {
        return switch (end.kind()) {
            case OUT_OF_MEMORY -> "its container was killed for its memory limit";
            case ENDED -> end.reason().orElse("its container was stopped or killed" + status(end));
            case ENGINE_RESTARTED -> ENGINE_RESTARTED;
            case GONE -> "its container was removed";
            case SILENT -> "nothing more was heard of it";
        };
    }

    /** Describes the CLI's unfinished work, for a sentence that reports its end. */
    private static String meanwhile(TaskAttempt run) {
        SessionState session = run.session();
        if (session.standing().isEmpty()) {
            return session.last().isPresent() ? ", in a turn that followed its result" : "";
        }
        return " while " + session.unfinishedText() + " was under way in the background";
    }

    /** Returns the result that no later event can change, if there is one. */
    private static Optional<TaskResult> settled(TaskAttempt run, TurnResult answer) {
        if (answer.failure().isPresent()) {
            return Optional.of(ofFailure(run, answer, answer.failure().get()));
        }
        if (run.session().isUnasked()) {
            return Optional.of(TaskResult.of(Outcome.FAILED, unasked(answer)));
        }
        return run.check().orElse(0) == 0
                ? Optional.empty()
                : Optional.of(orDiskFull(
                        run,
                        TaskResult.of(
                                Outcome.CHECK_FAILED,
                                "the check ended with status " + run.check().getAsInt() + said(run))));
    }

    private static String unasked(TurnResult answer) {
        String words =
                answer.text().isBlank() ? "" : " (" + OneLine.of(CredentialRedactor.text(answer.text()), 100) + ")";
        return "the CLI asked nothing of the model: it took the prompt for a command of its own" + words
                + "; begin the prompt with a word that has no slash";
    }

    private static Optional<TaskResult> unfinished(TaskAttempt run, Event.ProcessExited end) {
        boolean signalled = end.exitCode() > ContainerEnd.BY_SIGNAL;
        if (!run.session().isUnfinished() && !(signalled && run.session().isWaiting())) {
            return Optional.empty();
        }
        if (end.outOfMemory()) {
            return Optional.of(TaskResult.of(Outcome.OUT_OF_MEMORY, NEEDED_MORE + meanwhile(run)));
        }
        return Optional.of(
                signalled
                        ? TaskResult.of(Outcome.KILLED, signal(end) + meanwhile(run))
                        : TaskResult.of(Outcome.UNFINISHED, "the CLI ended" + meanwhile(run)));
    }

    /** @param why preceding event */
    private static Optional<TaskResult> notChecked(TaskAttempt run, String why) {
        return run.isChecked() && run.check().isEmpty()
                ? Optional.of(orDiskFull(
                        run,
                        TaskResult.of(Outcome.NOT_CHECKED, "its check did not come to an end: " + why + said(run))))
                : Optional.empty();
    }

    /** Returns the outcome done, regardless of the process after its result. The reason holds notes for a person. */
    private static TaskResult done(TaskAttempt run, Event.ProcessExited end) {
        String status = end.exitCode() == 0 ? "" : "the CLI ended with status " + end.exitCode() + " after its result";
        return TaskResult.of(
                Outcome.DONE,
                run.session()
                        .survivedText()
                        .map(what -> "the CLI stopped " + what + " in the background; the agent was told")
                        .orElse(status));
    }

    private static TaskResult ofFailure(TaskAttempt run, TurnResult answer, LoginStatus verdict) {
        String reason = OneLine.of(
                CredentialRedactor.text(verdict.detail().isEmpty() ? answer.subtype() : verdict.detail()), 300);
        return switch (answer.subtype()) {
            case "error_max_turns" -> TaskResult.of(Outcome.OUT_OF_TURNS, reason);
            case "error_max_budget_usd" -> TaskResult.of(Outcome.OVER_BUDGET, reason);
            default ->
                switch (verdict.kind()) {
                    case OUT_OF_QUOTA, OUT_OF_CREDIT ->
                        new TaskResult(Outcome.OUT_OF_QUOTA, reason, false, run.quotaResetsAt());
                    case ABSENT, MALFORMED, EXPIRED, REJECTED, FORBIDDEN, WRONG_OWNER, NO_PROVIDER_CREDENTIALS ->
                        TaskResult.of(Outcome.LOGIN_DEAD, reason);
                    case THROTTLED, UNREACHABLE, TIMED_OUT, LOCKED ->
                        new TaskResult(Outcome.FAILED, reason, true, Optional.empty());
                    default -> orDiskFull(run, TaskResult.of(Outcome.FAILED, reason));
                };
        };
    }

    private static TaskResult withoutAnswer(TaskAttempt run, Event.ProcessExited end) {
        String meanwhile = meanwhile(run);
        if (end.outOfMemory()) {
            return TaskResult.of(Outcome.OUT_OF_MEMORY, NEEDED_MORE + meanwhile);
        }
        if (run.opened().isEmpty() && end.exitCode() > 0 && end.exitCode() < ContainerEnd.BY_SIGNAL) {
            return orDiskFull(
                    run,
                    TaskResult.of(
                            Outcome.START_FAILED,
                            "the CLI ended with status " + end.exitCode() + " at once" + said(run)));
        }
        if (end.exitCode() > ContainerEnd.BY_SIGNAL) {
            return TaskResult.of(Outcome.KILLED, signal(end) + meanwhile + said(run));
        }
        String without = meanwhile.isEmpty() ? " and without a result" : meanwhile;
        return orDiskFull(
                run,
                TaskResult.of(Outcome.FAILED, "the CLI ended with status " + end.exitCode() + without + said(run)));
    }

    private static String signal(Event.ProcessExited end) {
        return "the CLI was ended by signal " + (end.exitCode() - ContainerEnd.BY_SIGNAL);
    }

    /** Replaces the result of an attempt that failed for lack of space. */
    private static TaskResult orDiskFull(TaskAttempt run, TaskResult failed) {
        return run.full()
                .or(() -> Optional.of(failed.reason()).filter(DiskFull::isSaidBy))
                .map(said -> TaskResult.of(Outcome.DISK_FULL, said))
                .orElse(failed);
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
                    default ->
                        end.reason()
                                .map(reason -> reason + ", before it began")
                                .orElse("its container ended before it began" + status(end));
                };
        };
    }

    private static String status(ContainerEnd end) {
        return end.exitCode().isPresent() ? " (exit status " + end.exitCode().getAsInt() + ")" : "";
    }

    private static String said(TaskAttempt run) {
        return run.complaint().isEmpty() ? "" : ": " + run.complaint();
    }
}
