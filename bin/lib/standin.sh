# shellcheck shell=bash
# The tests' stand-in for Anthropic's services (test sources, package standin), in a container on its own network.
# Agents on that network reach it under Anthropic's host names. Needs common.sh, and BASE_IMAGE in the engine.

STANDIN_CLASS=io.github.claudefleet.standin.AnthropicStandIn
STANDIN_LABEL=io.github.claudefleet.standin.run
# Longer than any run. The container ends by itself if the script that should remove it was killed.
STANDIN_LIFETIME=4h
STANDIN_TLS=$FLEET_CACHE/standin-tls
STANDIN_CONTAINER=
STANDIN_NETWORK=
STANDIN_URL=
STANDIN_CA=
STANDIN_BUNDLE=

# standin_start CLASSES FOLDER: CLASSES has the compiled test sources, with the plugin's own classes beside it, and the
# bundle is written to FOLDER. The CA stays in the cache directory, since images are built with it: with a new CA, each
# run would have to build its images again.
# Exports STANDIN_NETWORK (network of the agents), STANDIN_URL (its control address on this host), STANDIN_CA (its CA)
# and STANDIN_BUNDLE (this host's CAs and its own). standin_stop removes the container and the network.
standin_start() {
    local classes=$1 folder=$2 run=$$-$RANDOM
    [ -e "$classes/${STANDIN_CLASS//.//}.class" ] \
        || die "No $STANDIN_CLASS in $classes." "Compile the tests first: mvn test-compile"
    mkdir -p "$folder"
    (umask 077 && mkdir -p "$STANDIN_TLS")
    standin_network "claude-fleet-standin-$run"
    standin_container "$run" "$classes"
    standin_wait
    standin_exports "$folder"
    say "stand-in for Anthropic on network $STANDIN_NETWORK, control at $STANDIN_URL"
}

standin_network() {
    STANDIN_NETWORK=$1
    docker network create --label "$STANDIN_LABEL=$1" "$1" >/dev/null \
        || die "The engine could not make the network $1." "See what it says above; 'docker network ls' shows what is in the way."
}

# Runs as the caller's user, who then owns the files in the cache directory. This needs the sysctl for port 443.
standin_container() {
    local run=$1 classes=$2 home mounts=()
    home=$(java_property java.home)
    mapfile -t mounts < <(standin_jdk_mounts "$home")
    STANDIN_CONTAINER=$(docker create --name "claude-fleet-standin-$run" --label "$STANDIN_LABEL=$run" \
        --user "$(id -u):$(id -g)" --sysctl net.ipv4.ip_unprivileged_port_start=0 \
        --network "$STANDIN_NETWORK" --network-alias api.anthropic.com --network-alias platform.claude.com \
        --publish 127.0.0.1::8080 "${mounts[@]}" --volume "$classes:/standin/test-classes:ro" \
        --volume "${classes%/*}/classes:/standin/classes:ro" --volume "$STANDIN_TLS:/standin/tls" \
        "$BASE_IMAGE" timeout "$STANDIN_LIFETIME" "$home/bin/java" -Duser.home=/tmp -cp /standin/test-classes:/standin/classes "$STANDIN_CLASS" \
        --bind 0.0.0.0 --http 8080 --https 443 --tls /standin/tls) \
        || die "The engine could not make the stand-in's container." "See what it says above."
    docker start "$STANDIN_CONTAINER" >/dev/null \
        || standin_failed "The engine could not start the stand-in's container."
}

# standin_jdk_mounts HOME: prints the mounts of this host's JDK, with the directories in /etc that Debian's JDK links
# to. On a host with merged /usr it also mounts /usr, since the JDK may need a newer C library than the base image's.
standin_jdk_mounts() {
    local folder
    {
        echo "$1"
        [ ! -L /lib ] || echo /usr
        find "$1" -type l -exec readlink -f {} + | sed -n 's#^\(/etc/java[^/]*\)/.*#\1#p' | sort -u
    } | while read -r folder; do
        printf -- '--volume=%s:%s:ro\n' "$folder" "$folder"
    done
}

# Waits for the stand-in's single output line, which it prints when both ports answer.
standin_wait() {
    local deadline=$((SECONDS + 30))
    until docker logs "$STANDIN_CONTAINER" 2>/dev/null | grep -q '^stand-in ready '; do
        [ "$(docker inspect --format '{{.State.Running}}' "$STANDIN_CONTAINER")" = true ] \
            || standin_failed "The stand-in for Anthropic ended at once."
        [ $SECONDS -lt $deadline ] || standin_failed "The stand-in for Anthropic was not ready within 30 s."
        sleep 0.2
    done
}

standin_failed() {
    printf -- '--- the stand-in said\n' >&2
    docker logs --tail 40 "$STANDIN_CONTAINER" >&2 || true
    printf -- '---\n' >&2
    die "$1" "Mend what it says above. Its sources are in src/test/java/${STANDIN_CLASS//.//}.java."
}

standin_exports() {
    local folder=$1 port own=/etc/ssl/certs/ca-certificates.crt
    port=$(docker port "$STANDIN_CONTAINER" 8080/tcp | sed -n '1s/.*://p')
    STANDIN_URL=http://127.0.0.1:$port
    STANDIN_CA=$STANDIN_TLS/ca.pem
    STANDIN_BUNDLE=$folder/bundle.pem
    [ -s "$STANDIN_CA" ] || standin_failed "The stand-in wrote no CA to $STANDIN_CA."
    { [ ! -r "$own" ] || cat "$own"; cat "$STANDIN_CA"; } >"$STANDIN_BUNDLE"
    export STANDIN_NETWORK STANDIN_URL STANDIN_CA STANDIN_BUNDLE
}

# standin_stop: removes the container and the network by id and name, if they exist. The network stays while a fleet
# still uses it.
standin_stop() {
    [ -z "$STANDIN_CONTAINER" ] || docker rm --force --volumes "$STANDIN_CONTAINER" >/dev/null || true
    [ -z "$STANDIN_NETWORK" ] || docker network rm "$STANDIN_NETWORK" >/dev/null || true
    STANDIN_CONTAINER=
    STANDIN_NETWORK=
}
