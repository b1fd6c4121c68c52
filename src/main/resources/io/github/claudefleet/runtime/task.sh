#!/bin/sh
# Sends a task to the agent in this container, which starts it only once, however often it is sent.
# Usage: task.sh send TASK ATTEMPT [claude arguments, one line each]
#        task.sh list      a line for each task: STATE TASK ATTEMPT, with state waiting, taken or ended
# send ends with 0 once the agent has taken the task, 3 if it was sent before, 75 if no agent takes it within 10 s.
set -u
tasks=${CLAUDE_FLEET_TASKS:-/tmp/claude-fleet/tasks}

send() {
    task=$1
    attempt=$(printf '%s' "$1" | tr / %)@$2
    shift 2
    [ -p "$tasks/queue" ] || exit 75
    [ ! -e "$tasks/sent/$attempt" ] || exit 3
    draft=$tasks/draft.$$
    printf '%s\n' "$task" "$@" >"$draft"
    # A link can be created only once, even if several processes try.
    ln "$draft" "$tasks/sent/$attempt" 2>/dev/null || { rm -f "$draft"; exit 3; }
    mv "$draft" "$tasks/waiting/$attempt"
    printf '%s\n' "$attempt" 1<>"$tasks/queue"
    tries=100
    while [ -e "$tasks/waiting/$attempt" ]; do
        tries=$((tries - 1))
        if [ "$tries" -le 0 ] && mv "$tasks/waiting/$attempt" "$draft" 2>/dev/null; then
            rm -f "$draft" "$tasks/sent/$attempt"
            exit 75
        fi
        sleep 0.1
    done
}

list() {
    for state in waiting taken ended; do
        for file in "$tasks/$state"/*; do
            [ ! -f "$file" ] || printf '%s %s %s\n' "$state" "$(head -n 1 "$file")" "${file##*@}"
        done
    done
}

command=$1
shift
"$command" "$@"
