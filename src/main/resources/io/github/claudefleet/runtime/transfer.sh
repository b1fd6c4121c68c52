#!/bin/sh
# Moves an agent's workspace in and out of its volume, as git bundles, in a container that only has that volume. Files
# are moved in pieces with sums. Git runs here with the container's own git directory and raw file contents; of the
# agent's git directory it only reads objects and refs.
# Usage: transfer.sh OPERATION [ARGUMENTS…]
set -u
work=${CLAUDE_FLEET_TRANSFER:-/tmp/claude-fleet-transfer}
tree=${CLAUDE_FLEET_WORKSPACE:-/workspace}
dot_git=$tree/.git
export HOME="$work" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0 LC_ALL=C
mkdir -p "$work" || exit 73
cd "$work" || exit 73

fail() {
    echo "$1" >&2
    exit 1
}

# Pieces of a file, each complete or absent, so that a transfer continues after a lost connection.
pieces() {
    for piece in "$1.pieces"/*; do
        case $piece in
            *.part.* | *'*') ;;
            *) echo "${piece##*/}" ;;
        esac
    done
}

# Runs an operation once, also if the answer to the first call was lost: once ID OPERATION [ARGUMENTS…].
once() {
    id=$1
    shift
    if mkdir "once.$id" 2>/dev/null; then
        ("$@") >"once.$id/out" 2>"once.$id/errors"
        echo $? >"once.$id/next"
        mv "once.$id/next" "once.$id/status"
    fi
    while [ ! -f "once.$id/status" ]; do
        sleep 0.2
    done
    cat "once.$id/out"
    cat "once.$id/errors" >&2
    return "$(cat "once.$id/status")"
}

# Reads base64 up to a line with a dot. Its reader may be cut off, and another one may be at work already.
put() {
    mkdir -p "$1.pieces"
    part=$1.pieces/$2.part.$$
    sed -n '/^\.$/q;p' | base64 -d >"$part" || { rm -f "$part" && fail "piece $2 was cut off"; }
    [ "$(sum "$part")" = "$3" ] || { rm -f "$part" && fail "piece $2 has another sum"; }
    mv "$part" "$1.pieces/$2"
    echo stored
}

