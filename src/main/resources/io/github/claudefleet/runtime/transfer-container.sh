#!/bin/sh
# Keeps a container in which transfer.sh moves an agent's workspace, and puts that script into it.
# Usage: transfer-container.sh stay|until-filled SCRIPT
set -u
work=${CLAUDE_FLEET_TRANSFER:-/tmp/claude-fleet-transfer}
mkdir -p "$work" "${CLAUDE_FLEET_WORKSPACE:-/workspace}" || exit 73
printf '%s\n' "$2" >"$work/transfer.sh.next" && mv "$work/transfer.sh.next" "$work/transfer.sh" || exit 73

# The first process of a container has no default action for signals.
trap 'exit 0' TERM INT
if [ "$1" = until-filled ]; then
    # Nobody waits longer for the start of an agent.
    tries=1800
    while [ ! -e "$work/filled" ]; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || exit 75
        sleep 1 &
        wait $!
    done
    exit 0
fi
while :; do
    sleep 3600 &
    wait $!
done
