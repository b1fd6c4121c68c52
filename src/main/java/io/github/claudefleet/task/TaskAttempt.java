package io.github.claudefleet.task;

import io.github.claudefleet.claude.CredentialRedactor;
import io.github.claudefleet.claude.Event;
import io.github.claudefleet.claude.SessionState;
import io.github.claudefleet.claude.SpanContext;
import io.github.claudefleet.claude.TokenUsage;
import io.github.claudefleet.claude.ToolUse;
import io.github.claudefleet.claude.TurnResult;
import io.github.claudefleet.spec.AgentName;
import io.github.claudefleet.spec.OneLine;
import io.github.claudefleet.spec.TaskId;
import io.github.claudefleet.spec.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Attempt at a task, with its events so far. Not thread-safe. */
public final class TaskAttempt {

    private static final int MOST_STEPS = 500;
    private static final int MOST_CHECK_LINES = 200;
    private static final int LONGEST_CHECK_LINE = 1_000;

    private final AgentName agent;
    private final Event.AttemptStarted begun;
    private final boolean checked;
    private final SessionState session = new SessionState();
    private final Deque<ToolUse> steps = new ArrayDeque<>();
    private final Set<String> failed = new HashSet<>();
    private final Deque<String> stepIds = new ArrayDeque<>();
    private int stepsInAll;
    private int garbage;
    private Optional<Event.SessionInit> opened = Optional.empty();
    private Optional<Event.ProcessExited> ended = Optional.empty();
    private OptionalInt check = OptionalInt.empty();
    private Optional<Instant> checkedAt = Optional.empty();
    private final Deque<String> checkOutput = new ArrayDeque<>();
    private boolean inspecting;
    private Optional<Inspection> inspection = Optional.empty();
    private Optional<Instant> quotaResetsAt = Optional.empty();
    private String complaint = "";
    private String full = "";
    private String message = "";
    private TokenUsage tokensOfMessage = TokenUsage.NONE;
    private TokenUsage tokensBefore = TokenUsage.NONE;

    /** @param checked true if a check is to follow */
    TaskAttempt(AgentName agent, Event.AttemptStarted begun, boolean checked) {
        this.agent = agent;
        this.begun = begun;
        this.checked = checked;
    }

    /** Processes the next event of the attempt. Returns true if it shows that the session continues. */
    boolean take(Event event) {
        if (event instanceof Event.SessionInit init) {
            opened = Optional.of(init);
        } else if (event instanceof Event.AssistantMessage spoke) {
            count(spoke);
            spoke.uses().forEach((id, use) -> step(id, use, spoke.at().orElse(begun.at())));
        } else if (event instanceof Event.ToolResults tools) {
            tools.failed().stream().filter(stepIds::contains).forEach(failed::add);
        } else if (event instanceof Event.RateLimit quota) {
            quotaResetsAt = Optional.of(quota.resetsAt());
        } else if (event instanceof Event.Result) {
            tokensBefore = TokenUsage.NONE;
            tokensOfMessage = TokenUsage.NONE;
        } else if (event instanceof Event.ProcessExited end) {
            ended = Optional.of(end);
        } else if (event instanceof Event.NoSpaceLeft none) {
            full = "there is no space left in " + none.place();
        } else if (event instanceof Event.CheckFinished checked) {
            check = OptionalInt.of(checked.exitCode());
            checkedAt = Optional.of(checked.at());
        } else if (event instanceof Event.Malformed) {
            garbage++;
        }
        return session.take(event);
    }

    /** Processes a line of the CLI's standard error. */
    void complain(String line) {
        if (ended.filter(Event.ProcessExited::checkFollows).isPresent()) {
            addCheckOutput(line);
        }
        if (!line.isBlank()) {
            complaint = redacted(line);
            if (full.isEmpty() && DiskFull.isSaidBy(line)) {
                full = complaint;
            }
        }
    }

    /** The reason of an outcome is printed, and so may have no credential. */
    private static String redacted(String line) {
        return OneLine.of(CredentialRedactor.text(line), 200);
    }

    private void count(Event.AssistantMessage spoke) {
        if (!spoke.message().equals(message)) {
            tokensBefore = tokensBefore.plus(tokensOfMessage);
            message = spoke.message();
        }
        tokensOfMessage = spoke.tokens();
    }

