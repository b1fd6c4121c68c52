#!/bin/sh
# Sends a task to the agent in this container, which starts it only once, however often it is sent.
# Usage: order.sh give TASK ATTEMPT [claude arguments, one line each]
#        order.sh list     a line for each task: STATE TASK ATTEMPT, with state waiting, taken or ended
# give ends with 0 once the agent has taken the task, 3 if it was sent before, 75 if no agent takes it within 10 s.
set -u
orders=${CLAUDE_FLEET_ORDERS:-/tmp/claude-fleet/orders}

give() {
    task=$1
    order=$(printf '%s' "$1" | tr / %)@$2
    shift 2
    [ -p "$orders/queue" ] || exit 75
    [ ! -e "$orders/given/$order" ] || exit 3
    draft=$orders/draft.$$
    printf '%s\n' "$task" "$@" >"$draft"
    # A link can be created only once, even if several processes try.
    ln "$draft" "$orders/given/$order" 2>/dev/null || { rm -f "$draft"; exit 3; }
    mv "$draft" "$orders/waiting/$order"
    printf '%s\n' "$order" 1<>"$orders/queue"
    tries=100
    while [ -e "$orders/waiting/$order" ]; do
        tries=$((tries - 1))
        if [ "$tries" -le 0 ] && mv "$orders/waiting/$order" "$draft" 2>/dev/null; then
            rm -f "$draft" "$orders/given/$order"
            exit 75
        fi
        sleep 0.1
    done
}

list() {
    for state in waiting taken ended; do
        for file in "$orders/$state"/*; do
            [ ! -f "$file" ] || printf '%s %s %s\n' "$state" "$(head -n 1 "$file")" "${file##*@}"
        done
    done
}

command=$1
shift
"$command" "$@"
