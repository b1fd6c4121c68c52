#!/bin/sh
# Lets the CLI renew the login if that is due, and wait for the result. It calls no model. `claude auth status` renews
# as well, but gives up if the service does not answer for eight seconds, and the login is lost. Must not be killed.
# Agents get the renewed login at once, because the CLI may need seconds until it ends.
set -u
here=${0%/*}
file=${CLAUDE_SECURESTORAGE_CONFIG_DIR:-$CLAUDE_CONFIG_DIR}/.credentials.json
seen=

expose_changes() {
    stamp=$(stat -c '%Y %s %i' "$file" 2>/dev/null)
    [ "$stamp" = "$seen" ] || /bin/sh "$here/expose.sh"
    seen=$stamp
}

claude -p /context --setting-sources user --strict-mcp-config --no-session-persistence </dev/null &
cli=$!
while kill -0 "$cli" 2>/dev/null; do
    expose_changes
    sleep 0.2
done
wait "$cli"
status=$?
expose_changes
exit "$status"
