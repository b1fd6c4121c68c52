#!/bin/sh
# An agent's entrypoint. Checks the CLI, the workspace and the login, and reports that it is ready. Then works on the
# prompt, takes tasks, or waits for `docker exec`. Its own messages go to standard error, because standard output
# belongs to the CLI.
# Usage: agent.sh NAME work|serve|wait [claude arguments]
set -u
name=$1
mode=$2
shift 2
kit=${CLAUDE_FLEET_KIT:-/claude-fleet/kit}
health=${CLAUDE_FLEET_HEALTH:-/tmp/claude-fleet/health}
relay=${CLAUDE_FLEET_RELAY:-${CLAUDE_FLEET_GATEWAY:-/claude-fleet/gateway}/relay}

say() {
    printf 'claude-fleet: agent %s %s\n' "$name" "$1" >&2
}

give_up() {
    say "$2"
    exit "$1"
}

credential() {
    if [ "${CLAUDE_FLEET_LOGIN}" = apiKey ]; then
        echo "${CLAUDE_FLEET_SECRETS:-/claude-fleet/secrets}/api-key"
    elif [ "${CLAUDE_FLEET_LOGIN}" = federation ]; then
        echo "${CLAUDE_FLEET_SECRETS:-/claude-fleet/secrets}/access-token.json"
    else
        echo "${CLAUDE_SECURESTORAGE_CONFIG_DIR:-$CLAUDE_CONFIG_DIR}/.credentials.json"
    fi
}

# The CLI blanks an expired login in place, so the existence of the file proves nothing.
sees_login() {
    [ -r "$1" ] && [ -s "$1" ] && ! grep -q '"accessToken" *: *""' "$1"
}

await_login() {
    file=$(credential)
    tries=50
    while ! sees_login "$file"; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || give_up 78 "does not see the login at $file as user $(id -u): $(ls -ln "$file" 2>&1)"
        sleep 0.2
    done
}

# A stopped and started container keeps its files.
rm -f "$health"
# An agent without a workspace has a directory that its container's own files are not in.
if [ "${CLAUDE_FLEET_WORKSPACE:-}" = none ]; then
    mkdir -p /tmp/claude-fleet/workspace || give_up 77 "cannot make a directory to work in as user $(id -u)"
    cd /tmp/claude-fleet/workspace || give_up 77 "cannot enter its directory /tmp/claude-fleet/workspace"
fi
# Without it, the agent reaches nobody. Programs find it by their proxy variables.
if [ -n "${CLAUDE_FLEET_GATEWAY_SOCKET:-}${CLAUDE_FLEET_GATEWAY_KEY:-}" ]; then
    /bin/sh "$relay/relay.sh" || give_up 69 "cannot reach its gateway"
    # Rules of a cluster can come late, so that this takes time there.
    [ -z "${CLAUDE_FLEET_GATEWAY_KEY:-}" ] || say "waits for its gateway, and tries ways around it"
    faults=$(/bin/sh "$kit/fence.sh")
    case $?${CLAUDE_FLEET_FENCE:-} in
        0*) ;;
        3optional) say "is not fenced in, which egress.fence allows: it $faults" ;;
        2*) give_up 69 "cannot reach its gateway: it $faults" ;;
        *) give_up 71 "is not fenced in: it $faults it must not be given its prompt" ;;
    esac
fi
# In a rehearsal, what is not fenced in reaches the stand-in by a relay too.
if [ -n "${CLAUDE_FLEET_STAND_IN:-}" ]; then
    /bin/sh "$relay/relay.sh" "${ANTHROPIC_BASE_URL##*:}" "$CLAUDE_FLEET_STAND_IN" ||
        give_up 69 "cannot reach the stand-in of its rehearsal"
fi
command -v claude >/dev/null 2>&1 || give_up 127 "has no claude on its PATH ($PATH)"
[ "${CLAUDE_FLEET_WORKSPACE:-}" = readonly ] || [ -w . ] ||
    give_up 77 "cannot write its workspace $(pwd) as user $(id -u): $(ls -lnd . 2>&1)"
# The image's own entrypoint has already called the CLI, which supports other logins than files. The credentials of a
# provider may be stored anywhere.
case $CLAUDE_FLEET_LOGIN in
    checked | provider) ;;
    *) await_login ;;
esac
/bin/sh "$kit/settle.sh"
case $? in
    0) ;;
    3) give_up 78 "cannot have the files of claudeDirectory or skills" ;;
    *) give_up 78 "cannot write its directory $CLAUDE_CONFIG_DIR as user $(id -u)" ;;
esac
{ mkdir -p "${health%/*}" && echo ready >"$health"; } 2>/dev/null
say ready

case $mode in
    wait)
        # The first process of a container has no default action for signals.
        trap 'exit 143' TERM INT HUP
        tail -f /dev/null &
        wait $!
        ;;
    serve) exec /bin/sh "$kit/serve.sh" "$@" ;;
    *) exec /bin/sh "$kit/run.sh" "$name" "$@" ;;
esac
