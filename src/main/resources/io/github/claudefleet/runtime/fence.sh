#!/bin/sh
# Proves that this container reaches others through its gateway alone: it tries ways around it, and asks for a host that
# no rule allows. If something gets through, prints that and ends with 1. Ends with 2 if the gateway does not answer, and
# with 3 if the cluster's policies are not enforced and all else is as it should be.
# Usage: fence.sh [once]     once: without patience for rules and a gateway that come late
set -u
files=${CLAUDE_FLEET_GATEWAY:-/claude-fleet/gateway}
relay=${CLAUDE_FLEET_RELAY:-$files/relay}
# A port that not even <allow>*</allow> allows.
REFUSED=fence.invalid:1
# Addresses that are reserved for documentation.
ADDRESSES='TCP4:192.0.2.1:443 TCP6:[2001:db8::1]:443'
faults=
unenforced=

connect() {
    LC_ALL=C "$relay/ld.so" --library-path "$relay/lib" "$relay/socat" -t 5 "$@" 2>&1
}

# usage: ask [OPTION]...     with socat's options
ask() {
    printf 'CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n' "$REFUSED" "$REFUSED" | connect "$@" - TCP4:127.0.0.1:3128
}

# Without a network, the kernel refuses at once. A time-out means that something was sent.
try_without_network() {
    for address in $ADDRESSES; do
        case $(connect -u OPEN:/dev/null "$address,connect-timeout=2") in
            *unreachable* | *'not supported'* | *'Cannot assign'*) ;;
            *) faults="$faults lets through a direct connection to ${address#*:};" ;;
        esac
    done
}

# Prints a place that the gateway reaches if this container reaches it too: what can't be told apart counts as reached.
try_place() {
    case $1 in *:*) place="TCP6:[$1]:$2" ;; *) place="TCP4:$1:$2" ;; esac
    case $(connect -u OPEN:/dev/null "$place,connect-timeout=2") in
        *refused* | *'timed out'* | *unreachable* | *'No route'* | *'not permitted'* | *denied* | *'not supported'*) ;;
        *) printf ' %s' "${place#*:}" ;;
    esac
}

# Prints all of those places, or that there is no list of them.
open_places() {
    [ -s "$files/closed" ] || printf ' %s' "what it can't know, as the gateway names no place"
    while read -r address number; do
        try_place "$address" "$number" &
    done <"$files/closed"
    wait
}

# Waits for the gateway, and then for two looks in a row that find all places closed: within a minute in all.
# usage: try_policies TRIES LOOKS
try_policies() {
    tries=$1
    until case $(ask -t 2) in *HTTP/1.1*) true ;; *) false ;; esac; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || { echo "has a gateway that does not answer;" && exit 2; }
        sleep 1
    done
    closed=0
    looks=0
    found=
    while [ "$closed" -lt 2 ] && [ "$looks" -lt "$2" ]; do
        looks=$((looks + 1))
        open=$(open_places 2>/dev/null)
        if [ -z "$open" ]; then
            closed=$((closed + 1))
        else
            closed=0
            found=$open
            sleep 1
        fi
    done
    [ "$closed" -eq 2 ] || unenforced="reaches$found without its gateway, so that the cluster does not enforce its network\
 policies: use a network plugin that does, or set egress.fence to optional;"
}

try_gateway() {
    case $(ask) in
        *'HTTP/1.1 403 '*) ;;
        *HTTP/1.1*) faults="$faults lets through a host that is not allowed, through the gateway;" ;;
        *) faults="$faults has a gateway that does not answer;" ;;
    esac
}

if [ -n "${CLAUDE_FLEET_GATEWAY_KEY:-}" ]; then
    case ${1:-}${CLAUDE_FLEET_FENCE:-} in
        once*) try_policies 2 2 ;;
        optional) try_policies 12 3 ;;
        *) try_policies 12 12 ;;
    esac
else
    try_without_network
fi
[ "${CLAUDE_FLEET_EGRESS:-}" = audit ] || try_gateway
[ -z "$unenforced$faults" ] || printf '%s\n' "$unenforced${faults# }"
[ -z "$faults" ] || exit 1
[ -z "$unenforced" ] || exit 3
