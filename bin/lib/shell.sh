# shellcheck shell=bash
# Check of this project's shell scripts. Needs common.sh.

# Checks all scripts: the commands, the files that they source, and the scripts for containers.
shellcheck_all() {
    need shellcheck shellcheck "The project's shell is checked"
    local scripts
    mapfile -t scripts < <(cd "$FLEET_ROOT" && find .ci bin -type f && find src/main -name '*.sh')
    [ "${#scripts[@]}" -gt 20 ] || die "There are ${#scripts[@]} scripts in $FLEET_ROOT." "Run this in a whole checkout."
    (cd "$FLEET_ROOT" && shellcheck --external-sources --severity=warning "${scripts[@]}")
}
