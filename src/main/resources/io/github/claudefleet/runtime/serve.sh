#!/bin/sh
# Takes tasks, one after the other, and works on each. Uses no resources while there are none.
# Usage: serve.sh [claude arguments]
set -u
kit=${CLAUDE_FLEET_KIT:-/claude-fleet/kit}
orders=${CLAUDE_FLEET_ORDERS:-/tmp/claude-fleet/orders}

mkdir -p "$orders/given" "$orders/waiting" "$orders/taken" "$orders/ended"
# Tasks from before a restart are never started again, because their progress is unknown.
for old in "$orders"/waiting/* "$orders"/taken/*; do
    [ ! -f "$old" ] || mv "$old" "$orders/ended/"
done
rm -f "$orders/queue"
mkfifo "$orders/queue" || exit 1

# One argument per line, below the task's name; they follow the arguments that all tasks have.
work() {
    order=$1
    shift
    while IFS= read -r argument; do
        [ -z "$argument" ] || set -- "$@" "$argument"
    done <<END
$(tail -n +2 "$orders/taken/$order")
END
    trap 'over=1; kill -s TERM "$run" 2>/dev/null' TERM INT HUP
    /bin/sh "$kit/run.sh" "$(head -n 1 "$orders/taken/$order")" "$@" 3<&- &
    run=$!
    while kill -0 "$run" 2>/dev/null; do
        wait "$run" 2>/dev/null
    done
    trap - TERM INT HUP
    mv "$orders/taken/$order" "$orders/ended/$order"
}

over=
while [ -z "$over" ] && IFS= read -r order <&3; do
    # The sender may have withdrawn it.
    if mv "$orders/waiting/$order" "$orders/taken/$order" 2>/dev/null; then
        work "$order" "$@"
    fi
done 3<>"$orders/queue"
exit 143
