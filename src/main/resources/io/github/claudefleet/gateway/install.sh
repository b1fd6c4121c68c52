#!/bin/sh
# Installs the gateway's parts on the base image, while the image is built.
set -eu
home=/opt/claude-fleet-gateway
bundle=$home/ca-bundle.pem
cd "$home"

if [ -f "$bundle" ]; then
    # npm checks certificates against its own list, which does not contain a TLS-inspecting proxy.
    export NODE_EXTRA_CA_CERTS="$bundle" npm_config_cafile="$bundle"
fi

if ! command -v socat >/dev/null 2>&1; then
    if command -v apt-get >/dev/null 2>&1; then
        apt-get update
        apt-get install -y --no-install-recommends socat ca-certificates
        apt-get clean
        rm -rf /var/lib/apt/lists/*
    elif command -v apk >/dev/null 2>&1; then
        apk add --no-cache socat ca-certificates
    else
        echo "claude-fleet: the base has no socat and no apt-get or apk to install it with" >&2
        exit 1
    fi
fi

if ! command -v npm >/dev/null 2>&1; then
    echo "claude-fleet: the base has no npm to install the gateway with; name another base with egress.base" >&2
    exit 1
fi
# Both are checked against the hashes in package-lock.json.
npm ci --omit=dev --omit=peer --ignore-scripts --no-audit --no-fund
node record-presets.mjs
npm cache clean --force >/dev/null 2>&1
# Binaries for sandboxes on a desktop, which a gateway does not use.
rm -rf ~/.npm node_modules/@anthropic-ai/sandbox-runtime/vendor
command -v node >node-path

# Agents' images have perhaps no C library, or another one. So socat takes its own along, with the loader that finds it.
mkdir -p relay/lib
cp -L "$(command -v socat)" relay/socat
libraries=$(ldd relay/socat | sed -n 's/^.*=> \(\/[^ ]*\) .*$/\1/p')
loader=$(ldd relay/socat | sed -n 's/^[[:space:]]*\(\/[^ ]*ld[^ ]*\) .*$/\1/p' | sed -n 1p)
for library in $libraries; do
    cp -L "$library" relay/lib/
done
cp -L "$loader" relay/ld.so
chmod 755 relay/socat relay/ld.so
relay/ld.so --library-path relay/lib relay/socat -V >/dev/null
chmod -R a+rX "$home"
