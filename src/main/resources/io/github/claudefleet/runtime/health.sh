#!/bin/sh
# The health check of an agent and of the auth container. Prints the state that the container's main process wrote last,
# and succeeds if it is a good one. An agent writes when it is ready, the keeper whenever its activity changes.
# Usage: health.sh
set -u
state='not ready yet'
file=${CLAUDE_FLEET_HEALTH:-/tmp/claude-fleet/health}
[ ! -r "$file" ] || read -r state <"$file"
printf '%s\n' "$state"
case $state in
    ready | keeping | refreshing) exit 0 ;;
esac
exit 1
