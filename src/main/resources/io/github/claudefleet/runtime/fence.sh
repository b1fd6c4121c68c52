#!/bin/sh
# Proves that this container reaches others through its gateway alone: it tries ways around it, and asks for a host that
# no rule allows. If something gets through, or the gateway does not answer, prints that and ends with 1.
# Usage: fence.sh
set -u
relay=${CLAUDE_FLEET_GATEWAY:-/claude-fleet/gateway}/relay
# A port that not even <allow>*</allow> allows.
REFUSED=fence.invalid:1
# Addresses that are reserved for documentation.
ADDRESSES='TCP4:192.0.2.1:443 TCP6:[2001:db8::1]:443'
faults=

connect() {
    LC_ALL=C "$relay/ld.so" --library-path "$relay/lib" "$relay/socat" -t 5 "$@" 2>&1
}

# Without a network, the kernel refuses at once. A time-out means that something was sent.
for address in $ADDRESSES; do
    case $(connect -u OPEN:/dev/null "$address,connect-timeout=2") in
        *unreachable* | *'not supported'* | *'Cannot assign'*) ;;
        *) faults="$faults lets through a direct connection to ${address#*:};" ;;
    esac
done
if [ "${CLAUDE_FLEET_EGRESS:-}" != audit ]; then
    case $(printf 'CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n' "$REFUSED" "$REFUSED" | connect - TCP4:127.0.0.1:3128) in
        *'HTTP/1.1 403 '*) ;;
        *HTTP/1.1*) faults="$faults lets through a host that is not allowed, through the gateway;" ;;
        *) faults="$faults has a gateway that does not answer;" ;;
    esac
fi
[ -z "$faults" ] || { printf '%s\n' "${faults# }" && exit 1; }
