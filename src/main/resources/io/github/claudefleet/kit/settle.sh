#!/bin/sh
# Gives the CLI the kit's settings, unless it has some: an interactive `docker exec` then asks no first-run questions,
# and in mode apiKey the CLI knows where the key is.
set -u
kit=${CLAUDE_FLEET_KIT:-/claude-fleet/kit}
mkdir -p "$CLAUDE_CONFIG_DIR" || exit 1
for file in .claude.json settings.json; do
    if [ -f "$kit/home/$file" ] && [ ! -e "$CLAUDE_CONFIG_DIR/$file" ]; then
        cat "$kit/home/$file" >"$CLAUDE_CONFIG_DIR/$file" || exit 1
    fi
done
