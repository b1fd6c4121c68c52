#!/bin/sh
# Copies the kit's settings for the CLI, unless they exist: an interactive `docker exec` then asks no first-run
# questions, and in mode apiKey the CLI finds the key. Also links the user's own context of claudeDirectory, if any.
# Ends with 1 if it cannot write, with 3 if it has printed the reason for a missing context.
set -u
user=${CLAUDE_FLEET_CLAUDE_DIRECTORY:-/claude-fleet/claude}

# Links, so that changes in claudeDirectory take effect at once.
link() {
    [ -e "$user/$1" ] || return 0
    if [ ! -r "$user/$1" ] || { [ -d "$user/$1" ] && [ ! -x "$user/$1" ]; }; then
        printf 'claude-fleet: user %s cannot read %s of claudeDirectory\n' "$(id -u)" "$1" >&2
        exit 3
    fi
    if [ -e "$CLAUDE_CONFIG_DIR/$2" ] && [ ! -L "$CLAUDE_CONFIG_DIR/$2" ]; then
        printf 'claude-fleet: claudeDirectory has %s, and so has the image: %s\n' "$1" "$CLAUDE_CONFIG_DIR/$2" >&2
        exit 3
    fi
    mkdir -p "$(dirname "$CLAUDE_CONFIG_DIR/$2")" && ln -sfn "$user/$1" "$CLAUDE_CONFIG_DIR/$2" || exit 1
}

# Containers that share the CLI's whole directory would overwrite each other's files.
has_directory_of_its_own() {
    ! grep -qF " $CLAUDE_CONFIG_DIR " /proc/self/mountinfo
}

kit=${CLAUDE_FLEET_KIT:-/claude-fleet/kit}
mkdir -p "$CLAUDE_CONFIG_DIR" || exit 1
files=.claude.json
# The settings contain the path of a key. A volume on disk keeps them if a fleet changes to another mode without a stop.
[ "${CLAUDE_FLEET_LOGIN:-}" != apiKey ] || files="$files settings.json"
for file in $files; do
    if [ -f "$kit/home/$file" ] && [ ! -e "$CLAUDE_CONFIG_DIR/$file" ]; then
        cat "$kit/home/$file" >"$CLAUDE_CONFIG_DIR/$file" || exit 1
    fi
done
[ -d "$user" ] || exit 0
if has_directory_of_its_own; then
    for name in CLAUDE.md skills commands agents output-styles; do
        link "$name" "$name"
    done
    # A directory beside others, because the repository's rules have one, too.
    link rules rules/user
else
    printf 'claude-fleet: claudeDirectory is left out: agents share all of %s\n' "$CLAUDE_CONFIG_DIR" >&2
fi
