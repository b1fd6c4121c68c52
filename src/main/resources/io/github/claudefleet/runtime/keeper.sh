#!/bin/sh
# Main process of the auth container. The keeper itself is keeper-loop.sh, or federation-loop.sh; this script restarts it whenever it dies,
# after a CLI that it left running has finished: if a refresh is killed or two overlap, the login can be lost.
set -u
here=${0%/*}
lock=${CLAUDE_SECURESTORAGE_CONFIG_DIR:-$CLAUDE_CONFIG_DIR}/.oauth_refresh.lock
script=keeper-loop.sh
[ "${CLAUDE_FLEET_LOGIN:-login}" != federation ] || script=federation-loop.sh
loop=
stopping=

say() {
    printf 'claude-fleet: keeper %s\n' "$1" >&2
}

stop() {
    stopping=yes
    [ -z "$loop" ] || kill -TERM "$loop" 2>/dev/null
}

# A signal ends `wait` but not the loop. The shell's own message about the end of the loop does not belong in the log.
await_loop() {
    while kill -0 "$loop" 2>/dev/null; do
        wait "$loop" 2>/dev/null
    done
}

# A CLI that only waits for a sign-in has nothing to lose.
cli_refreshes() {
    running=$(grep -lx claude /proc/[0-9]*/comm 2>/dev/null)
    for one in $running; do
        if [ -e "$lock" ] || grep -q -e status -e /context "${one%comm}cmdline" 2>/dev/null; then
            return 0
        fi
    done
    return 1
}

let_cli_finish() {
    tries=90
    while [ "$tries" -gt 0 ] && cli_refreshes; do
        tries=$((tries - 1))
        sleep 1
    done
}

trap stop TERM INT HUP QUIT
say up
while [ -z "$stopping" ]; do
    /bin/sh "$here/$script" &
    loop=$!
    # The signal may have arrived before the loop was started.
    [ -z "$stopping" ] || stop
    await_loop
    let_cli_finish
    [ -n "$stopping" ] || say "was killed and goes on"
    [ -n "$stopping" ] || sleep 1
done
say down
