#!/bin/sh
# Runs in the auth container as long as the fleet is up: the only one that refreshes the login. It does so through the
# CLI, which refreshes by itself when less than about five minutes are left.
set -u
file="${CLAUDE_SECURESTORAGE_CONFIG_DIR:-$CLAUDE_CONFIG_DIR}/.credentials.json"
pause=20
stopping=

say() {
    printf 'claude-fleet: keeper %s\n' "$1" >&2
}

# Epoch seconds at which the access token expires; nothing where there is no login that could be refreshed.
expiry() {
    [ -r "$file" ] || return 0
    tr -d '\n' <"$file" | grep -q '"refreshToken" *: *"[^"]' || return 0
    tr -d '\n' <"$file" | sed -n 's/.*"claudeAiOauth" *: *{[^}]*"expiresAt" *: *\([0-9][0-9]*\)[0-9]\{3\}.*/\1/p'
}

refresh() {
    # Never cut short: a CLI that is killed while it refreshes loses the login.
    claude auth status >/dev/null 2>&1 </dev/null
    now=$(expiry)
    if [ "${now:-0}" -gt "$1" ]; then
        say "refreshed the login"
        pause=20
    else
        # A call may skip its refresh; asking again is harmless, asking all the time is not.
        pause=$((pause < 160 ? pause * 2 : 300))
        say "could not refresh the login, trying again in $pause s"
    fi
}

trap 'stopping=yes' TERM INT
say "up"
while [ -z "$stopping" ]; do
    expires=$(expiry)
    if [ -n "$expires" ] && [ "$expires" -gt 0 ] && [ $((expires - $(date +%s))) -lt 240 ]; then
        refresh "$expires"
    fi
    # A TERM that came while the CLI refreshed is heeded now and not after the pause.
    [ -z "$stopping" ] || break
    sleep "$pause" &
    wait $!
done
say "down"
