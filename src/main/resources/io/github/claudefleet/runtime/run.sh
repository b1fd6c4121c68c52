#!/bin/sh
# Works on one task: passes its prompt to the CLI, and prints a line of JSON before and after, among the CLI's own
# events on standard output, so that the outcome of tasks can be read from a container's log alone.
# Usage: run.sh TASK [claude arguments]; ends as the CLI does. CLAUDE_FLEET_PROMPT is the file of another prompt, with
# which round CLAUDE_FLEET_ROUND of the task begins.
set -u
task=$1
shift
kit=${CLAUDE_FLEET_KIT:-/claude-fleet/kit}
prompt=${CLAUDE_FLEET_PROMPT:-$kit/prompts/$task.md}
# KiB; data that did not fit may have been larger than the remaining space.
LEAST_LEFT=256

# The previous line may have been truncated; readers of events ignore an empty line.
frame() {
    printf '\n{"type":"claude_fleet","subtype":"%s","task":"%s",%s,"time":"%s"}\n' \
        "$1" "$task" "$2" "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
}

commit() {
    git -c safe.directory='*' rev-parse --verify -q HEAD 2>/dev/null
}

# Number of processes of this container that the kernel has killed so far because of its memory limit.
kills() {
    cat /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control 2>/dev/null | sed -n 's/^oom_kill //p'
}

is_out_of_memory() {
    [ "$1" -ne 0 ] && [ "$(kills)" != "$kills_before" ] && echo true || echo false
}

# A lack of space makes a task fail in many ways, so the file systems that it writes to are checked.
tell_if_full() {
    for place in . /tmp "${HOME:-/tmp}"; do
        left=$(df -Pk "$place" 2>/dev/null | sed -n '2s/^.* \([0-9][0-9]*\)  *[0-9]*%.*$/\1/p')
        if [ -n "$left" ] && [ "$left" -lt "$LEAST_LEFT" ]; then
            [ "$place" != . ] || place="the workspace"
            frame full "\"place\":\"$place\""
            return
        fi
    done
}

pass_on() {
    cut=yes
    [ -z "$child" ] || kill -s "$1" "$child" 2>/dev/null
}

# A CLI that is interrupted can still report its progress; if it ignores that, it is terminated, and the engine kills
# what is left.
ask_to_end() {
    asked=yes
    pass_on INT
    [ -z "$child" ] || (sleep 3 && kill -s TERM "$child") 2>/dev/null &
}

# Each signal that is passed on ends the wait. A fast child may end before its existence can be checked, so the wait
# comes first.
await() {
    child=$!
    status=127
    cut=yes
    while [ -n "$cut" ]; do
        cut=
        before=$status
        wait "$child" 2>/dev/null
        status=$?
        # The signal arrived after the exit status was returned: there is no process left to wait for.
        [ "$status" -ne 127 ] || status=$before
    done
    child=
}

# Waits for two seconds at most, or longer on a slow machine.
are_gone() {
    tries=20
    while /bin/sh "$kit/signal.sh" "$task" 0 all 2>/dev/null; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.1
    done
}

# Processes that the CLI left running would use the container, and write into the next task's workspace.
clear_up() {
    /bin/sh "$kit/signal.sh" "$task" TERM all 2>/dev/null || return
    are_gone && return
    /bin/sh "$kit/signal.sh" "$task" KILL all 2>/dev/null
    # A killed process exists until the kernel has removed it.
    are_gone
}

# Before a check, the CLI's output goes through a pipe, so that its last result can be inspected: the check runs after a
# successful result, whatever the CLI's exit status. If /tmp cannot have a pipe, the CLI's exit status decides.
listen() {
    heard=$(mktemp -d) && mkfifo "$heard/out" "$heard/copy" || return
    # sed, because it accepts any bytes as lines, and every version has -n.
    { LC_ALL=C sed -n '/"type":"result"/p' | tail -n 1 >"$heard/result" && : >"$heard/over"; } <"$heard/copy" &
    tee "$heard/copy" <"$heard/out" &
    listener=$!
}

# The check's output goes the way of the frames, because the engine reads a container's two streams side by side: on a
# busy machine, the check's exit status would overtake it. If /tmp cannot have a pipe, it goes to standard error.
pass_output() {
    told=$(mktemp -d) && mkfifo "$told/out" || return
    {
        LC_ALL=C
        while IFS= read -r line || [ -n "$line" ]; do printf 'claude-fleet-check: %s\n' "$line"; done
        : >"$told/over"
    } <"$told/out" &
    teller=$!
}

