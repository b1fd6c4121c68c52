#!/bin/sh
# The auth container's process as long as the fleet is up. The keeper itself is keeper-loop.sh; this one starts it again
# whenever it dies, once a CLI that it left behind has finished: cut short or crossed, a refresh can lose the login.
set -u
here=${0%/*}
lock=${CLAUDE_SECURESTORAGE_CONFIG_DIR:-$CLAUDE_CONFIG_DIR}/.oauth_refresh.lock
loop=
stopping=

say() {
    printf 'claude-fleet: keeper %s\n' "$1" >&2
}

stop() {
    stopping=yes
    [ -z "$loop" ] || kill -TERM "$loop" 2>/dev/null
}

# A signal ends `wait` and not the loop. The shell's own word on how the loop ended isn't for the log.
await_loop() {
    while kill -0 "$loop" 2>/dev/null; do
        wait "$loop" 2>/dev/null
    done
}

# A CLI that only waits for a person to sign in has nothing to lose.
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
    /bin/sh "$here/keeper-loop.sh" &
    loop=$!
    # The signal may have come before there was anybody to pass it on to.
    [ -z "$stopping" ] || stop
    await_loop
    let_cli_finish
    [ -n "$stopping" ] || say "was killed and goes on"
    [ -n "$stopping" ] || sleep 1
done
say down
