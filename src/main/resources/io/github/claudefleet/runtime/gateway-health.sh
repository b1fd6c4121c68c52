#!/bin/sh
# The gateway's health: a policy is in force. Run by `sh -c`.
# Usage: gateway-health.sh GATEWAY
[ -s "$1/private/$CLAUDE_FLEET_GATEWAY_PRIVATE/in-force" ]
