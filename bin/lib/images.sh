# shellcheck shell=bash
# Local replacement for the public base image node:22-bookworm-slim, for machines that cannot reach an image registry:
# Debian with node, npm, git, socat, and a user `node` with uid 1000. Needs common.sh, and engine_ensure must have run.

BASE_IMAGE_SUITE=bookworm
# The tag is the recipe's version. Increment it whenever base_image_recipe or a function that it calls is changed.
BASE_IMAGE=claude-fleet-test/base:2
BASE_IMAGE_TAR=$FLEET_CACHE/${BASE_IMAGE//[\/:]/-}.tar

# base_image_ensure: puts BASE_IMAGE into the engine. Takes no time if it exists, seconds from the cached tar file, and
# about a minute if it has to be built.
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

# The lock is held by this process's descriptor 9. It ends with the process, however that ends.
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
    # A killed run left these behind. They have no owner, since this run holds the lock.
    rm -rf "$BASE_IMAGE_TAR".build.*
    local build
    build=$(mktemp -d "$BASE_IMAGE_TAR.build.XXXXXX")
    base_image_recipe "$build/root" "$build/debootstrap.log"
    tar --create --file "$build/image.tar" --numeric-owner --one-file-system \
        --exclude './dev/*' --exclude './proc/*' --exclude './sys/*' --exclude './run/*' --directory "$build/root" .
    mv "$build/image.tar" "$BASE_IMAGE_TAR"
    rm -rf "$build"
}

# base_image_recipe ROOT LOG: creates the image's files in ROOT
base_image_recipe() {
    # All users in the image must be able to read its files, whatever the caller's umask.
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
    # In its own mount namespace, so that a killed debootstrap leaves no mounted /proc in the directory.
    # shellcheck disable=SC2086  # without a mirror there is no argument, and debootstrap uses its default
    http_proxy=${proxy:-${http_proxy:-}} bounded 600 unshare --mount debootstrap --variant=minbase \
        --include=ca-certificates,git,procps,nodejs,socat "$BASE_IMAGE_SUITE" "$root" $mirror >"$log" 2>&1 \
        || die_with_log "$log" "debootstrap of $BASE_IMAGE_SUITE failed." "Check the network and the mirror in /etc/apt, and run this again."
    # The public image has this user too. Its uid is in use, so that adding another user with uid 1000 fails here as
    # well.
    chroot "$root" useradd --create-home --shell /bin/bash --uid 1000 node
}

# Prints the mirror that this machine's apt uses; prints nothing if apt has none.
base_image_mirror() {
    # Works on a newer Debian too: its mirror also has the older suite.
    # shellcheck disable=SC2016  # the dollars are apt's
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 'Component: main' | sed -n 1p
}

# Debian's npm package would add hundreds of MB. The registry's npm is one directory, as in the public image.
base_image_npm() {
    local modules=$1/usr/local/lib/node_modules archive
    say "npm 10 from the npm registry"
    mkdir -p "$modules"
    # This machine's CAs are also trusted, for networks whose proxy intercepts TLS.
    archive=$(cd "$modules" && NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt} \
        timeout 300 npm pack --silent npm@10 </dev/null) \
        || die "npm could not fetch the package npm@10." "Check that 'npm view npm@10 version' works here, and run this again."
    tar --extract --gzip --file "$modules/$archive" --directory "$modules" --no-same-owner
    rm "$modules/$archive"
    mv "$modules/package" "$modules/npm"
    ln -s ../lib/node_modules/npm/bin/npm-cli.js "$1/usr/local/bin/npm"
    ln -s ../lib/node_modules/npm/bin/npx-cli.js "$1/usr/local/bin/npx"
    chmod +x "$modules/npm/bin/npm-cli.js" "$modules/npm/bin/npx-cli.js"
    # node is in /usr/bin here, and npm would install global packages below /usr. The public image has them in
    # /usr/local.
    echo 'prefix=/usr/local' >"$modules/npm/npmrc"
}

base_image_slim() {
    local usr=$1/usr var=$1/var
    rm -rf "$var"/cache/apt/* "$var"/lib/apt/lists/* "$var"/log/* "$usr"/share/doc/* "$usr"/share/man/* \
        "$usr"/share/info/* "$usr"/share/locale/* "$usr"/local/lib/node_modules/npm/{docs,man}
    # debootstrap copies both files from this machine.
    rm -f "$1/etc/resolv.conf" "$1/etc/hostname"
}

base_image_import() {
    say "importing $BASE_IMAGE_TAR as $BASE_IMAGE"
    bounded 300 docker import --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
        --change 'CMD ["node"]' "$BASE_IMAGE_TAR" "$BASE_IMAGE" >/dev/null \
        || die "The engine could not import $BASE_IMAGE_TAR." "Remove that file if it is damaged, check the disk's space, and run this again."
}
