# shellcheck shell=bash
# The local stand-in for the public base image node:22-bookworm-slim, for machines that reach no image registry:
# Debian with node, npm, git, and a user `node` of uid 1000. Needs common.sh, and engine_ensure to have run.

BASE_IMAGE_SUITE=bookworm
# The number is the recipe's: raise it whenever base_image_recipe, or what it calls, makes something else.
BASE_IMAGE=claude-fleet-test/base:1
BASE_IMAGE_TAR=$FLEET_CACHE/${BASE_IMAGE//[\/:]/-}.tar

# base_image_ensure: BASE_IMAGE is in the engine afterwards. At once when it was, seconds from the cached tar file,
# about a minute when it has to be made.
base_image_ensure() {
    if base_image_present; then
        say "base image $BASE_IMAGE is in the engine"
        return
    fi
    mkdir -p "$FLEET_CACHE"
    need flock util-linux "The base image is made by one run at a time"
    base_image_lock
    base_image_tar
    base_image_present || base_image_import
    exec 9>&-
}

base_image_present() {
    docker image inspect "$BASE_IMAGE" >/dev/null 2>&1
}

# The lock is this process's descriptor 9, and ends with the process, however that ends.
base_image_lock() {
    exec 9>"$BASE_IMAGE_TAR.lock"
    flock --nonblock 9 && return
    say "another run is making the base image; waiting for it"
    bounded 600 flock 9 || die "Another run still makes the base image after 600 s." \
        "Look which process holds $BASE_IMAGE_TAR.lock (fuser $BASE_IMAGE_TAR.lock), end it, and run this again."
}

base_image_tar() {
    [ -s "$BASE_IMAGE_TAR" ] && return
    say "making the base image's tar file $BASE_IMAGE_TAR (about a minute, once on this machine)"
    is_root || die "Making the base image needs root (debootstrap), once." \
        "Run this as root, or copy another machine's $BASE_IMAGE_TAR here, or tag an image with node and npm as $BASE_IMAGE."
    need debootstrap debootstrap "The base image is made by debootstrap"
    have npm || apt_install "The base image gets the npm registry's own npm" nodejs npm
    # Left behind by a run that was killed; the lock says that it has no owner.
    rm -rf "$BASE_IMAGE_TAR".build.*
    local build
    build=$(mktemp -d "$BASE_IMAGE_TAR.build.XXXXXX")
    base_image_recipe "$build/root" "$build/debootstrap.log"
    tar --create --file "$build/image.tar" --numeric-owner --one-file-system \
        --exclude './dev/*' --exclude './proc/*' --exclude './sys/*' --exclude './run/*' --directory "$build/root" .
    mv "$build/image.tar" "$BASE_IMAGE_TAR"
    rm -rf "$build"
}

# base_image_recipe ROOT LOG
base_image_recipe() {
    # The image's files are for every user in it, whatever the caller's own habits.
    umask 022
    base_image_debian "$1" "$2"
    base_image_npm "$1"
    base_image_slim "$1"
}

base_image_debian() {
    local root=$1 log=$2 mirror='' proxy=''
    if have apt-get; then
        apt_update
        mirror=$(base_image_mirror)
        eval "$(apt-config shell proxy Acquire::http::Proxy)"
    fi
    say "debootstrap of $BASE_IMAGE_SUITE${mirror:+ from $mirror}"
    # In a mount namespace of its own, so that a killed debootstrap leaves no mounted /proc in the folder.
    # shellcheck disable=SC2086  # no mirror is no argument: debootstrap then takes its own default
    http_proxy=${proxy:-${http_proxy:-}} bounded 600 unshare --mount debootstrap --variant=minbase \
        --include=ca-certificates,git,procps,nodejs "$BASE_IMAGE_SUITE" "$root" $mirror >"$log" 2>&1 \
        || die_with_log "$log" "debootstrap of $BASE_IMAGE_SUITE failed." "Check the network and the mirror in /etc/apt, and run this again."
    # The public image's user: its uid is taken, so that whoever adds one of uid 1000 meets the same trouble here.
    chroot "$root" useradd --create-home --shell /bin/bash --uid 1000 node
}

# The mirror that this machine's own apt uses; nothing when apt does not know one.
base_image_mirror() {
    # On a newer Debian as well: its mirror carries the older suite.
    # shellcheck disable=SC2016  # the dollars are apt's
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 'Component: main' | sed -n 1p
}

# Debian's npm package would bring hundreds of MB; the registry's npm is one folder, as in the public image.
base_image_npm() {
    local modules=$1/usr/local/lib/node_modules archive
    say "npm 10 from the npm registry"
    mkdir -p "$modules"
    # This machine's own CAs, too, for networks whose proxy opens TLS.
    archive=$(cd "$modules" && NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt} \
        timeout 300 npm pack --silent npm@10 </dev/null) \
        || die "npm could not fetch the package npm@10." "Check that 'npm view npm@10 version' works here, and run this again."
    tar --extract --gzip --file "$modules/$archive" --directory "$modules" --no-same-owner
    rm "$modules/$archive"
    mv "$modules/package" "$modules/npm"
    ln -s ../lib/node_modules/npm/bin/npm-cli.js "$1/usr/local/bin/npm"
    ln -s ../lib/node_modules/npm/bin/npx-cli.js "$1/usr/local/bin/npx"
    chmod +x "$modules/npm/bin/npm-cli.js" "$modules/npm/bin/npx-cli.js"
    # node lives in /usr/bin here, and npm would put global packages beside it; the public image has them in /usr/local.
    echo 'prefix=/usr/local' >"$modules/npm/npmrc"
}

base_image_slim() {
    local usr=$1/usr var=$1/var
    rm -rf "$var"/cache/apt/* "$var"/lib/apt/lists/* "$var"/log/* "$usr"/share/doc/* "$usr"/share/man/* \
        "$usr"/share/info/* "$usr"/share/locale/* "$usr"/local/lib/node_modules/npm/{docs,man}
    # debootstrap copies these two from this machine.
    rm -f "$1/etc/resolv.conf" "$1/etc/hostname"
}

base_image_import() {
    say "importing $BASE_IMAGE_TAR as $BASE_IMAGE"
    bounded 300 docker import --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
        --change 'CMD ["node"]' "$BASE_IMAGE_TAR" "$BASE_IMAGE" >/dev/null \
        || die "The engine could not import $BASE_IMAGE_TAR." "Remove that file if it is damaged, check the disk's space, and run this again."
}
