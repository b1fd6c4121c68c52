#!/bin/sh
# Prints facts of a container as NAME=VALUE lines; a fact that could not be determined is empty. Run by `sh -c`.
# Usage: container-facts.sh SECRETS

secrets=${CLAUDE_FLEET_SECRETS:-$1}
credential=${CLAUDE_SECURESTORAGE_CONFIG_DIR:-$CLAUDE_CONFIG_DIR}/.credentials.json
[ "$CLAUDE_FLEET_LOGIN" = apiKey ] && credential=$secrets/api-key
[ "$CLAUDE_FLEET_LOGIN" = federation ] && credential=$secrets/access-token.json

say() {
    printf '%s=%s\n' "$1" "$2"
}

yes_if() {
    if "$@"; then echo yes; else echo no; fi
}

config_can_be_written() {
    mkdir -p "$CLAUDE_CONFIG_DIR" 2>/dev/null && [ -w "$CLAUDE_CONFIG_DIR" ]
}

say user "$(id -u):$(id -g)"
say configDirectory "$CLAUDE_CONFIG_DIR"
say loginDirectory "${CLAUDE_SECURESTORAGE_CONFIG_DIR:-}"
say credential "$credential"
say placeholder "${CLAUDE_FLEET_SECRETS:+yes}"
say credentialReadable "$(yes_if [ -r "$credential" ])"
say credentialListing "$(ls -ln "$credential" 2>&1)"
say loginWritable "$(yes_if [ -w "$(dirname "$credential")" ])"
say configWritable "$(yes_if config_can_be_written)"
say cli "$(claude --version 2>/dev/null)"
say digest "$(sha256sum "$credential" 2>/dev/null | cut -d ' ' -f 1)"
say time "$(date +%s)"
say address "$(getent hosts api.anthropic.com 2>/dev/null | head -n 1)"
say proxy "${HTTPS_PROXY:-${https_proxy:-${ALL_PROXY:-${all_proxy:-}}}}"
way=${CLAUDE_FLEET_GATEWAY_SOCKET:-}${CLAUDE_FLEET_GATEWAY_KEY:-}
say fenced "${way:+yes}"
say fenceOptional "${CLAUDE_FLEET_FENCE:+yes}"
if [ -n "$way" ]; then
    say fenceFaults "$(/bin/sh "${CLAUDE_FLEET_KIT:-/claude-fleet/kit}/fence.sh" once 2>&1 | tr '\n' ' ')"
fi
say base "${ANTHROPIC_BASE_URL:-}"
say freeKilobytes "$(df -Pk / 2>/dev/null | tail -n 1 | tr -s ' ' | cut -d ' ' -f 4)"
