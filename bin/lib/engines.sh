# shellcheck shell=bash
# Further engines to test with, besides the one that all tests share, and a Compose to compare with. Needs common.sh,
# and images.sh for the mirror.

# Programs that this machine's Debian may not have yet come from this suite. They are not installed.
LATER_SUITE=trixie
ENGINE26=$FLEET_CACHE/engine-26
COMPOSE2=$FLEET_CACHE/compose-2

# engine26_ensure: puts the programs of Docker Engine 26 into the directory ENGINE26. Nothing is installed: tests start
# it from that directory, with this machine's runc. Takes no time if it exists, and seconds if it has to be fetched.
engine26_ensure() {
    need runc runc "Docker Engine 26 is tested"
    later_suite_ensure "Docker Engine 26" engine26_works "$ENGINE26" "docker.io containerd" \
        usr/sbin/dockerd usr/bin/containerd usr/bin/containerd-shim-runc-v2
    say "$("$ENGINE26/dockerd" --version), in $ENGINE26"
}

engine26_works() {
    [ -x "$ENGINE26/containerd" ] && [ -x "$ENGINE26/containerd-shim-runc-v2" ] \
        && [[ $("$ENGINE26/dockerd" --version 2>/dev/null) == "Docker version 26."* ]]
}

# compose2_ensure: puts docker-compose, version 2, into the directory COMPOSE2. Nothing is installed. Debian 12 packages
# only version 1, whose start-up takes longer.
compose2_ensure() {
    later_suite_ensure "Docker Compose 2" compose2_works "$COMPOSE2" docker-compose usr/libexec/docker/cli-plugins/docker-compose
    say "Docker Compose $("$COMPOSE2/docker-compose" version --short), in $COMPOSE2"
}

compose2_works() {
    [[ $("$COMPOSE2/docker-compose" version --short 2>/dev/null) == *2.* ]]
}

# later_suite_ensure WHAT WORKS DIRECTORY PACKAGES FILE…: if the command WORKS fails, fetches these files of Debian's
# packages into DIRECTORY.
later_suite_ensure() {
    local what=$1 works=$2 directory=$3 files
    files=$(basename -a "${@:5}" | paste --serial --delimiters=' ')
    "$works" && return
    can_install || die "$what is needed, and $directory does not have it." "Put $files of it into that directory, and run this again."
    mkdir -p "$FLEET_CACHE"
    need flock util-linux "$what is fetched by one run at a time"
    exec 8>"$directory.lock"
    bounded 300 flock 8 || die "Another run still fetches $what after 300 s." \
        "Look which process holds $directory.lock (fuser $directory.lock), end it, and run this again."
    "$works" || later_suite_unpack "$what" "${@:3}"
    exec 8>&-
    "$works" || die "Debian's $LATER_SUITE brought no $what that runs here." \
        "Put $files of it into $directory, and run this again."
}

# later_suite_unpack WHAT DIRECTORY PACKAGES FILE…: uses a separate apt. Its lists, cache and sources are below one
# directory, so that this machine's apt is not changed.
later_suite_unpack() {
    local what=$1 directory=$2 packages build package
    read -ra packages <<<"$3"
    say "fetching $what from Debian's $LATER_SUITE (once on this machine)"
    # A killed run left these behind. They have no owner, since this run holds the lock.
    rm -rf "$directory" "$directory".build.*
    build=$(mktemp -d "$directory.build.XXXXXX")
    mkdir -p "$build/state/lists/partial" "$build/cache/archives/partial"
    later_suite_source "$what" >"$build/sources.list"
    : >"$directory.log"
    separate_apt "$LATER_SUITE" "$directory.log" "$build" update
    separate_apt "$LATER_SUITE" "$directory.log" "$build" download "${packages[@]}"
    for package in "$build"/*.deb; do
        dpkg -x "$package" "$build/root"
    done
    mkdir "$build/bin"
    (cd "$build/root" && mv "${@:4}" "$build/bin")
    mv "$build/bin" "$directory"
    rm -rf "$build"
}

# Takes the later suite from the machine's configured mirror, as debootstrap does.
later_suite_source() {
    local mirror
    apt_update
    mirror=$(base_image_mirror)
    [ -n "$mirror" ] || die "$1 is needed, and apt here knows no mirror of Debian to take it from." \
        "Look at /etc/apt/sources.list and sources.list.d, and run this again."
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $LATER_SUITE main"
}

# separate_apt SUITE LOG ROOT ARGUMENT…: runs a separate apt. This machine's apt.conf still applies, for its proxies.
separate_apt() {
    local suite=$1 log=$2 root=$3
    shift 3
    bounded 300 env --chdir="$root" apt-get -o Dir::Etc::SourceList="$root/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State="$root/state" -o Dir::State::status=/dev/null -o Dir::Cache="$root/cache" \
        -o APT::Sandbox::User=root "$@" >>"$log" 2>&1 \
        || die_with_log "$log" "apt-get $* of Debian's $suite failed." \
            "Check the network and that the mirror in /etc/apt has $suite, and run this again."
}

# podman_ensure: installs the programs with which tests start Podman's API service.
podman_ensure() {
    local why="Podman is tested"
    is_root || die "$why, and that needs root." "Run this as root, or leave that out: bin/test --fast."
    need podman podman "$why"
    # Podman's init process, which its package only recommends.
    need catatonit catatonit "$why"
    need runc runc "$why"
    say "$(podman --version)"
}
