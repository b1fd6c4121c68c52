#!/bin/sh
# The keeper in mode federation: exchanges the workload's identity token again, long before its access token ends, and
# at once if there is another identity or rule. Times are in seconds.
set -u
umask 077
here=${0%/*}
directory=${CLAUDE_FLEET_IDENTITY:-/claude-fleet/identity}
mounted=${CLAUDE_FLEET_IDENTITY_SOURCE:-/claude-fleet/identity-source}
published=${CLAUDE_FLEET_ACCESS_TOKEN:-/claude-fleet/secrets/access-token.json}
state=${CLAUDE_FLEET_KIT:-/claude-fleet/kit}/state/keeper
# Its current activity, for the health check.
health=${CLAUDE_FLEET_HEALTH:-/tmp/claude-fleet/health}

expires=0 seen=never failures=0 retry=0 refreshed=0 restarts=0 reason='' told='' tried='' reported='' shown=''
pause=0 nap='' stopping=''

say_once() {
    [ "$told" = "$1" ] || printf 'claude-fleet: keeper %s\n' "$1" >&2
    told=$1
}

# Reads the access token's end if the file was written since the last look. Others exchange, too: each goal that proves
# the login.
look() {
    stamp=$(stat -c '%Y %i' "$published" 2>/dev/null)
    [ "$stamp" != "$seen" ] || return 0
    [ "$seen" = never ] || [ -z "$stamp" ] || refreshed=$now
    seen=$stamp
    expires=$({ tr -d '\n' <"$published"; } 2>/dev/null | sed -n 's/.*"expires_at" *: *\([0-9]\{1,12\}\).*/\1/p')
    expires=${expires:-0}
    failures=0 retry=0 reason=
}

# What an exchange depends on: after a change, it is tried at once.
inputs() {
    stat -L -c '%Y %i %s' "$directory/given" "$directory/request-token" "$here/federation/configs/exchange.json" \
        "$mounted/$(cat "$here/federation/file" 2>/dev/null)" 2>/dev/null
}

early() {
    written=${seen%% *}
    ahead=$(((expires - ${written:-$expires}) / 2))
    [ "$ahead" -lt 240 ] || ahead=240
}

renew() {
    tried=$(inputs)
    report refreshing
    result=$(/bin/sh "$here/exchange.sh" 2>&1)
    now=$(date +%s)
    look
    case $result in
        verdict=ok*)
            failures=0 retry=0 reason=
            say_once "has an access token until $(date -u -d "@$expires" +%H:%M:%SZ 2>/dev/null)"
            ;;
        *) failed ;;
    esac
}

# A refusal is not asked for again and again.
failed() {
    failures=$((failures + 1))
    delay=60
    [ "$failures" -gt 6 ] || delay=$((1 << (failures - 1)))
    retry=$((now + delay))
    reason=$(printf '%s' "$result" | sed -n 's/^verdict=//p; s/^detail=//p' | tr '\n' ' ' | tr -d '=' | cut -c 1-300)
    say_once "could not renew the access token: $reason"
}

tend() {
    early
    due=$((expires - ahead))
    [ "$due" -ge "$retry" ] || due=$retry
    if [ "$(inputs)" != "$tried" ] && [ -n "$tried" ]; then
        due=$now
    fi
    if [ "$now" -ge "$due" ]; then
        renew
        pause=1
    else
        [ $((due - now)) -ge "$pause" ] || pause=$((due - now))
        tried=${tried:-$(inputs)}
    fi
    doing=keeping
    [ "$failures" -eq 0 ] || doing=failing
    report "$doing"
}

# ---- the state, for readers outside

report() {
    if [ "$1" != "$shown" ]; then
        { mkdir -p "${health%/*}" && printf '%s\n' "$1" >"$health"; } 2>/dev/null
        shown=$1
    fi
    words="doing=$1 expires=$expires refreshed=$refreshed failures=$failures restarts=$restarts"
    if [ -n "$state" ] && [ "$words $reason" != "$reported" ]; then
        # Each word is a line.
        # shellcheck disable=SC2086
        { printf '%s\n' $words && printf 'reason=%s\n' "$reason"; } >"$state.new" && mv "$state.new" "$state" &&
            reported="$words $reason"
    fi
}

# A state file that exists was left by a keeper that was killed.
remember() {
    if [ ! -w "${state%/*}" ]; then
        state=
    elif [ -r "$state" ]; then
        restarts=$(($(sed -n 's/^restarts=\([0-9]\{1,9\}\)$/\1/p' "$state") + 1))
        refreshed=$(($(sed -n 's/^refreshed=\([0-9]\{1,12\}\)$/\1/p' "$state") + 0))
    fi
}

stop() {
    stopping=yes
    [ -z "$nap" ] || kill "$nap" 2>/dev/null
}

trap stop TERM INT HUP QUIT
remember
while [ -z "$stopping" ]; do
    now=$(date +%s)
    pause=10
    look
    tend
    # A TERM that arrived during an exchange takes effect now and not after the pause.
    [ -z "$stopping" ] || break
    sleep "$pause" &
    nap=$!
    # The signal may have arrived before the pause began.
    [ -z "$stopping" ] || stop
    # The shell would print a message about the killed pause.
    wait "$nap" 2>/dev/null
    nap=
done
[ -z "$state" ] || rm -f "$state"
rm -f "$health"
