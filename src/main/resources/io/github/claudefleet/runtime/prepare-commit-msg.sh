#!/bin/sh
# Git runs this before it commits for an agent that has a workspace of its own: the commit says whose it is.
exec git interpret-trailers --in-place --if-exists doNothing --trailer "Claude-Fleet: $(git config claude-fleet.agent)" "$1"
