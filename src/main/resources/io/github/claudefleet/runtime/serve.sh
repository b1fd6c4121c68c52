#!/bin/sh
# Takes tasks, one after the other, and works on each. Uses no resources while there are none.
# Usage: serve.sh [claude arguments]
set -u
kit=${CLAUDE_FLEET_KIT:-/claude-fleet/kit}
tasks=${CLAUDE_FLEET_TASKS:-/tmp/claude-fleet/tasks}

mkdir -p "$tasks/sent" "$tasks/waiting" "$tasks/taken" "$tasks/ended"
# Tasks from before a restart are never started again, because their progress is unknown.
for old in "$tasks"/waiting/* "$tasks"/taken/*; do
    [ ! -f "$old" ] || mv "$old" "$tasks/ended/"
done
rm -f "$tasks/queue"
mkfifo "$tasks/queue" || exit 1

# One argument per line, below the task's name; they follow the arguments that all tasks have. PROMPT=FILE and ROUND=N
# are for run.sh.
work() {
    attempt=$1
    shift
    prompt=
    round=1
    while IFS= read -r argument; do
        case $argument in
            '') ;;
            PROMPT=/*) prompt=${argument#*=} ;;
            PROMPT=*) prompt=$kit/${argument#*=} ;;
            ROUND=*) round=${argument#*=} ;;
            *) set -- "$@" "$argument" ;;
        esac
    done <<END
$(tail -n +2 "$tasks/taken/$attempt")
END
    trap 'over=1; kill -s TERM "$run" 2>/dev/null' TERM INT HUP
    CLAUDE_FLEET_PROMPT=$prompt CLAUDE_FLEET_ROUND=$round \
        /bin/sh "$kit/run.sh" "$(head -n 1 "$tasks/taken/$attempt")" "$@" 3<&- &
    run=$!
    while kill -0 "$run" 2>/dev/null; do
        wait "$run" 2>/dev/null
    done
    trap 'exit 143' TERM INT HUP
    mv "$tasks/taken/$attempt" "$tasks/ended/$attempt"
}

# As the first process of its container it has no default action for signals.
trap 'exit 143' TERM INT HUP
over=
while [ -z "$over" ] && IFS= read -r attempt <&3; do
    # The sender may have withdrawn it.
    if mv "$tasks/waiting/$attempt" "$tasks/taken/$attempt" 2>/dev/null; then
        work "$attempt" "$@"
    fi
done 3<>"$tasks/queue"
exit 143
