# shellcheck shell=bash
# The shell of this project, checked. Needs common.sh.

# All of it: our commands, what they source, and what runs in containers.
shellcheck_all() {
    need shellcheck shellcheck "The project's shell is checked"
    local scripts
    mapfile -t scripts < <(cd "$FLEET_ROOT" && git ls-files .ci bin 'src/main/**/*.sh')
    [ "${#scripts[@]}" -gt 20 ] || die "git lists ${#scripts[@]} scripts in $FLEET_ROOT." "Run this in a clone."
    (cd "$FLEET_ROOT" && shellcheck --external-sources --severity=warning "${scripts[@]}")
}
