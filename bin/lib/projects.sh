# shellcheck shell=bash
# Runs the projects in src/it by several Mavens in parallel. The invoker runs one project's script at a time, regardless
# of its number of threads (its script runner has a lock), and most of the scripts wait most of the time. Sourced after
# common.sh. Needs MVN and the variables of the base image, the stand-in and Docker 26.

readonly LANES=3
readonly IMAGE_PROJECT=bundled-image
readonly CLUSTER_PROJECT=kubernetes
# Has ten agents and ten expiries with -Dmatrix.all.
readonly SOAK_PROJECT=login-outlives-expiries-and-kills
# Has forty agents with -Dmatrix.all.
readonly CROWD_PROJECT=egress

# start_maven_with_standin SECONDS ARGUMENT…: starts Maven with the properties of the stand-in
start_maven_with_standin() {
    local seconds=$1
    shift
    start_bounded "$seconds" "${MVN[@]}" "-Dit.baseImage=$BASE_IMAGE" "-Dstandin.network=$STANDIN_NETWORK" \
        "-Dstandin.url=$STANDIN_URL" "-Dstandin.ca=$STANDIN_CA" "-Dstandin.bundle=$STANDIN_BUNDLE" "$@"
}

# start_projects NAME ARGUMENT…: uses the plugin that `mvn verify` has installed. NAME is a prefix of the output's
# lines.
start_projects() {
    local name=$1
    shift
    start_maven_with_standin 3000 -Prun-its "-Dit.engine26=$ENGINE26" -Dit.podman=true "$@" </dev/null > >(sed --unbuffered "s/^/$name | /") 2>&1
}

# The first project builds the bundled image, which all others use.
projects_of_this_maven() {
    local lane unknown
    unknown=$(listed_projects each-run slow | grep -vxF -f <(projects) | paste -sd' ' || true)
    [ -z "$unknown" ] || die "A list in src/it has $unknown, and src/it has no such project." "Correct the list."
    start_lane image "$IMAGE_PROJECT"
    wait_child
    for ((lane = 0; lane < LANES; lane++)); do
        start_lane "$lane" "$(projects_of_this_run | awk -v lanes="$LANES" -v lane="$lane" 'NR % lanes == lane' | paste -sd,)"
    done
    wait_children
}

# soak ARGUMENT…: the soak alone
soak() {
    start_projects soak invoker:run@this-maven "-Dinvoker.test=$SOAK_PROJECT" -Dit.threads=1 "$@"
    wait_child
}

# crowd ARGUMENT…: many agents behind one gateway, alone
crowd() {
    start_projects crowd invoker:run@this-maven "-Dinvoker.test=$CROWD_PROJECT" -Dit.threads=1 "$@"
    wait_child
}

# start_lane NAME PROJECT,PROJECT…: starts these projects with one Maven
start_lane() {
    start_projects "lane $1" invoker:run@this-maven "-Dit.lane=-$1" "-Dinvoker.test=$2" -Dit.threads=1
}

# Runs the Mavens one after another, since a project's script finds its containers by the fleet's name.
start_projects_of_other_mavens() {
    local newest runs=()
    mapfile -t runs < <(one_of_this_run invoker:run@maven-3.6.3 invoker:run@maven-3.9 invoker:run@maven-4)
    newest=$(newest_jdk)
    if [ -n "$newest" ]; then
        runs+=(invoker:run@newest-jdk "-Dit.newestJdk=$newest")
    else
        say "no JDK newer than $(java_property java.specification.version) is installed: nothing runs on another one"
    fi
    start_projects "other Mavens" "${runs[@]}"
}

# newest_jdk: prints the home of the newest JDK that is installed; prints nothing if none is newer than java on the PATH
newest_jdk() {
    local home version newest found=
    newest=$(java_property java.specification.version)
    for home in /usr/lib/jvm/*/ "$HOME"/.sdkman/candidates/java/*/ "$HOME"/.jdks/*/; do
        [ -x "$home/bin/javac" ] && [ -r "$home/release" ] || continue
        version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
        if [ "${version:-0}" -gt "$newest" ]; then
            newest=$version
            found=${home%/}
        fi
    done
    printf '%s' "$found"
}

projects_of_other_mavens() {
    start_projects_of_other_mavens
    wait_child
}

# projects_of_this_run: prints the projects' names, a line each
projects_of_this_run() {
    local shared
    mapfile -t shared < <(listed_projects slow &&
        projects | grep -vxF -e "$IMAGE_PROJECT" -e "$CLUSTER_PROJECT" -f <(listed_projects each-run slow))
    listed_projects each-run
    of_this_run "${shared[@]}"
    ! has_cluster || echo "$CLUSTER_PROJECT"
}

projects() {
    (cd "$FLEET_ROOT/src/it" && printf '%s\n' */pom.xml) | sed 's,/pom.xml$,,'
}

# listed_projects LIST…: prints the projects of src/it/LIST-projects.txt
listed_projects() {
    local list
    for list in "$@"; do
        sed '/^#/d' "$FLEET_ROOT/src/it/$list-projects.txt"
    done
}
