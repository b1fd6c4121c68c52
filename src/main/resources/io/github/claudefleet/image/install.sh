#!/bin/sh
# Installs the Claude Code CLI and git on the base image, while the image is built.
set -eu
version=$1
bundle=/opt/claude-fleet/ca-bundle.pem

if [ -f "$bundle" ]; then
    # npm checks certificates against its own list, which does not contain a TLS-inspecting proxy.
    export NODE_EXTRA_CA_CERTS="$bundle" npm_config_cafile="$bundle"
fi

if ! command -v git >/dev/null 2>&1; then
    if command -v apt-get >/dev/null 2>&1; then
        apt-get update
        apt-get install -y --no-install-recommends git ca-certificates
        rm -rf /var/lib/apt/lists/*
    elif command -v apk >/dev/null 2>&1; then
        apk add --no-cache git ca-certificates
    else
        echo "claude-fleet: the base has no git and no apt-get or apk to install it with" >&2
        exit 1
    fi
fi

has_version() {
    command -v claude >/dev/null 2>&1 && claude --version 2>/dev/null | grep -q "^$version "
}

if ! has_version; then
    if ! command -v npm >/dev/null 2>&1; then
        echo "claude-fleet: the base has neither Claude Code $version nor npm to install it with;" \
            "name another base with image.base" >&2
        exit 1
    fi
    npm install -g "@anthropic-ai/claude-code@$version"
    npm cache clean --force >/dev/null 2>&1
    rm -rf ~/.npm
    has_version || { echo "claude-fleet: npm installed something that is not Claude Code $version" >&2; exit 1; }
fi

# Containers run as a numeric user; the name is only for people, and not every base has the tools to set one.
name_user() {
    taken=$(sed -n 's/^\([^:]*\):[^:]*:1000:.*/\1/p' /etc/passwd)
    case $taken in
        agent) ;;
        "") useradd --uid 1000 --user-group --home-dir /home/agent --no-create-home --shell /bin/sh agent ;;
        *) usermod --login agent --home /home/agent "$taken" && groupmod --new-name agent "$taken" ;;
    esac
}

name_user || echo "claude-fleet: user 1000 can't be given the name agent on this base, and goes without"
mkdir -p /home/agent /workspace
chmod 1777 /home/agent /workspace
