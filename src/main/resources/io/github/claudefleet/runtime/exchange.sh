#!/bin/sh
# Exchanges the workload's identity token for an access token, through the CLI, and provides the access token for agents
# and the gateway. Does nothing while the present one is good for a while. One process at a time, because an identity
# token works once. Prints verdict=WORD, which is "ok" if there is a good access token, and detail=TEXT.
# Usage: exchange.sh
set -u
umask 077
here=${0%/*}
directory=${CLAUDE_FLEET_IDENTITY:-/claude-fleet/identity}
published=${CLAUDE_FLEET_ACCESS_TOKEN:-/claude-fleet/secrets/access-token.json}
answer=$directory/exchanged.json
debug=$directory/debug
lock=$directory/lock

finish() {
    rm -f "$debug" "$answer" "$lock"
    printf 'verdict=%s\ndetail=%s\n' "$1" "$2"
    [ "$1" = ok ]
    exit
}

# The link names its holder, which may have been killed.
take_lock() {
    tries=600
    until ln -s "$$" "$lock" 2>/dev/null; do
        holder=$(readlink "$lock")
        if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
            rm -f "$lock"
        fi
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || { printf 'verdict=busy\ndetail=another exchange takes too long\n' && exit 1; }
        sleep 0.1
    done
    trap 'rm -f "$lock"' EXIT
    trap 'exit 1' TERM INT HUP
}

member() {
    { tr -d '\n' <"$1"; } 2>/dev/null | sed -n "s/.*\"$2\" *: *\"\{0,1\}\([^\",} ]*\).*/\1/p"
}

# Renewed when half of its life is over, four minutes before its end at most: the CLI of an agent reads the file again
# two minutes before the end, and takes no token for the last 30 seconds.
is_due() {
    expires=$(member "$published" expires_at)
    case $expires in '' | *[!0-9]*) return 0 ;; esac
    # Another rule gives another token.
    [ "$(cat "$here/federation/configs/exchange.json")" = "$(cat "$directory/exchanged-by" 2>/dev/null)" ] || return 0
    early=$(((expires - $(stat -c %Y "$published")) / 2))
    [ "$early" -lt 240 ] || early=240
    [ "$(date +%s)" -ge $((expires - early)) ]
}

# Any request makes the CLI exchange the token first. The command asks no model. It tries again and again after a
# refusal, so it ends with the first answer. Its log has no secrets, and is in memory.
ask() {
    rm -f "$answer" "$debug"
    ANTHROPIC_CONFIG_DIR=$here/federation ANTHROPIC_PROFILE=exchange CLAUDE_CODE_MAX_RETRIES=0 \
        claude -p /context --setting-sources user --strict-mcp-config --no-session-persistence \
        --debug-file "$debug" </dev/null >"$directory/said" 2>&1 &
    cli=$!
    tries=300
    until [ -s "$answer" ] || ! kill -0 "$cli" 2>/dev/null || has_failed; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || break
        sleep 0.1
    done
    kill "$cli" 2>/dev/null
    wait "$cli" 2>/dev/null
}

REASONS='(Token exchange failed|Failed to reach token endpoint|Refusing to send credential|Token endpoint response).*'

has_failed() {
    grep -qE "$REASONS" "$debug" 2>/dev/null
}

# Prints why there is no access token: verdict and detail, one line each.
explain() {
    reason=$(grep -hoE "$REASONS" "$debug" 2>/dev/null | head -n 1 | cut -c 1-400)
    case $reason in
        'Token exchange failed with status 408'* | 'Token exchange failed with status 429'*)
            printf 'throttled\n%s\n' "$reason"
            ;;
        'Token exchange failed with status 4'*)
            printf 'refused\n%s; %s\n' "$reason" "$(/bin/sh "$here/identity.sh" claims)"
            ;;
        'Token exchange failed'*) printf 'throttled\n%s\n' "$reason" ;;
        'Failed to reach'*) printf 'unreachable\n%s\n' "$reason" ;;
        ?*) printf 'unknown\n%s\n' "$reason" ;;
        *) printf 'unknown\nthe CLI made no exchange: %s\n' "$(tail -n 1 "$directory/said" | cut -c 1-300)" ;;
    esac
}

# Replaced as a whole, under the eyes of agents and the gateway.
publish() {
    cat "$answer" >"$published.new" && cp "$here/federation/configs/exchange.json" "$directory/exchanged-by.new" &&
        mv "$published.new" "$published" && mv -f "$directory/exchanged-by.new" "$directory/exchanged-by"
}

take_lock
is_due || finish ok "good until $expires"
command -v claude >/dev/null 2>&1 || finish cli ''
problem=$(/bin/sh "$here/identity.sh") || {
    verdict=$(printf '%s\n' "$problem" | sed -n 's/^verdict=//p')
    finish "${verdict:-unknown}" "$(printf '%s\n' "$problem" | sed -n 's/^detail=//p')"
}
ask
if [ ! -s "$answer" ]; then
    said=$(explain)
    finish "${said%%
*}" "${said#*
}"
fi
# Known before it is used: a killed exchange may have spent it.
cp "$directory/token" "$directory/used"
publish || finish unknown "cannot write $published"
finish ok "good until $(member "$published" expires_at)"
