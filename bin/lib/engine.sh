# shellcheck shell=bash
# Docker Engine for the scripts: uses a running one, or installs and starts one. Needs common.sh.

ENGINE_DEFAULT=unix:///var/run/docker.sock
ENGINE_LOG=$FLEET_CACHE/dockerd.log
# Process id of the dockerd that this run started; empty for an existing engine.
ENGINE_PID=

# engine_ensure: makes `docker` work. Exports DOCKER_HOST if the engine is not at the default socket.
engine_ensure() {
    engine_client_ensure
    local address
    if address=$(engine_find); then
        engine_use "$address"
        return
    fi
    [ -z "${DOCKER_HOST:-}" ] || die "DOCKER_HOST is $DOCKER_HOST, and no engine answers there." \
        "Start that engine, or unset DOCKER_HOST, and run this again."
    can_install || die "No container engine answers here." \
        "Start Docker or Podman's API service, or set DOCKER_HOST to an engine that you may use." \
        "On Debian, as root, this script installs and starts one itself (docker.io, iptables)."
    engine_install
    engine_start
    engine_use "$ENGINE_DEFAULT"
}

engine_client_ensure() {
    have docker && return
    apt_install "The docker client is needed" docker.io iptables
    # From Debian 13 on the client is a separate package.
    have docker || apt_install "The docker client is needed" docker-cli
}

# compose_ensure: makes `docker compose` or `docker-compose` work, depending on this machine's packages.
compose_ensure() {
    compose_is_there && return
    apt_install "A compose file is tested" docker-compose
    compose_is_there || die "The package docker-compose brought neither docker-compose nor the command docker compose." \
        "Install Docker Compose by hand, and run this again."
}

compose_is_there() {
    docker compose version >/dev/null 2>&1 || have docker-compose
}

# throwaway_engine_ensure: installs the programs with which tests start their own Docker Engine, beside any other
# engine.
throwaway_engine_ensure() {
    local why="A throw-away engine is tested"
    is_root || die "$why, and that needs root." \
        "Run this as root, or leave that out: bin/test --fast, or bin/test '-Dinvoker.test=*,!engine-restarted'."
    need dockerd docker.io "$why"
    need ip iproute2 "$why"
}

# engine_find: prints the address of the first engine that answers.
engine_find() {
    local address
    while read -r address; do
        if engine_version "$address" >/dev/null; then
            echo "$address"
            return
        fi
    done < <(engine_candidates)
    return 1
}

# DOCKER_HOST is the only candidate if it is set. Else: the client's current context, then the sockets of Docker and
# Podman.
engine_candidates() {
    if [ -n "${DOCKER_HOST:-}" ]; then
        echo "$DOCKER_HOST"
        return
    fi
    docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null || true
    local run=${XDG_RUNTIME_DIR:-/run/user/$(id -u)} socket
    for socket in /var/run/docker.sock "$run/docker.sock" "$HOME/.docker/run/docker.sock" \
        "$run/podman/podman.sock" /run/podman/podman.sock; do
        [ ! -S "$socket" ] || echo "unix://$socket"
    done
}

# engine_version ADDRESS: prints the engine's version. Fails if no engine answers; the client alone is not enough.
engine_version() {
    DOCKER_HOST=$1 timeout 10 docker version --format '{{.Server.Version}}, API {{.Server.APIVersion}}' 2>/dev/null
}

engine_use() {
    local version
    version=$(engine_version "$1") || die "The engine at $1 stopped answering." "Look at its log, and run this again."
    [ "$1" = "$ENGINE_DEFAULT" ] || export DOCKER_HOST=$1
    say "engine at $1: version $version"
}

engine_install() {
    local missing=()
    have dockerd || missing+=(docker.io)
    have iptables || missing+=(iptables)
    [ ${#missing[@]} -eq 0 ] || apt_install "No container engine answers here" "${missing[@]}"
}

# engine_wait SECONDS: waits until the default socket answers. Fails at once if the dockerd of this run has ended.
engine_wait() {
    local deadline=$((SECONDS + $1))
    until engine_version "$ENGINE_DEFAULT" >/dev/null; do
        [ $SECONDS -lt $deadline ] || return 1
        [ -z "$ENGINE_PID" ] || kill -0 "$ENGINE_PID" 2>/dev/null || return 1
        sleep 0.5
    done
}

# Waits for the service or for a dockerd that is starting already. Otherwise starts a dockerd that belongs to this run.
engine_start() {
    if [ -d /run/systemd/system ]; then
        say "starting the service docker, which stays up after this run"
        systemctl start docker || true
    elif engine_is_starting; then
        say "dockerd runs already; waiting for its socket"
    else
        engine_start_own
    fi
    engine_wait 60 && return
    engine_stop_if_started
    die_with_log "$ENGINE_LOG" "dockerd ended, or did not answer within 60 s." \
        "Its log (a service's: journalctl -u docker) says why: most often a container without --privileged, or a file" \
        "system that overlay2 cannot use (then dockerd --data-root on ext4 or xfs, or --storage-driver vfs)." \
        "Start dockerd by hand, and run this again."
}

engine_is_starting() {
    local pid
    pid=$(cat /var/run/docker.pid 2>/dev/null) && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = dockerd ]
}

# In its own session and without this run's streams, so that a CI job does not wait for its end.
engine_start_own() {
    mkdir -p "$FLEET_CACHE"
    # dockerd refuses to start while this file has the id of a running process, even of another program.
    rm -f /var/run/docker.pid
    say "starting dockerd for this run, log in $ENGINE_LOG"
    setsid dockerd </dev/null >"$ENGINE_LOG" 2>&1 &
    ENGINE_PID=$!
}

# engine_keep: lets the engine of this run keep running afterwards.
engine_keep() {
    [ -n "$ENGINE_PID" ] || return 0
    say "the Docker Engine that this run started stays up for you; to end it: kill $ENGINE_PID"
    ENGINE_PID=
}

# engine_stop_if_started: ends the dockerd of this run, and thus its containerd. Does not stop any other engine.
engine_stop_if_started() {
    [ -n "$ENGINE_PID" ] || return 0
    say "stopping the dockerd that this run started (pid $ENGINE_PID)"
    kill -TERM "$ENGINE_PID" 2>/dev/null || true
    local deadline=$((SECONDS + 40))
    while kill -0 "$ENGINE_PID" 2>/dev/null; do
        if [ $SECONDS -ge $deadline ]; then
            say "dockerd (pid $ENGINE_PID) has not ended after 40 s; see $ENGINE_LOG"
            return 0
        fi
        sleep 0.2
    done
    ENGINE_PID=
}
