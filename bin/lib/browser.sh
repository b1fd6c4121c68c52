# shellcheck shell=bash
# A browser to look at the HTML report with. Needs common.sh.

# browser_ensure: `chromium` works afterwards.
browser_ensure() {
    need chromium chromium "The HTML report is tested in a browser"
    say "$(chromium --version 2>/dev/null)"
}
