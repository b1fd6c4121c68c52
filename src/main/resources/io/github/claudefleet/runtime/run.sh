#!/bin/sh
# Works on one task: hands its prompt to the CLI, and prints a line of JSON before and after, among the CLI's own events
# on standard output, so that what becomes of tasks can be read off a container's log alone.
# Usage: run.sh TASK [claude arguments]; ends as the CLI does.
set -u
task=$1
shift
kit=${CLAUDE_FLEET_KIT:-/claude-fleet/kit}
prompt=${CLAUDE_FLEET_PROMPT:-$kit/prompts/$task.md}
# KiB: what did not fit may have been larger than what is left.
LEAST_LEFT=256

# The line before may have been cut off; an empty one more is nothing to who reads events.
frame() {
    printf '\n{"type":"claude_fleet","subtype":"%s","task":"%s",%s,"time":"%s"}\n' \
        "$1" "$task" "$2" "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
}

commit() {
    git -c safe.directory='*' rev-parse --verify -q HEAD 2>/dev/null
}

# How many processes of this container the kernel has killed for its memory limit, so far.
kills() {
    cat /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control 2>/dev/null | sed -n 's/^oom_kill //p'
}

is_out_of_memory() {
    [ "$1" -ne 0 ] && [ "$(kills)" != "$kills_before" ] && echo true || echo false
}

# Want of room makes a run fail in many ways, which the file systems that it writes have in common.
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

# Who is interrupted can still tell how far it came; who heeds that not is terminated, and what is left then is killed by the engine.
ask_to_end() {
    asked=yes
    pass_on INT
    [ -z "$child" ] || (sleep 3 && kill -s TERM "$child") 2>/dev/null &
}

# A wait is cut short by each signal that is passed on. A child that is quick may be gone before anybody could look for it, so that
# it is the wait that has to come first.
await() {
    child=$!
    status=127
    cut=yes
    while [ -n "$cut" ]; do
        cut=
        before=$status
        wait "$child" 2>/dev/null
        status=$?
        # The signal came when the end was told already: there is nobody any more to wait for.
        [ "$status" -ne 127 ] || status=$before
    done
    child=
}

# Waits two seconds at most, and longer only where the machine is slow.
are_gone() {
    tries=20
    while /bin/sh "$kit/signal.sh" "$task" 0 all 2>/dev/null; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.1
    done
}

# What the CLI left behind would keep the container busy, and write into the next task's workspace.
clear_up() {
    /bin/sh "$kit/signal.sh" "$task" TERM all 2>/dev/null || return
    are_gone && return
    /bin/sh "$kit/signal.sh" "$task" KILL all 2>/dev/null
    # Who is killed is there until the kernel gets round to it.
    are_gone
}

# What the CLI prints goes through a pipe where a check is to follow, so that its last result can be looked at: the check is run after
# a good one, however the CLI ends then. A /tmp that takes no pipe leaves it to the CLI's status.
listen() {
    heard=$(mktemp -d) && mkfifo "$heard/out" "$heard/copy" || return
    # sed, since it takes any bytes for lines, and all of them know its -n.
    { LC_ALL=C sed -n '/"type":"result"/p' | tail -n 1 >"$heard/result" && : >"$heard/over"; } <"$heard/copy" &
    tee "$heard/copy" <"$heard/out" &
    listener=$!
}

# Who took the task's name out of its environment may still hold the pipe.
stop_listening() {
    [ -n "$listener" ] || return 0
    tries=100
    while [ ! -e "$heard/over" ] && [ "$tries" -gt 0 ]; do
        tries=$((tries - 1))
        [ "$tries" -ne 50 ] || kill "$listener" 2>/dev/null
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
    # What the repository in the workspace brings along (settings, hooks, MCP servers) is not run.
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
if [ ! -r "$prompt" ]; then
    frame begin "\"prompt\":\"\",\"commit\":\"\""
    printf 'claude-fleet: the prompt %s is not there\n' "$prompt" >&2
    frame end '"exit":66,"oom":false'
    exit 66
fi
frame begin "\"prompt\":\"$(sha256sum <"$prompt" | cut -c 1-64)\",\"commit\":\"$(commit)\""
# The session's state tells when nothing is under way any more. What is in the background has its limit from who follows this, which
# names what was cut; the CLI's own would end it without a word.
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
# A CLI that is interrupted ends with 0 and without a result, as if it had nothing to do.
[ -z "$asked" ] || [ "$ended" -ne 0 ] || ended=143
clear_up
stop_listening
[ "$ended" -eq 0 ] || tell_if_full
follows=false
[ ! -f "$check" ] || [ -n "$asked" ] || ! came_to_a_good_end || follows=true
[ -z "$heard" ] || rm -rf "$heard"
frame end "\"exit\":$ended,\"oom\":$(is_out_of_memory "$ended"),\"check\":$follows"
if [ "$follows" = true ]; then
    CLAUDE_FLEET_TASK=$task /bin/sh "$check" >&2 </dev/null &
    await
    clear_up
    [ "$status" -eq 0 ] || tell_if_full
    frame check "\"exit\":$status"
fi
exit "$ended"
