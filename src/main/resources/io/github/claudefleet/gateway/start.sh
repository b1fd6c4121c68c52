#!/bin/sh
# Starts the gateway. Its memory limits keep it below that of its container.
cd /opt/claude-fleet-gateway || exit 1
exec "$(cat node-path)" --max-http-header-size=65536 --max-old-space-size=160 --max-semi-space-size=4 gateway.mjs
