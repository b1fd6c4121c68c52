#!/bin/sh
# A sign-in in the auth container that outlives the call that begins it: the same process that shows an address must get
# the code, which may arrive by another call. The code passes through a queue, never through a file.
# Usage: signin.sh open DIRECTORY OWNER SECONDS [arguments of claude auth login]
#            begins one, unless one with these arguments waits
#        signin.sh look DIRECTORY
#        signin.sh hand DIRECTORY         submits the code on standard input
#        signin.sh end DIRECTORY OWNER    ends the one that this owner began, and removes all its files
# Each but the last reports on the sign-in: the CLI's whole output, the state (none, waiting, ended), the CLI's exit
# status, and the seconds that are left.
set -u
umask 077
action=$1
place=$2
shift 2

# Files may be left of a process that ended with its container, and its id may belong to another process now.
runs() {
    [ -p "$place/code" ] || return 1
    # The id is written just after the queue is created, but not at the same moment.
    await 1 test -s "$place/pid"
    pid=$(cat "$place/pid" 2>/dev/null)
    [ -n "$pid" ] && { tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null | grep -q "signin.sh run $place "
}

waits() {
    [ ! -e "$place/status" ] && runs
}

# await SECONDS COMMAND…: waits until the command succeeds or the time is over. A subshell, because it is nested.
await() (
    tries=$(($1 * 5))
    shift
    while [ "$tries" -gt 0 ] && ! "$@"; do
        tries=$((tries - 1))
        sleep 0.2
    done
)

asks() {
    [ -e "$place/status" ] || grep -q 'Paste code' "$place/output" 2>/dev/null
}

is_over() {
    ! waits
}

is_gone() {
    ! runs
}

# The CLI's own output comes first: with the last line, a reader knows that the report is complete.
report() {
    state=none
    left=0
    if waits; then
        state=waiting
        left=$(($(cat "$place/ends") - $(date +%s)))
    elif [ -e "$place/status" ]; then
        state=ended
    fi
    cat "$place/output" 2>/dev/null
    printf '\nstate=%s\nstatus=%s\nleft=%s\n' "$state" "$(cat "$place/status" 2>/dev/null)" "$left"
}

clear_away() {
    if runs; then
        kill "$pid"
        await 10 is_gone
    fi
    rm -rf "$place"
}

end() {
    [ "$(cat "$place/owner" 2>/dev/null)" != "$1" ] || clear_away
}

open() {
    owner=$1
    seconds=$2
    shift 2
    if ! { waits && [ "$(cat "$place/arguments")" = "$*" ]; }; then
        clear_away
        sh "$0" run "$place" "$owner" "$seconds" "$@" >/dev/null 2>&1 </dev/null &
    fi
    # The CLI shows its address at once; on a busy machine it needs time to start.
    await 60 asks
    report
}

# Runs as its own process during the sign-in.
run() {
    owner=$1
    seconds=$2
    shift 2
    # The process that creates the queue owns the sign-in: if the queue exists, another process was faster.
    mkdir -p "$place" && mkfifo "$place/code" || exit 0
    trap 'exit 143' TERM
    echo "$owner" >"$place/owner"
    printf '%s' "$*" >"$place/arguments"
    echo $(($(date +%s) + seconds)) >"$place/ends"
    echo $$ >"$place/pid"
    # Open at both ends, it neither blocks a sender of a code nor ends.
    exec 3<>"$place/code"
    timeout -k 5 "$seconds" claude auth login "$@" <&3 3<&- >"$place/output" 2>&1 &
    login=$!
    trap 'kill "$login"' TERM
    wait "$login"
    status=$?
    # A signal ends a wait early.
    while kill -0 "$login" 2>/dev/null; do
        wait "$login"
        status=$?
    done
    /bin/sh "${0%/*}/expose.sh"
    echo "$status" >"$place/status"
}

hand() {
    IFS= read -r code || [ -n "$code" ] || exit 1
    if waits; then
        printf '%s\n' "$code" 1<>"$place/code"
        await 60 is_over
    fi
    report
}

case $action in
    open) open "$@" ;;
    look) report ;;
    hand) hand ;;
    end) end "$@" ;;
    run) run "$@" ;;
esac
