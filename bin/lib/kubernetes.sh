# shellcheck shell=bash
# Kubernetes to test with: its programs, built from Debian's source package, which has all the modules that it needs.
# Needs common.sh, images.sh for the mirror, and engines.sh for the separate apt.

KUBERNETES_SUITE=bookworm
KUBERNETES_VERSION=1.20.2
# The number at the end is the recipe's. Increment it whenever a function below that makes a file is changed.
KUBERNETES=$FLEET_CACHE/kubernetes-$KUBERNETES_VERSION-1
KUBERNETES_PROGRAMS=(kube-apiserver kube-controller-manager kube-scheduler kubelet kubectl)

# kubernetes_ensure: puts the programs of a cluster, etcd and the program of the pause image into the directory
# KUBERNETES. Nothing of it is installed: tests start it from there, with a Docker Engine of their own. Takes no time if
# they exist, and about five minutes on two processors if they have to be built.
kubernetes_ensure() {
    is_root || die "Kubernetes is tested, and that needs root." "Run this as root, or leave that out: bin/test --fast."
    kubernetes_works || kubernetes_make
    say "Kubernetes $("$KUBERNETES/kubectl" version --client --short), in $KUBERNETES"
}

kubernetes_works() {
    local program
    for program in "${KUBERNETES_PROGRAMS[@]}" etcd pause; do
        [ -x "$KUBERNETES/$program" ] || return 1
    done
    [[ $("$KUBERNETES/kubectl" version --client --short 2>/dev/null) == *"v$KUBERNETES_VERSION" ]] \
        && "$KUBERNETES/etcd" --version >/dev/null 2>&1
}

kubernetes_make() {
    can_install || die "Kubernetes is tested, and $KUBERNETES does not have it." \
        "Put ${KUBERNETES_PROGRAMS[*]} of version $KUBERNETES_VERSION, etcd 3.4 and the program of the pause image" \
        "into that directory, and run this again."
    mkdir -p "$FLEET_CACHE"
    need flock util-linux "Kubernetes is built by one run at a time"
    exec 7>"$KUBERNETES.lock"
    bounded 1800 flock 7 || die "Another run still builds Kubernetes after 1800 s." \
        "Look which process holds $KUBERNETES.lock (fuser $KUBERNETES.lock), end it, and run this again."
    kubernetes_works || kubernetes_build
    exec 7>&-
    kubernetes_works || die "Debian's $KUBERNETES_SUITE brought no Kubernetes $KUBERNETES_VERSION that runs here." \
        "Look at $KUBERNETES.log, and run this again."
}

# All files of the build are below one directory, which becomes KUBERNETES without what was needed only meanwhile.
kubernetes_build() {
    local build why="Kubernetes is built"
    have go || apt_install "$why" golang-go
    # Static programs need the C library's archive, too.
    if ! have gcc || [ ! -e "$(gcc -print-file-name=libc.a)" ]; then
        apt_install "$why" gcc libc6-dev
    fi
    say "building Kubernetes $KUBERNETES_VERSION of Debian's $KUBERNETES_SUITE (about five minutes, once on this machine)"
    # A killed run left these behind. They have no owner, since this run holds the lock.
    chmod -R u+w "$KUBERNETES".build.* 2>/dev/null || true
    rm -rf "$KUBERNETES" "$KUBERNETES".build.*
    build=$(mktemp -d "$KUBERNETES.build.XXXXXX")
    mkdir "$build/bin"
    : >"$KUBERNETES.log"
    kubernetes_fetch "$build"
    kubernetes_openapi "$build"
    kubernetes_compile "$build"
    kubernetes_pause "$build"
    mv "$build/bin" "$KUBERNETES"
    rm -rf "$build"
}

