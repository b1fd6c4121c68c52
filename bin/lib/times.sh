# shellcheck shell=bash
# Lists what took the longest in a run of the tests. Sourced after common.sh.

readonly SLOWEST=30

# print_slowest SECONDS: prints the classes and projects that took longest, of the reports written since SECONDS ago.
# Several run at once, so that their times exceed the stage's.
print_slowest() {
    local since=$1
    find "$FLEET_ROOT/target" -maxdepth 3 -newermt "$since seconds ago" \
        \( -path '*-reports/TEST-*.xml' -o -path '*/invoker-reports/*/BUILD-*.xml' \) -print0 2>/dev/null \
        | xargs --null --no-run-if-empty grep -HoE '^ *<(testsuite|build-job) .*' \
        | sed -nE \
            -e 's,^.*<testsuite .* name="([^"]*)" time="([0-9.]+)".*,\2 \1,p' \
            -e 's,^.*/invoker-reports/([^/]*)/.*<build-job project="([^"]*)/pom.xml".* time="([0-9.]+)".*,\3 \2 (\1),p' \
        | LC_ALL=C sort --general-numeric-sort --reverse | head -n "$SLOWEST" \
        | while read -r seconds name; do
            LC_ALL=C printf '%7.0f s  %s\n' "$seconds" "$name"
        done
}
