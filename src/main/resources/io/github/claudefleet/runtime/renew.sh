#!/bin/sh
# Lets the CLI renew the login if that is due, and wait for the result. It calls no model. `claude auth status` renews
# as well, but gives up if the service does not answer for eight seconds, and the login is lost. Must not be killed.
exec claude -p /context --setting-sources user --strict-mcp-config --no-session-persistence
