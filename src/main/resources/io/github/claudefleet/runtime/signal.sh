#!/bin/sh
# Signals the processes of a task, which have its name in their environment wherever they run.
# Usage: signal.sh TASK SIGNAL [all]; without "all" only those that no process of the task has started: the CLI itself.
# Ends with 1 if there are none.
set -u
of_task() {
    tr '\0' '\n' <"/proc/$1/environ" 2>/dev/null | grep -qxF "CLAUDE_FLEET_TASK=$task"
}

parent() {
    sed -n 's/^PPid:[[:space:]]*//p' "/proc/$1/status" 2>/dev/null
}

# A process that has ended but is not reaped has no environment any more.
task=$1
found=1
for folder in /proc/[0-9]*; do
    process=${folder#/proc/}
    if of_task "$process" && { [ "${3:-}" = all ] || ! of_task "$(parent "$process")"; }; then
        kill -s "$2" "$process" 2>/dev/null && found=0
    fi
done
exit "$found"
