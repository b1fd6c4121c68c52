#!/bin/sh
# Git hook that adds the agent's name to each commit that is made in the agent's own workspace.
exec git interpret-trailers --in-place --if-exists doNothing --trailer "Claude-Fleet: $(git config claude-fleet.agent)" "$1"
