# shellcheck shell=bash
# Functions for all scripts in bin/: messages, commands with a time limit, clean-up, and Debian packages.
# Sourced, never run. All messages go to standard error, so that a function can return a value on standard output.

# shellcheck disable=SC2034  # read by the scripts that source this
FLEET_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# After `su`, root's PATH lacks the directories of dockerd, debootstrap and chroot on Debian.
PATH=$PATH:/usr/sbin:/sbin
FLEET_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/claude-fleet
FLEET_CHILD=
FLEET_CHILDREN=()
FLEET_CLEANUPS=()
FLEET_APT_UPDATED=

say() {
    printf '==> %s\n' "$*" >&2
}

# die WHAT [NEXT]: prints the failure and the next step, and exits.
die() {
    printf 'error: %s\n' "$1" >&2
    if [ $# -gt 1 ]; then
        printf '       %s\n' "${@:2}" >&2
    fi
    exit 1
}

have() {
    command -v "$1" >/dev/null 2>&1
}

# on_exit COMMAND [ARGUMENT…]: registers a command for the exit, also after Ctrl-C and TERM. The last one runs first.
on_exit() {
    local command
    printf -v command '%q ' "$@"
    FLEET_CLEANUPS+=("$command")
}

run_cleanups() {
    local status=$? index
    trap - EXIT
    trap '' INT TERM
    set +e
    end_children
    for ((index = ${#FLEET_CLEANUPS[@]} - 1; index >= 0; index--)); do
        eval "${FLEET_CLEANUPS[index]}"
    done
    exit "$status"
}

arm_cleanups() {
    trap run_cleanups EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap 'exit 129' HUP
}

# start_bounded SECONDS COMMAND…: starts it in the background and ends it after SECONDS. Its pid is FLEET_CHILD. Job
# control gives it its own process group, and SIGINT is not ignored in it. Tests of Ctrl-C need that. TTOU is ignored.
# Otherwise a background process that changes the terminal's settings, as Maven 4 does, would be stopped.
start_bounded() {
    local seconds=$1
    shift
    set -m
    # shellcheck disable=SC2016  # the inner shell's
    timeout --kill-after=30 "$seconds" bash -c 'trap "" TTOU; exec "$@"' bounded "$@" &
    FLEET_CHILD=$!
    FLEET_CHILDREN+=("$FLEET_CHILD")
    set +m
}

# Waits for the last child. While bash waits for a background child it handles a signal at once, unlike while it runs a
# command in the foreground.
wait_child() {
    local status=0
    wait "$FLEET_CHILD" || status=$?
    FLEET_CHILD=
    unset 'FLEET_CHILDREN[-1]'
    return "$status"
}

# wait_children: waits for all children, and returns the status of the last one that failed.
wait_children() {
    local status=0
    for FLEET_CHILD in "${FLEET_CHILDREN[@]}"; do
        wait "$FLEET_CHILD" || status=$?
    done
    FLEET_CHILD=
    FLEET_CHILDREN=()
    return "$status"
}

# bounded SECONDS COMMAND…: runs it without standard input, for at most SECONDS (then exit code 124).
bounded() {
    start_bounded "$@" </dev/null
    wait_child
}

end_children() {
    for FLEET_CHILD in "${FLEET_CHILDREN[@]}"; do
        kill -TERM "$FLEET_CHILD" 2>/dev/null
    done
    wait_children 2>/dev/null
}

is_debian() {
    [ -r /etc/os-release ] && (. /etc/os-release && [ "${ID:-}" = debian ])
}

is_root() {
    [ "$(id -u)" -eq 0 ]
}

can_install() {
    is_debian && is_root && have apt-get
}

# apt_install WHY PACKAGE…: installs packages from the machine's configured Debian mirror.
apt_install() {
    local why=$1
    shift
    can_install || die "$why, and $* is missing here." \
        "Install it (on Debian, as root: apt-get install --no-install-recommends $*) and run this again."
    say "$why: installing $* with apt-get"
    apt_update
    local log=$FLEET_CACHE/apt.log
    DEBIAN_FRONTEND=noninteractive bounded 900 apt-get install -y --no-install-recommends "$@" >"$log" 2>&1 \
        || die_with_log "$log" "apt-get could not install $*." "Mend what apt-get says, and run this again."
}

apt_update() {
    [ -z "$FLEET_APT_UPDATED" ] || return 0
    mkdir -p "$FLEET_CACHE"
    local log=$FLEET_CACHE/apt.log
    bounded 300 apt-get update >"$log" 2>&1 \
        || die_with_log "$log" "apt-get update failed." "Check the network and /etc/apt, and run this again."
    FLEET_APT_UPDATED=yes
}

die_with_log() {
    local log=$1
    shift
    printf -- '--- the last lines of %s\n' "$log" >&2
    tail -n 30 "$log" >&2 || true
    printf -- '---\n' >&2
    die "$@"
}

# need COMMAND PACKAGE WHY: installs the package if the command is missing.
need() {
    have "$1" || apt_install "$3" "$2"
}

java_ensure() {
    local version
    have javac || die "No JDK on the PATH." "Install a JDK 17 or newer (on Debian: apt-get install default-jdk-headless)."
    version=$(java_property java.specification.version)
    [ "${version%%.*}" -ge 17 ] || die "Java is $version; 17 or newer is needed." "Install a newer JDK, or set JAVA_HOME and PATH to one."
    have mvn || die "No Maven on the PATH." "Install Maven 3.6.3 or newer (on Debian: apt-get install maven)."
}

# java_property NAME: prints a property of the java on the PATH. java.home is right even if `java` is a link or a shim.
java_property() {
    java -XshowSettings:properties -version 2>&1 | sed -n "s/^ *$1 = //p"
}
