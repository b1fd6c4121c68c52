#!/bin/sh
# Lets the programs of a container reach the gateway: a port of loopback leads to a socket, by default to this agent's, or
# by TLS to the gateway's port. It runs in any image, so it uses nothing but the shell: socat comes with its own loader and
# C library.
# usage: relay.sh [PORT SOCKET]     starts the relay, and returns when the port listens
set -u
here=${0%/*}
port=${1:-3128}
socket=${2:-${CLAUDE_FLEET_GATEWAY_SOCKET:-}}
key=${CLAUDE_FLEET_GATEWAY_KEY:-}
files=${CLAUDE_FLEET_GATEWAY:-/claude-fleet/gateway}
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

# Prints where the relay leads to. A gateway that was replaced has another address.
way() {
    if [ -n "$socket" ]; then
        printf '%s\n' "UNIX-CONNECT:$socket"
    else
        read -r address number <"$files/address" || return
        case $address in *:*) address="[$address]" ;; esac
        printf '%s\n' "OPENSSL:$address:$number,cafile=$files/ca.pem,cert=$key,commonname=claude-fleet-gateway,nodelay"
    fi
}

# One process a connection, and one that accepts them. If somebody ends that one, it is started again, unless the image
# has no sleep. The settings of the image's OpenSSL are for another one.
serve() {
    while :; do
        to=$(way 2>/dev/null)
        OPENSSL_CONF=/dev/null "$here/ld.so" --library-path "$here/lib" "$here/socat" -b 65536 -t 10 \
            "TCP-LISTEN:$port,bind=127.0.0.1,fork,reuseaddr,backlog=256,nodelay" "$to" &
        relay=$!
        while kill -0 "$relay" 2>/dev/null && [ "$(way 2>/dev/null)" = "$to" ]; do
            if [ -n "$socket" ] || ! sleep 5; then
                wait "$relay"
            fi
        done
        kill "$relay" 2>/dev/null
        wait "$relay"
        sleep 1 || return
    done
}

if [ -z "$socket$key" ]; then
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