    private void step(String id, Event.RequestedTool use, Instant at) {
        stepsInAll++;
        steps.add(new ToolUse(at, use.tool(), use.target(), false));
        stepIds.add(id);
        if (steps.size() > MOST_STEPS) {
            steps.remove();
            failed.remove(stepIds.remove());
        }
    }

    public TaskId task() {
        return begun.task();
    }

    /** Returns the agent that works on the task. */
    public AgentName agent() {
        return agent;
    }

    public Instant beganAt() {
        return begun.at();
    }

    public String promptHash() {
        return begun.promptHash();
    }

    public Optional<String> commit() {
        return begun.commit();
    }

    Optional<SpanContext> span() {
        return begun.span();
    }

    public Optional<Event.SessionInit> opened() {
        return opened;
    }

    /** Returns the last result, even if a turn followed it. */
    public Optional<TurnResult> answer() {
        return session.last();
    }

    SessionState session() {
        return session;
    }

    /** Describes what the attempt waits for after its result; empty if it doesn't wait. */
    public Optional<String> waitsFor() {
        return session.isWaiting() && ended.isEmpty() ? Optional.of(session.unfinishedText()) : Optional.empty();
    }

    /** Returns true if a check is to follow. */
    boolean isChecked() {
        return checked;
    }

    public Optional<Event.ProcessExited> ended() {
        return ended;
    }

    /** Returns the exit status of the check, once it has run. */
    public OptionalInt check() {
        return check;
    }

    /** Returns the last lines that the check printed. */
    String checkOutput() {
        return String.join("\n", checkOutput);
    }

    /** Checks whether the process has ended and nothing follows in the agent's container. */
    boolean isOver() {
        return ended.filter(end -> !end.checkFollows() || check.isPresent()).isPresent();
    }

    /** Returns the time of its end: that of the check in the agent's container if there was one, or of the CLI. */
    Optional<Instant> overAt() {
        return checkedAt.or(() -> ended.map(Event.ProcessExited::at));
    }

    void beginInspection() {
        inspecting = true;
    }

    boolean isInspecting() {
        return inspecting;
    }

    /** Records the inspection of what the agent made, which may include the check. */
    void inspected(Inspection result) {
        inspecting = false;
        inspection = Optional.of(result);
        if (result.exitCode().isPresent()) {
            check = result.exitCode();
            checkOutput.clear();
            result.output().lines().forEach(this::addCheckOutput);
            complaint = result.output()
                    .lines()
                    .filter(line -> !line.isBlank())
                    .reduce((earlier, later) -> later)
                    .map(TaskAttempt::redacted)
                    .orElse("");
        }
    }

    Optional<Inspection> inspection() {
        return inspection;
    }

    private void addCheckOutput(String line) {
        checkOutput.add(line.substring(0, Math.min(line.length(), LONGEST_CHECK_LINE)));
        if (checkOutput.size() > MOST_CHECK_LINES) {
            checkOutput.remove();
        }
    }

    /** Returns the number of the round, 1 for the first. */
    public int round() {
        return begun.round();
    }

    Optional<Instant> quotaResetsAt() {
        return quotaResetsAt;
    }

    /** Returns the last line of standard error, or of an independent check, without secrets. */
    String complaint() {
        return complaint;
    }

    /** Returns the message about lack of space, if there was one. */
    Optional<String> full() {
        return full.isEmpty() ? Optional.empty() : Optional.of(full);
    }

    int garbage() {
        return garbage;
    }

    /** Returns the number of tool uses. */
    public int stepsInAll() {
        return stepsInAll;
    }

    /** Returns the tool uses; only the last ones if there were many. */
    List<ToolUse> steps() {
        List<ToolUse> list = new ArrayList<>();
        var ids = stepIds.iterator();
        for (ToolUse step : steps) {
            list.add(new ToolUse(step.at(), step.tool(), step.target(), failed.contains(ids.next())));
        }
        return list;
    }

    /** Returns the last tool use, if any. */
    public Optional<ToolUse> lastStep() {
        return Optional.ofNullable(steps.peekLast());
    }

    TaskReport.Usage usage() {
        return new TaskReport.Usage(cost(), tokens(), turns(), apiTime());
    }

    Usd cost() {
        return session.cost();
    }

    int turns() {
        return session.turns();
    }

    private Duration apiTime() {
        return session.apiTime();
    }

    /** Returns the tokens of its results, plus those of its messages since. */
    TokenUsage tokens() {
        return session.tokens().plus(tokensBefore).plus(tokensOfMessage);
    }
}
