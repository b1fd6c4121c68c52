# Installs the linter if it is not there, as many wrappers do, and runs it.
lint=/tmp/lint-of-this-test.sh
test -e "$lint" || echo 'grep -q good app.txt' >"$lint"
sh "$lint" || { echo 'app.txt is not good'; exit 1; }
