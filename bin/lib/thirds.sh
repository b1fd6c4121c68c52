# shellcheck shell=bash
# `bin/test --ci` has half an hour, so it takes a third of what is slow. The number of commits tells which third: three
# commits after each other have all. A clone without the history takes it from the commit's id. Sourced after common.sh.

readonly THIRDS=3
# Repeat on another engine, at each point of a death, or for each lost answer, what other tests show once; and the
# release's two builds.
readonly SLOW_TESTS=(PodmanIT Engine26IT KilledWorkspaceIT GatewayOnPodmanIT GatewayOnDocker26IT LostAnswersIT ReleaseIT)
THIRD=

# take_third: makes of_this_run print a third from now on
take_third() {
    local number
    if [ "$(git -C "$FLEET_ROOT" rev-parse --is-shallow-repository)" = true ]; then
        number=0x$(git -C "$FLEET_ROOT" rev-parse --short=7 HEAD | cut -c1-7)
    else
        number=$(git -C "$FLEET_ROOT" rev-list --count HEAD)
    fi
    THIRD=$((number % THIRDS))
    say "third $((THIRD + 1)) of $THIRDS of the slow tests (all of them: bin/test --all)"
}

# of_this_run WORD…: prints the words of this run, a line each: all of them, or each third one
of_this_run() {
    printf '%s\n' "$@" | awk -v third="$THIRD" -v thirds="$THIRDS" 'third == "" || (NR - 1) % thirds == third'
}

# tests_of_this_run: prints a pattern of failsafe
tests_of_this_run() {
    printf '*IT'
    printf '%s\n' "${SLOW_TESTS[@]}" | grep -vxF -f <(of_this_run "${SLOW_TESTS[@]}") | sed 's/^/,!/' | tr -d '\n'
}
