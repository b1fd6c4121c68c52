# shellcheck shell=bash
# Browser for the tests of the HTML report. Needs common.sh.

# browser_ensure: installs `chromium` if it is missing.
browser_ensure() {
    need chromium chromium "The HTML report is tested in a browser"
    say "$(chromium --version 2>/dev/null)"
}
