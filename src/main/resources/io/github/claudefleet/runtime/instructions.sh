#!/bin/sh
# Gives the CLI the repository's instructions without its settings, which would run its hooks: CLAUDE.md with its
# imports and rules, and AGENTS.md if it is requested. Sourced by run.sh; adds to its arguments for the CLI.
# CLAUDE_FLEET_INSTRUCTIONS: CLAUDE.md, AGENTS.md, both separated by a space, or none; unset means CLAUDE.md.

# The CLI's own limit.
MOST_HOPS=5
MOST_NESTED=200

wants() {
    case " ${CLAUDE_FLEET_INSTRUCTIONS-CLAUDE.md} " in
        *" $1 "*) return 0 ;;
        *) return 1 ;;
    esac
}

# The CLI follows any link, even one to the login.
is_inside() {
    case $(readlink -f "$1")/ in
        "$top"/*) return 0 ;;
        *) return 1 ;;
    esac
}

is_text_inside() {
    [ -f "$1" ] && [ -r "$1" ] && is_inside "$1" &&
        [ "$(head -c 4096 "$1" | tr -d '\000' | wc -c)" = "$(head -c 4096 "$1" | wc -c)" ]
}

# Prints the imports of a file, as it names them; code blocks and code spans contain no imports.
imports_of() {
    sed '/^[[:space:]]*```/,/^[[:space:]]*```/d; s/`[^`]*`//g' "$1" |
        grep -oE '(^|[[:space:]])@([^[:space:]\\]|\\ )+' | sed 's/^[[:space:]]*@//; s/#.*//; s/\\ / /g'
}

# Prints a file with its imports from the workspace: for a copy, the CLI would follow no import, or any.
# Usage: print_whole FILE HOPS
print_whole() {
    real=$(readlink -f "$1")
    ! grep -qxF "$real" "$made/printed" || return 0
    printf '%s\n' "$real" >>"$made/printed"
    [ "$2" -eq 0 ] || printf '\nContents of %s:\n\n' "$real"
    sed 's/\(^\|[[:space:]]\)@/\1\\@/g' "$1"
    [ "$2" -lt "$MOST_HOPS" ] || return 0
    imports_of "$1" | while IFS= read -r import; do
        case $import in
            /* | '~'*) continue ;;
        esac
        ! is_text_inside "$(dirname "$1")/$import" || (print_whole "$(dirname "$1")/$import" $(($2 + 1)))
    done
}

# Usage: copy FILE DESTINATION
copy() {
    if is_text_inside "$1"; then
        : >"$made/printed"
        mkdir -p "$(dirname "$2")" && print_whole "$1" 0 >>"$2"
    elif [ -f "$1" ]; then
        printf 'claude-fleet: %s is left out: it cannot be read, is no text, or leads out of the workspace\n' "$1" >&2
    fi
}

has_paths() {
    sed -n -e '1{' -e '/^---/!q' -e '}' -e '2,/^---/s/^paths:/&/p' "$1" | grep -q .
}

rules_in() {
    find "$1/.claude/rules" -name '*.md' 2>/dev/null
}

# Copies the instructions above the agent's own directory: --add-dir with that one itself would let the CLI write there.
copy_folder() {
    copy "$1/CLAUDE.md" "$made$1/CLAUDE.md"
    copy "$1/.claude/CLAUDE.md" "$made$1/.claude/CLAUDE.md"
    rules_in "$1" | while IFS= read -r rule; do
        [ ! -f "$rule" ] || has_paths "$rule" || copy "$rule" "$made$rule"
    done
}

# With the repository's settings the CLI finds its instructions itself: AGENTS.md if there is no CLAUDE.md.
is_trusted() {
    [ "${CLAUDE_FLEET_REPOSITORY:-}" = trusted ]
}

# Copies AGENTS.md under the name that the CLI reads, unless CLAUDE.md is a link to it or imports it.
copy_agents() {
    if is_trusted && [ ! -f "$1/CLAUDE.md" ] && [ ! -f "$1/.claude/CLAUDE.md" ]; then
        return 0
    fi
    if [ -f "$1/CLAUDE.md" ] && wants CLAUDE.md; then
        : >"$made/printed"
        print_whole "$1/CLAUDE.md" 0 >/dev/null
        ! grep -qxF "$(readlink -f "$1/AGENTS.md")" "$made/printed" || return 0
    fi
    copy "$1/AGENTS.md" "$made/agents$1/CLAUDE.md"
}

# The CLI reads rules for certain files only from the user's directory.
keep_rules_for_files() {
    rules_in "$here" | while IFS= read -r rule; do
        [ ! -f "$rule" ] || ! has_paths "$rule" || copy "$rule" "$rules${rule#"$here/.claude/rules"}"
    done
}

# Instructions of a subdirectory apply to the files in it.
keep_nested() {
    find . -mindepth 2 \( -name .git -o -name .claude -o -name node_modules -o -name target \) -prune -o \
        -name "$1" -print 2>/dev/null | grep -v '[][*?{}"\\]' | head -n "$MOST_NESTED" | while IFS= read -r nested; do
        is_text_inside "$nested" || continue
        folder=$(dirname "${nested#./}")
        mkdir -p "$rules/$folder"
        printf -- '---\npaths:\n  - "%s/**"\n---\n' "$folder" >"$rules/$folder/$1"
        copy "$here/${nested#./}" "$rules/$folder/$1"
    done
}

# A directory that containers share must not have the rules of one repository.
may_keep_rules() {
    case ${CLAUDE_CONFIG_DIR:-} in
        "${HOME:-/nowhere}"/*) ! grep -qF " $CLAUDE_CONFIG_DIR " /proc/self/mountinfo ;;
        *) return 1 ;;
    esac
}

# Checks that no file that the CLI reads by itself is a link out of the workspace.
is_plain() {
    for file in "$1/CLAUDE.md" "$1/.claude" "$1/.claude/CLAUDE.md"; do
        [ ! -L "$file" ] || is_inside "$file" || return 1
    done
}

has_instructions() {
    [ -f "$1/CLAUDE.md" ] || [ -f "$1/.claude/CLAUDE.md" ] || [ -d "$1/.claude/rules" ]
}

here=$(pwd -P)
case $here/ in
    /workspace/*) top=/workspace ;;
    *) top=$(git -c safe.directory='*' rev-parse --show-toplevel 2>/dev/null) || top=$here ;;
esac
made=${HOME:-/tmp}/.claude-fleet/instructions
rules=${CLAUDE_CONFIG_DIR:-}/rules/repository
folder=$here
rm -rf "$made"
mkdir -p "$made"
if may_keep_rules; then
    rm -rf "$rules"
    if ! is_trusted && wants CLAUDE.md; then
        keep_rules_for_files
        keep_nested CLAUDE.md
    fi
    ! wants AGENTS.md || keep_nested AGENTS.md
fi
while :; do
    if wants AGENTS.md; then
        copy_agents "$folder"
        [ ! -d "$made/agents$folder" ] || set -- --add-dir="$made/agents$folder" "$@"
    fi
    if ! is_trusted && wants CLAUDE.md && has_instructions "$folder"; then
        if [ "$folder" = "$here" ] && is_plain "$here"; then
            set -- --add-dir="$here" "$@"
        else
            copy_folder "$folder"
            [ ! -d "$made$folder" ] || set -- --add-dir="$made$folder" "$@"
        fi
    fi
    [ "$folder" != "$top" ] && [ "$folder" != / ] || break
    folder=$(dirname "$folder")
done
export CLAUDE_CODE_ADDITIONAL_DIRECTORIES_CLAUDE_MD=1
