#!/bin/sh
# Gives the CLI the kit's settings, unless it has some: an interactive `docker exec` then asks no first-run questions,
# and in mode apiKey the CLI knows where the key is.
set -u
kit=${CLAUDE_FLEET_KIT:-/claude-fleet/kit}
mkdir -p "$CLAUDE_CONFIG_DIR" || exit 1
files=.claude.json
# They say where a key is. A volume on disk keeps them when a fleet changes to another mode without a stop in between.
[ "${CLAUDE_FLEET_LOGIN:-}" != apiKey ] || files="$files settings.json"
for file in $files; do
    if [ -f "$kit/home/$file" ] && [ ! -e "$CLAUDE_CONFIG_DIR/$file" ]; then
        cat "$kit/home/$file" >"$CLAUDE_CONFIG_DIR/$file" || exit 1
    fi
done
