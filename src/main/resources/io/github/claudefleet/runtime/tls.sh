#!/bin/sh
# Prints `ok` if a host's certificate is trusted here, `none` if there is no tool to try it with, or what the tool says.
# Run by `sh -c`.
# Usage: tls.sh HOST

h=$1 ca=${NODE_EXTRA_CA_CERTS:-}
if command -v node >/dev/null 2>&1; then
    timeout 15 node -e "require('https').get('https://$h/',r=>{console.log('ok');r.destroy()})\
.on('error',e=>{console.log(e.message);process.exit(1)})" 2>&1 || echo 'no answer'
elif command -v curl >/dev/null 2>&1; then
    if timeout 15 curl -sS -o /dev/null "https://$h/" 2>&1 \
        || { [ -n "$ca" ] && timeout 15 curl -sS --cacert "$ca" -o /dev/null "https://$h/" 2>&1; }; then
        echo ok
    else
        echo 'no answer'
    fi
elif command -v openssl >/dev/null 2>&1; then
    timeout 15 openssl s_client -connect "$h:443" -servername "$h" -verify_hostname "$h" -verify_return_error \
        ${ca:+-CAfile "$ca"} </dev/null 2>&1 \
        | sed -n 's/^Verify return code: 0.*/ok/p; s/^ *Verification: OK$/ok/p; /rror/p'
else
    echo none
fi
