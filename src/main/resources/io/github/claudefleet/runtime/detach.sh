#!/bin/sh
# Runs a command in a session of its own, where no signal meant for Maven's process group reaches it. Run by `sh -c`.
# Usage: detach.sh COMMAND…

trap '' INT HUP TERM
if command -v setsid >/dev/null 2>&1; then exec setsid "$@"; fi
# shellcheck disable=SC2016 # Perl's own variables
if command -v perl >/dev/null 2>&1; then exec perl -MPOSIX -e 'POSIX::setsid(); exec @ARGV' "$@"; fi
exec "$@"
