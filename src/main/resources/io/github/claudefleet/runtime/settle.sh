#!/bin/sh
# Copies the kit's settings for the CLI, unless they exist: an interactive `docker exec` then asks no first-run
# questions, and in mode apiKey the CLI finds the key. Also links the user's own context of claudeDirectory and skills,
# if any.
# Ends with 1 if it cannot write, with 3 if it has printed the reason for a missing context.
set -u
user=${CLAUDE_FLEET_CLAUDE_DIRECTORY:-/claude-fleet/claude}
skills=${CLAUDE_FLEET_SKILLS:-/claude-fleet/skills}

cannot_read() {
    printf 'claude-fleet: user %s cannot read %s of %s\n' "$(id -u)" "$2" "$1" >&2
    exit 3
}

# Links, so that changes in the directory take effect at once.
# Usage: link PARAMETER DIRECTORY NAME PLACE
link() {
    [ -e "$2/$3" ] || return 0
    if [ ! -r "$2/$3" ] || { [ -d "$2/$3" ] && [ ! -x "$2/$3" ]; }; then
        cannot_read "$1" "$3"
    fi
    if [ -e "$CLAUDE_CONFIG_DIR/$4" ] && [ ! -L "$CLAUDE_CONFIG_DIR/$4" ]; then
        printf 'claude-fleet: %s has %s, and so has the image: %s\n' "$1" "$3" "$CLAUDE_CONFIG_DIR/$4" >&2
        exit 3
    fi
    mkdir -p "$(dirname "$CLAUDE_CONFIG_DIR/$4")" && ln -sfn "$2/$3" "$CLAUDE_CONFIG_DIR/$4" || exit 1
}

# Usage: link_skills PARAMETER DIRECTORY
link_skills() {
    for skill in "$2"/* "$2"/.[!.]*; do
        [ -d "$skill" ] || continue
        [ ! -e "$skill/SKILL.md" ] || [ -r "$skill/SKILL.md" ] || cannot_read "$1" "${skill##*/}/SKILL.md"
        link "$1" "$2" "${skill##*/}" "skills/${skill##*/}"
    done
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
[ -d "$user" ] || [ -d "$skills" ] || exit 0
if has_directory_of_its_own; then
    for name in CLAUDE.md commands agents output-styles; do
        link claudeDirectory "$user" "$name" "$name"
    done
    # A directory beside others, because the repository's rules have one, too.
    link claudeDirectory "$user" rules rules/user
    if [ -d "$skills" ]; then
        # A link for each skill, because the skills come from several directories.
        link_skills claudeDirectory "$user/skills"
        link_skills skills "$skills"
    else
        link claudeDirectory "$user" skills skills
    fi
else
    printf 'claude-fleet: claudeDirectory and skills are left out: agents share all of %s\n' "$CLAUDE_CONFIG_DIR" >&2
fi
