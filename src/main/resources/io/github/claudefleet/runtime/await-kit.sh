#!/bin/sh
# The auth container's command: waits up to a minute for the kit, then becomes the keeper. Run by `sh -c`.
# Usage: await-kit.sh KIT

n=0
until [ -f "$1/digest" ]; do
    n=$((n + 1))
    [ "$n" -gt 600 ] && exit 70
    sleep 0.1
done
exec /bin/sh "$1/keeper.sh"
