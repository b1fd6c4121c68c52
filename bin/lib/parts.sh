# shellcheck shell=bash
# `bin/test --ci` has half an hour, so it takes one of PARTS of what runs on engines. The number of commits tells which:
# PARTS commits after each other have all. A clone without the history takes it from the commit's id, and where git can't
# tell, all of them run. Sourced after common.sh.

readonly PARTS=8
# Has the tests on Kubernetes, whose programs take minutes to build on a new machine, and none of what others share.
readonly CLUSTER_PART=7
# Those of one row take about as long.
readonly SLOW_TESTS=(
    KeeperScriptIT KeeperLoginIT GatewayIT PodmanIT KilledWorkspaceIT
    EngineFaultsIT RunScriptIT ContextIT FederationKeeperIT Engine26IT
    GatewayOnPodmanIT GatewayOnDocker26IT LostAnswersIT ReleaseIT TransferredShapesIT
    OtherMachineTransferIT IdentityScriptIT EngineRestartIT WorkspaceShapesIT KeeperLockIT
    DirectMountsOnAnEngineIT AgentScriptIT IdentityProxyIT SignInScriptIT PullIT
    FieldSituationsIT ClaudeContractIT UnprivilegedUserIT FirstHourIT SiteIT
    SilentLogIT UnbegunCommandIT WholeLogIT FederationContractIT
)
PART=

# take_part: makes of_this_run print a part from now on
take_part() {
    local number
    if ! number=$(number_of_commit 2>/dev/null); then
        say "git can't tell the number of commits in $FLEET_ROOT: all of the tests on engines run"
        return
    fi
    PART=$((number % PARTS))
    say "part $((PART + 1)) of $PARTS of the tests on engines (all of them: bin/test --all)"
}

# number_of_commit: prints how many commits led to this one; without the history, its id as a number. A checkout may
# belong to another user than the one who runs the tests.
number_of_commit() {
    local git=(git -c safe.directory='*' -C "$FLEET_ROOT")
    if [ "$("${git[@]}" rev-parse --is-shallow-repository)" = true ]; then
        printf '0x%.7s' "$("${git[@]}" rev-parse HEAD)"
    else
        "${git[@]}" rev-list --count HEAD
    fi
}

# has_cluster: succeeds if this run has the tests on Kubernetes
has_cluster() {
    [ -z "$PART" ] || [ "$PART" -eq "$CLUSTER_PART" ]
}

# of_this_run WORD…: prints the words of this run, a line each: all of them, or those of one part
of_this_run() {
    printf '%s\n' "$@" | awk -v part="$PART" -v parts="$CLUSTER_PART" 'part == "" || (NR - 1) % parts == part'
}

# one_of_this_run WORD…: prints the words of this run, a line each: all of them, or one
one_of_this_run() {
    local words=("$@")
    if [ -n "$PART" ]; then
        words=("${words[PART % $#]}")
    fi
    printf '%s\n' "${words[@]}"
}

# tests_of_this_run: prints a pattern of failsafe
tests_of_this_run() {
    printf '*IT'
    printf '%s\n' "${SLOW_TESTS[@]}" | grep -vxF -f <(of_this_run "${SLOW_TESTS[@]}") | sed 's/^/,!/' | tr -d '\n'
}