# kubernetes_fetch BUILD: unpacks the source to BUILD/src/k8s.io/kubernetes, and etcd to BUILD/bin. The package of etcd
# is not installed, because it would start a service.
kubernetes_fetch() {
    local build=$1 source=$1/src/k8s.io/kubernetes mirror
    mkdir -p "$source" "$build/state/lists/partial" "$build/cache/archives/partial"
    apt_update
    mirror=$(base_image_mirror)
    [ -n "$mirror" ] || die "Kubernetes is needed, and apt here knows no mirror of Debian to take it from." \
        "Look at /etc/apt/sources.list and sources.list.d, and run this again."
    printf "%s [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $KUBERNETES_SUITE main\n" deb deb-src \
        >"$build/sources.list"
    separate_apt "$KUBERNETES_SUITE" "$KUBERNETES.log" "$build" update
    separate_apt "$KUBERNETES_SUITE" "$KUBERNETES.log" "$build" source --download-only kubernetes
    separate_apt "$KUBERNETES_SUITE" "$KUBERNETES.log" "$build" download etcd-server
    bounded 300 tar --extract --gzip --file "$build"/kubernetes_*.orig.tar.gz --strip-components=1 --directory "$source"
    dpkg -x "$build"/etcd-server_*.deb "$build/root"
    mv "$build/root/usr/bin/etcd" "$build/bin"
}

# kubernetes_openapi BUILD: writes the one generated file that the source lacks, the API server's description of its API.
kubernetes_openapi() {
    local build=$1 source=$1/src/k8s.io/kubernetes packages
    packages=$(cd "$source" && grep -rl --include='*.go' --exclude='*_test.go' --exclude-dir='_*' --exclude-dir=testdata \
        '^ *// *+k8s:openapi-gen=' pkg staging/src/k8s.io | xargs dirname | sort --unique \
        | sed -e 's#^staging/src#vendor#' -e 's#^#k8s.io/kubernetes/#' | paste --serial --delimiters=,)
    kubernetes_go "$build" go build -o "$build/openapi-gen" k8s.io/kubernetes/vendor/k8s.io/kube-openapi/cmd/openapi-gen
    kubernetes_go "$build" "$build/openapi-gen" -i "$packages" -p k8s.io/kubernetes/pkg/generated/openapi \
        -O zz_generated.openapi -h "$source/hack/boilerplate/boilerplate.generatego.txt" --output-base "$build/src" \
        -r "$build/violations"
}

# kubernetes_compile BUILD: clouds' own code, which takes half of the time, is left out. Without a version, the server
# would call itself v0.0.0, and clients look at that.
kubernetes_compile() {
    local build=$1 package flags=(-s -w) programs=("${KUBERNETES_PROGRAMS[@]/#/k8s.io/kubernetes/cmd/}")
    for package in component-base/version client-go/pkg/version; do
        package=k8s.io/kubernetes/vendor/k8s.io/$package
        flags+=(-X "$package.gitVersion=v$KUBERNETES_VERSION" -X "$package.gitMajor=1" -X "$package.gitMinor=20")
    done
    kubernetes_go "$build" go build -tags providerless -ldflags "${flags[*]}" -o "$build/bin/" "${programs[@]}"
}

# kubernetes_pause BUILD: compiles the program that holds a pod's namespaces.
kubernetes_pause() {
    kubernetes_run "$1" gcc -Os -Wall -static "-DVERSION=v$KUBERNETES_VERSION" -o "$1/bin/pause" \
        "$1/src/k8s.io/kubernetes/build/pause/linux/pause.c"
}

# kubernetes_go BUILD COMMAND…: module mode does not work with this source, so that it is used as a GOPATH. A generator
# that was built with -trimpath finds Go's own packages by GOROOT.
kubernetes_go() {
    kubernetes_run "$1" env GO111MODULE=off GOFLAGS=-trimpath CGO_ENABLED=0 GOPATH="$1" GOCACHE="$1/go-cache" \
        GOROOT="$(go env GOROOT)" "${@:2}"
}

kubernetes_run() {
    bounded 1800 env --chdir="$1/src/k8s.io/kubernetes" "${@:2}" >>"$KUBERNETES.log" 2>&1 \
        || die_with_log "$KUBERNETES.log" "A step of the build of Kubernetes failed." \
            "Check the disk's space and its log, and run this again."
}
