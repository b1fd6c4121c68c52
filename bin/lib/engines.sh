# shellcheck shell=bash
# Further engines to test with, besides the one that all tests share. Needs common.sh, and images.sh for the mirror.

ENGINE26_SUITE=trixie
ENGINE26=$FLEET_CACHE/engine-26
ENGINE26_LOG=$FLEET_CACHE/engine-26.log

# engine26_ensure: puts the programs of Docker Engine 26 into the directory ENGINE26. Nothing is installed: tests start
# it from that directory, with this machine's runc. Takes no time if it exists, and seconds if it has to be fetched.
engine26_ensure() {
    local next="Put dockerd, containerd and containerd-shim-runc-v2 of a Docker Engine 26 into $ENGINE26, and run this again."
    need runc runc "Docker Engine 26 is tested"
    if ! engine26_works; then
        can_install || die "Docker Engine 26 is tested, and $ENGINE26 does not have it." "$next"
        engine26_fetch
        engine26_works || die "Debian's $ENGINE26_SUITE brought no Docker Engine 26 that runs here." "$next"
    fi
    say "$("$ENGINE26/dockerd" --version), in $ENGINE26"
}

engine26_works() {
    [ -x "$ENGINE26/containerd" ] && [ -x "$ENGINE26/containerd-shim-runc-v2" ] \
        && [[ $("$ENGINE26/dockerd" --version 2>/dev/null) == "Docker version 26."* ]]
}

engine26_fetch() {
    mkdir -p "$FLEET_CACHE"
    need flock util-linux "Docker Engine 26 is fetched by one run at a time"
    exec 8>"$ENGINE26.lock"
    bounded 300 flock 8 || die "Another run still fetches Docker Engine 26 after 300 s." \
        "Look which process holds $ENGINE26.lock (fuser $ENGINE26.lock), end it, and run this again."
    engine26_works || engine26_unpack
    exec 8>&-
}

# Uses a separate apt: its lists, cache and sources are below one directory, so that this machine's apt is not changed.
engine26_unpack() {
    say "fetching Docker Engine 26 from Debian's $ENGINE26_SUITE (once on this machine)"
    # A killed run left these behind. They have no owner, since this run holds the lock.
    rm -rf "$ENGINE26" "$ENGINE26".build.*
    local build package
    build=$(mktemp -d "$ENGINE26.build.XXXXXX")
    mkdir -p "$build/state/lists/partial" "$build/cache/archives/partial"
    engine26_source >"$build/sources.list"
    : >"$ENGINE26_LOG"
    engine26_apt "$build" update
    engine26_apt "$build" download docker.io containerd
    for package in "$build"/*.deb; do
        dpkg -x "$package" "$build/root"
    done
    mkdir "$build/bin"
    mv "$build"/root/usr/sbin/dockerd "$build"/root/usr/bin/containerd "$build"/root/usr/bin/containerd-shim-runc-v2 "$build/bin"
    mv "$build/bin" "$ENGINE26"
    rm -rf "$build"
}

# Takes another suite from the machine's configured mirror, as debootstrap does.
engine26_source() {
    local mirror
    apt_update
    mirror=$(base_image_mirror)
    [ -n "$mirror" ] || die "Docker Engine 26 is tested, and apt here knows no mirror of Debian to take it from." \
        "Look at /etc/apt/sources.list and sources.list.d, and run this again."
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $ENGINE26_SUITE main"
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

# engine26_apt ROOT ARGUMENT…: runs the separate apt. This machine's apt.conf still applies, for its proxies.
engine26_apt() {
    local root=$1
    shift
    bounded 300 env --chdir="$root" apt-get -o Dir::Etc::SourceList="$root/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State="$root/state" -o Dir::State::status=/dev/null -o Dir::Cache="$root/cache" \
        -o APT::Sandbox::User=root "$@" >>"$ENGINE26_LOG" 2>&1 \
        || die_with_log "$ENGINE26_LOG" "apt-get $* of Debian's $ENGINE26_SUITE failed." \
            "Check the network and that the mirror in /etc/apt has $ENGINE26_SUITE, and run this again."
}
