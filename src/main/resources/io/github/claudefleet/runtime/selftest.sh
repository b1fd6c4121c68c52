#!/bin/sh
# Tests that this CLI takes the login, and only the login, from CLAUDE_SECURESTORAGE_CONFIG_DIR. The variable is not
# documented, so each auth container tests its own CLI, with an invented login that never leaves it. Prints yes or no.
# Usage: selftest.sh CONTAINER   the result is stored for that container
set -u
command -v claude >/dev/null 2>&1 || exit 127
place=$(mktemp -d) || exit 1
trap 'rm -rf "$place"' EXIT
mkdir "$place/login" "$place/config"
umask 077
printf '%s' '{"claudeAiOauth":{"accessToken":"invented","refreshToken":"invented","expiresAt":4102444800000,' \
    '"scopes":["user:inference","user:profile"],"subscriptionType":"max"}}' >"$place/login/.credentials.json"
answer=no
if CLAUDE_CONFIG_DIR="$place/config" CLAUDE_SECURESTORAGE_CONFIG_DIR="$place/login" \
    claude auth status </dev/null 2>/dev/null | grep -q '"loggedIn": *true'; then
    answer=yes
fi
printf '%s %s' "$1" "$answer" >/claude-fleet/kit/state/selftest
printf '%s\n' "$answer"