# Waits for the reader of a pipe. A process that removed the task's name from its environment may still hold the pipe.
# Usage: await_reader DIRECTORY PID
await_reader() {
    [ -n "$2" ] || return 0
    tries=100
    while [ ! -e "$1/over" ] && [ "$tries" -gt 0 ]; do
        tries=$((tries - 1))
        [ "$tries" -ne 50 ] || kill "$2" 2>/dev/null
        sleep 0.1
    done
}

came_to_a_good_end() {
    if [ -n "$listener" ]; then
        grep -q '"is_error":false' "$heard/result"
    else
        [ "$ended" -eq 0 ]
    fi
}

if [ "${CLAUDE_FLEET_REPOSITORY:-}" = trusted ]; then
    set -- --setting-sources user,project,local "$@"
else
    # Settings, hooks and MCP servers of the repository in the workspace are not used.
    set -- --setting-sources user --strict-mcp-config "$@"
fi
# shellcheck source=instructions.sh
. "$kit/instructions.sh"
child=
cut=
asked=
trap ask_to_end TERM HUP
trap 'pass_on INT' INT
kills_before=$(kills)
check=$kit/checks/${task%%/*}.sh
listener=
heard=
teller=
told=
if [ ! -r "$prompt" ]; then
    frame begin "\"prompt\":\"\",\"commit\":\"\""
    printf 'claude-fleet: the prompt %s is not there\n' "$prompt" >&2
    frame end '"exit":66,"oom":false'
    exit 66
fi
# The CLI's own telemetry has this span as parent; the plugin exports the span with these ids.
traced=
if [ -r "$kit/trace" ]; then
    trace=$(cat "$kit/trace")
    span=$(head -c 16 /dev/urandom | sha256sum | cut -c 1-16)
    export TRACEPARENT="00-$trace-$span-01"
    traced=",\"trace\":\"$trace\",\"span\":\"$span\""
fi
# By these, the stand-in of a rehearsal finds the agent's script.
if [ -n "${CLAUDE_FLEET_REHEARSAL:-}" ]; then
    export ANTHROPIC_CUSTOM_HEADERS="X-Claude-Fleet-Agent: $CLAUDE_FLEET_REHEARSAL
X-Claude-Fleet-Task: $task
X-Claude-Fleet-Round: ${CLAUDE_FLEET_ROUND:-1}"
fi
frame begin "\"prompt\":\"$(sha256sum <"$prompt" | cut -c 1-64)\",\"commit\":\"$(commit)\",\"round\":${CLAUDE_FLEET_ROUND:-1}$traced"
# The session's state shows when no work is left. The plugin limits background work and reports what was cut; the CLI's
# own limit would end it silently.
export CLAUDE_CODE_EMIT_SESSION_STATE_EVENTS=1
export CLAUDE_CODE_PRINT_BG_WAIT_CEILING_MS="${CLAUDE_CODE_PRINT_BG_WAIT_CEILING_MS:-0}"
[ ! -f "$check" ] || listen
if [ -n "$listener" ]; then
    CLAUDE_FLEET_TASK=$task claude -p --output-format stream-json --verbose "$@" <"$prompt" >"$heard/out" &
else
    CLAUDE_FLEET_TASK=$task claude -p --output-format stream-json --verbose "$@" <"$prompt" &
fi
await
ended=$status
# An interrupted CLI ends with 0 and without a result, as if it had nothing to do.
[ -z "$asked" ] || [ "$ended" -ne 0 ] || ended=143
clear_up
await_reader "$heard" "$listener"
[ "$ended" -eq 0 ] || tell_if_full
follows=false
[ ! -f "$check" ] || [ -n "$asked" ] || ! came_to_a_good_end || follows=true
[ -z "$heard" ] || rm -rf "$heard"
frame end "\"exit\":$ended,\"oom\":$(is_out_of_memory "$ended"),\"check\":$follows"
if [ "$follows" = true ]; then
    pass_output
    if [ -n "$teller" ]; then
        CLAUDE_FLEET_TASK=$task /bin/sh "$check" >"$told/out" 2>&1 </dev/null &
    else
        CLAUDE_FLEET_TASK=$task /bin/sh "$check" >&2 </dev/null &
    fi
    await
    clear_up
    await_reader "$told" "$teller"
    [ -z "$told" ] || rm -rf "$told"
    [ "$status" -eq 0 ] || tell_if_full
    frame check "\"exit\":$status"
fi
exit "$ended"
