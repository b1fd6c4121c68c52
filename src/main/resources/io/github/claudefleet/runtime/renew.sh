#!/bin/sh
# Has the CLI renew the login where that is due, and see it through. It asks no model. `claude auth status` renews as well,
# but turns away from a service that is silent for eight seconds, and the login is lost. Not to be cut short.
exec claude -p /context --setting-sources user --strict-mcp-config --no-session-persistence
