#!/bin/sh
# Lets the programs of a container reach the gateway: a port of loopback leads to a socket, by default to this agent's. It
# runs in any image, so it uses nothing but the shell: socat comes with its own loader and C library.
# usage: relay.sh [PORT SOCKET]     starts the relay, and returns when the port listens
set -u
here=${0%/*}
port=${1:-3128}
socket=${2:-${CLAUDE_FLEET_GATEWAY_SOCKET:-}}
hex=$(printf '%04X' "$port")

# Succeeds if the port listens: 0A is the state of a socket that listens.
listens() {
    while read -r line; do
        case $line in
            *" 0100007F:$hex "*" 0A "* | *" 7F000001:$hex "*" 0A "*) return 0 ;;
        esac
    done </proc/net/tcp
    return 1
}

# One process a connection, and one that accepts them. If somebody ends that one, it is started again, unless the image
# has no sleep.
serve() {
    while :; do
        "$here/ld.so" --library-path "$here/lib" "$here/socat" -b 65536 -t 10 \
            "TCP-LISTEN:$port,bind=127.0.0.1,fork,reuseaddr,backlog=256,nodelay" "UNIX-CONNECT:$socket"
        sleep 1 || return
    done
}

if [ -z "$socket" ]; then
    echo "claude-fleet: no CLAUDE_FLEET_GATEWAY_SOCKET, so this container has no way to the gateway" >&2
    exit 78
fi
listens && exit 0
serve </dev/null >/dev/null 2>&1 &
tries=0
while [ $tries -lt 600 ]; do
    listens && exit 0
    sleep 0.05 2>/dev/null
    tries=$((tries + 1))
done
echo "claude-fleet: the relay to the gateway does not listen on 127.0.0.1:$port" >&2
exit 70