join() {
    rm -f "$1.pieces"/*.part.*
    : >"$1"
    number=0
    while [ "$number" -lt "$2" ]; do
        cat "$1.pieces/$number" >>"$1" || fail "piece $number is missing"
        rm "$1.pieces/$number"
        number=$((number + 1))
    done
    rm -rf "$1.pieces"
    [ "$(sum "$1")" = "$3" ] || fail "the sum of $1 differs"
}

sum() {
    sha256sum "$1" | cut -d ' ' -f 1
}

get() {
    tail -c "+$(($2 + 1))" "$1" | head -c "$3" | base64
}

# A git directory that the agent has never seen. It neither runs anything nor converts contents.
own_git() {
    command -v git >/dev/null 2>&1 || fail "its image has no git"
    rm -rf git index index.git known
    git init --quiet --bare --template= "--object-format=$1" git || fail "its git is too old"
    mkdir -p git/info
    echo '* -text !eol !ident !filter !working-tree-encoding' >git/info/attributes
    export GIT_DIR="$work/git"
    cat >>git/config <<'TEXT'
[core]
    bare = false
    hooksPath = /dev/null
    fsmonitor = false
    autocrlf = false
    safecrlf = false
    symlinks = true
    ignorecase = false
    fileMode = true
    bigFileThreshold = 8m
[pack]
    threads = 1
[gc]
    auto = 0
[advice]
    addEmbeddedRepo = false
TEXT
}

in_tree() {
    (cd "$tree" && GIT_WORK_TREE=$tree GIT_INDEX_FILE=$work/index git "$@")
}

in_git() {
    (cd "$dot_git" && GIT_WORK_TREE=$dot_git GIT_INDEX_FILE=$work/index.git git "$@")
}

borrow() {
    mkdir -p git/objects/info
    echo "$1" >git/objects/info/alternates
    [ ! -f shallow ] || cp shallow git/shallow
}

# Makes the workspace what the bundle says: unpack FORMAT BUNDLE FILES GIT. GIT is "none" for files without git.
unpack() {
    own_git "$1"
    # Directories stay, since a waiting agent may be in one.
    rm -rf "$dot_git"
    find "$tree" -mindepth 1 ! -type d -exec rm -f {} + || fail "its workspace can't be emptied"
    if [ "$4" != none ]; then
        (unset GIT_DIR && git init --quiet --bare --template= "--object-format=$1" "$dot_git") || fail "it can't write its workspace"
        borrow "$dot_git/objects"
        [ ! -f shallow ] || cp shallow "$dot_git/shallow"
        GIT_DIR=$dot_git git bundle unbundle "$2" >/dev/null || fail "its git can't read the bundle"
        in_git read-tree --reset -u "$4" || fail "its git directory can't be written"
    else
        git bundle unbundle "$2" >/dev/null || fail "its git can't read the bundle"
    fi
    in_tree read-tree --reset -u "$3" || fail "its files can't be written"
    rm -f "$2"
}

# Adds commits to the agent's git directory: add BUNDLE BRANCH COMMIT.
add() {
    if [ ! -d "$dot_git/objects" ] || [ -L "$dot_git" ]; then
        fail "its git directory was changed"
    fi
    (cd "$dot_git" && GIT_DIR=$dot_git && export GIT_DIR &&
        git -c core.hooksPath=/dev/null bundle unbundle "$work/$1" >/dev/null &&
        git -c core.hooksPath=/dev/null update-ref --no-deref "refs/heads/$2" "$3") || fail "its git directory takes no branch"
    rm -f "$1"
}

# Writes a bundle of the workspace: pack FORMAT BUNDLE BASE SENT all|files. BASE is "none" for files without git, and SENT
# the tree that was unpacked. Prints the trees of files and git directory, whether there are repositories within, and the
# size and sum of the bundle.
pack() {
    [ -n "$(ls -A "$tree")" ] || fail "its volume is empty"
    own_git "$1"
    find "$tree" -name .git -prune -o \( -type d ! -perm -u=rwx -o -type f ! -perm -u=r \) -exec chmod u+rwX {} + 2>/dev/null
    if [ "$3" != none ] && [ -d "$dot_git/objects" ] && [ ! -L "$dot_git" ] && [ ! -L "$dot_git/objects" ]; then
        borrow "$dot_git/objects"
        # Files that were sent or committed are taken even if they are ignored.
        git cat-file -e "$4" 2>/dev/null && in_tree read-tree "$4"
        head=$(cd "$dot_git" && GIT_DIR=$dot_git git rev-parse --verify --quiet 'HEAD^{commit}' 2>/dev/null) &&
            git ls-tree -r -z --full-tree "$head" | in_tree update-index -z --add --replace --index-info 2>/dev/null
    fi
    [ ! -f exclude ] || cp exclude git/info/exclude
    in_tree add --all --ignore-errors 2>add.log ||
        sed -n '/does not have a commit checked out/d; /adding files failed/d; s/^\(error\|fatal\): /left /p' add.log | head -n 20
    add_nested
    files=$(in_tree write-tree) || fail "its files can't be read"
    git update-ref refs/transfer/files "$files"
    echo "files $files"
    if [ "$3" != none ] && [ -d "$dot_git" ] && [ ! -L "$dot_git" ]; then
        pack_git "$3" "$5" "$4"
    fi
    rm -f "$2"
    { git for-each-ref --format='%(refname)' refs/transfer && { [ ! -s known ] || sed 's/^/^/' known; }; } |
        git bundle create --quiet "$2" --stdin || fail "its commits or files can't be read"
    echo "bundle $(wc -c <"$2" | tr -d ' ') $(sum "$2")"
}

# Adds the files of git repositories within the workspace, of which git itself would add no file. Their own git directories
# get a name that a tree can have.
add_nested() {
    (cd "$tree" && find . -mindepth 2 -name .git -prune -print 2>/dev/null) | sed 's|^\./||; s|/\.git$||' >nested
    [ -s nested ] || return 0
    echo nested
    (cd "$tree" && while IFS= read -r directory; do find "$directory" -type f; done) <nested >nested.files
    (cd "$tree" && git hash-object -w --no-filters --stdin-paths) <nested.files >nested.ids &&
        paste nested.ids nested.files | sed 's/^/100644 /; s|/\.git/|/.claude-fleet-git/|g; s|/\.git$|/.claude-fleet-git|' |
        in_tree update-index --add --replace --index-info || echo "left repositories in it can't be read"
}

pack_git() {
    (cd "$dot_git" && for part in HEAD config packed-refs shallow index sharedindex.* info refs logs/refs/stash; do
        [ ! -e "$part" ] || find "$part" -type f ! -name '*.lock' -size -131072 -print0
    done) >git.names
    in_git add --force --ignore-errors --pathspec-from-file="$work/git.names" --pathspec-file-nul 2>/dev/null
    state=$(in_git write-tree) && git update-ref refs/transfer/git "$state" && echo "git $state"
    : >known
    git cat-file -e "$1^{commit}" 2>/dev/null || return 0
    # A tree leaves out only what is excluded as a tree.
    printf '%s\n%s^{tree}\n' "$1" "$1" >known
    ! git cat-file -e "$3" 2>/dev/null || echo "$3" >>known
    [ "$2" = all ] || return 0
    git cat-file --batch-all-objects --unordered --batch-check='%(objecttype) %(objectname)' 2>/dev/null |
        sed -n 's/^\(commit\|tag\) //p' | sort >have
    git rev-list "$1" 2>/dev/null | sort >sent
    comm -23 have sent >own
    # A kill during a commit leaves an incomplete one.
    if ! { cat own && echo "^$1"; } | git rev-list --objects --quiet --stdin 2>/dev/null; then
        mv own all
        while read -r commit; do
            git rev-list --objects --quiet "$commit" "^$1" 2>/dev/null && echo "$commit"
        done <all >own
    fi
    sed 's|.*|create refs/transfer/commits/& &|' own | git update-ref --stdin
}

# Ends the wait of a container that runs before the agent's.
filled() {
    : >"$work/filled"
}

operation=$1
shift
"$operation" "$@"
