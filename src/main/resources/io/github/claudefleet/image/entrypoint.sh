#!/bin/sh
# Entrypoint of the bundled image without the plugin, which has its own entrypoint.
# Usage: agent [claude arguments]   waits for a login, then works on PROMPT or the file PROMPT_FILE, or stays ready
#        keep                       keeps the login in CLAUDE_SECURESTORAGE_CONFIG_DIR fresh
#        anything else              is run as a command
set -u
export CLAUDE_FLEET_KIT=/opt/claude-fleet
# shellcheck disable=SC3028  # engines set it: the container's id
name=${HOSTNAME:-agent}

say() {
    printf 'claude-fleet: agent %s %s\n' "$name" "$1" >&2
}

how_to_log_in() {
    place=${CLAUDE_SECURESTORAGE_CONFIG_DIR:-$CLAUDE_CONFIG_DIR}
    if [ -d "$place" ] && [ ! -w "$place" ]; then
        echo "docker compose exec auth claude auth login (any container that can write what is $place here)"
    else
        echo "docker exec -it $name claude auth login"
    fi
}

# May refresh the login. A CLI that is killed during that loses the login, so there is no time limit.
is_logged_in() {
    place=${CLAUDE_SECURESTORAGE_CONFIG_DIR:-$CLAUDE_CONFIG_DIR}
    if [ -w "$place" ] && [ -s "$place/.credentials.json" ]; then
        /bin/sh "$CLAUDE_FLEET_KIT/renew.sh"
    fi
    claude auth status
}

await_login() {
    told=
    until is_logged_in >/dev/null 2>&1 </dev/null; do
        [ -n "$told" ] || say "has no login and waits for one; log in with: $(how_to_log_in)"
        told=yes
        sleep 5 &
        wait $!
    done
}

# Sets CLAUDE_FLEET_PROMPT to the prompt's file, if there is a prompt.
take_prompt() {
    if [ -n "${PROMPT_FILE:-}" ]; then
        CLAUDE_FLEET_PROMPT=$PROMPT_FILE
    elif [ -n "${PROMPT:-}" ]; then
        CLAUDE_FLEET_PROMPT=$(mktemp) && printf '%s' "$PROMPT" >"$CLAUDE_FLEET_PROMPT"
    else
        return 0
    fi
    if [ ! -r "$CLAUDE_FLEET_PROMPT" ]; then
        say "has a prompt that it cannot read or keep as user $(id -u): ${PROMPT_FILE:-no room in /tmp}"
        exit 66
    fi
    export CLAUDE_FLEET_PROMPT
}

agent() {
    take_prompt
    # Process 1 ignores every signal that it does not handle.
    trap 'exit 143' TERM INT
    await_login
    trap - TERM INT
    mode=${CLAUDE_FLEET_PROMPT:+work}
    [ $# -gt 0 ] || set -- --permission-mode bypassPermissions
    export CLAUDE_FLEET_LOGIN=checked
    exec /bin/sh "$CLAUDE_FLEET_KIT/agent.sh" "$name" "${mode:-wait}" "$@"
}

case ${1:-agent} in
    agent)
        [ $# -eq 0 ] || shift
        agent "$@"
        ;;
    keep) exec /bin/sh "$CLAUDE_FLEET_KIT/keeper.sh" ;;
    *) exec "$@" ;;
esac
