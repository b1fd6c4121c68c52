#!/bin/sh
# Gets the workload's identity token, and writes it for the CLI. Checks what can be known without the service, which
# answers all refused tokens alike. Prints nothing and ends with 0 if the token may be exchanged; otherwise prints
# verdict=WORD and detail=TEXT, without the token, and ends with 1.
# Usage: identity.sh [claims]   with "claims" it only describes the token that was written last
set -u
umask 077
here=${0%/*}
directory=${CLAUDE_FLEET_IDENTITY:-/claude-fleet/identity}
mounted=${CLAUDE_FLEET_IDENTITY_SOURCE:-/claude-fleet/identity-source}
profile=$here/federation
origin=$(cat "$profile/origin" 2>/dev/null)
# Limit of the CLI, in characters.
MOST=16384
# Clocks of runners differ. Within this time, in seconds, the service decides.
SKEW=60

refuse() {
    printf 'verdict=%s\ndetail=%s\n' "$1" "$2"
    exit 1
}

# A token has none of these: line ends, a byte order mark, zero bytes of UTF-16, and other bytes beyond ASCII.
cleaned() {
    head -c 65536 "$1" 2>/dev/null | LC_ALL=C tr -cd '\041-\176'
}

# ---- the token

read_given() {
    file=$directory/given
    if [ -f "$profile/file" ]; then
        file=$mounted/$(cat "$profile/file")
        # What Maven could read when it started the fleet.
        [ -r "$file" ] && [ -s "$file" ] || file=$directory/given
    fi
    [ -s "$file" ] || refuse missing "$origin gave none, or the engine was restarted"
    token=$(cleaned "$file")
}

request() {
    if command -v node >/dev/null 2>&1; then
        node "$here/identity.mjs" "$directory"
    elif command -v curl >/dev/null 2>&1; then
        request_by_curl
    else
        refuse missing "the image has neither node nor curl to ask $origin"
    fi
}

# Its configuration comes from standard input, because arguments are visible to other processes.
request_by_curl() {
    ca=
    if [ -r "${NODE_EXTRA_CA_CERTS:-}" ]; then
        ca=$directory/ca.pem
        cat /etc/ssl/certs/ca-certificates.crt "$NODE_EXTRA_CA_CERTS" >"$ca" 2>/dev/null
    fi
    printf 'url = "%s"\nheader = "Authorization: Bearer %s"\n' \
        "$(cat "$directory/request-url")" "$(cat "$directory/request-token")" |
        curl --silent --show-error --max-time 15 ${ca:+--cacert "$ca"} --dump-header "$directory/head" \
            --output "$directory/body" --config - || return 1
    sed -n 's/^HTTP[^ ]* \([0-9]*\).*/\1/p' "$directory/head" | tail -n 1
    cat "$directory/body"
    rm -f "$directory/head" "$directory/body"
}

fetch() {
    answer=$(request 2>"$directory/errors")
    status=$?
    # A refusal in the subshell.
    case $answer in verdict=*) printf '%s\n' "$answer" && exit 1 ;; esac
    [ "$status" -eq 0 ] || refuse unreachable "$origin: $(head -n 1 "$directory/errors" | head -c 300)"
    code=$(printf '%s\n' "$answer" | head -n 1)
    case $code in
        200) ;;
        401 | 403 | 404) refuse missing "$origin answers $code: the job has ended, or has no permission id-token: write" ;;
        *) refuse unreachable "$origin answers $code" ;;
    esac
    token=$(printf '%s\n' "$answer" | tail -n +2 | tr -d '\r\n' | sed -n 's/.*"value" *: *"\([^"]*\)".*/\1/p')
    [ -n "$token" ] || refuse malformed "$origin answers without a value"
}

# ---- its claims, which nobody has verified

claims() {
    part=${1#*.}
    part=$(printf '%s' "${part%%.*}" | tr -- '-_' '+/')
    while [ $((${#part} % 4)) -ne 0 ]; do
        part=$part=
    done
    printf '%s' "$part" | base64 -d 2>/dev/null | tr -d '\000-\037' | sed 's#\\/#/#g'
}

# Prints a time in seconds since 1970; nothing if there is none in plain digits.
time_of() {
    printf '%s' "$claims" | sed -nE "s/.*\"$1\" *: *([0-9]{9,12})[^0-9eE].*/\1/p"
}

text_of() {
    printf '%s' "$claims" | sed -nE "s/.*\"$1\" *: *(\[[^]]*\]|\"[^\"]*\").*/\1/p" | head -c 300
}

describe() {
    printf 'its issuer is %s, its subject %s, its audience %s' "$(text_of iss)" "$(text_of sub)" "$(text_of aud)"
    begin=$(time_of nbf)
    [ -n "$begin" ] || begin=$(time_of iat)
    if [ -n "$begin" ] && [ "$begin" -gt "$now" ]; then
        printf ', and it is valid in %s s: this machine'\''s clock may be behind' $((begin - now))
    fi
    if [ -n "$expires" ] && [ "$expires" -le "$now" ]; then
        printf ', and it expired %s s ago' $((now - expires))
    fi
}

check_form() {
    [ -n "$token" ] || refuse missing "$origin is empty"
    [ "${#token}" -le "$MOST" ] || refuse malformed "$origin has ${#token} characters, and the service takes $MOST"
    case $token in
        "{"*) refuse malformed "$origin has JSON: the token alone is needed, such as by jq -r .value" ;;
        *[!A-Za-z0-9._-]* | *.*.*.*) refuse malformed "$origin has characters or parts that no such token has" ;;
        ?*.?*.?*) ;;
        *) refuse malformed "$origin has a text without the three parts of such a token" ;;
    esac
    case $claims in
        "{"*"}") ;;
        *) refuse malformed "the second part of the token of $origin is no JSON" ;;
    esac
}

check_claims() {
    case $(text_of aud) in
        *"\"$audience\""*) ;;
        *) refuse audience "the token of $origin is for $(text_of aud), and auth.audience is \"$audience\"" ;;
    esac
    # One that was issued just now is not old: this machine's clock is wrong, and the service decides.
    if [ -z "$fresh" ] && [ -n "$expires" ] && [ "$expires" -le $((now - SKEW)) ]; then
        refuse expired "that of $origin ended $((now - expires)) s ago"
    fi
    if [ "$token" = "$(cat "$directory/used" 2>/dev/null)" ] && [ -n "$(text_of jti)" ]; then
        refuse used "that of $origin, and nothing has put a new one in its place"
    fi
}

fresh=
audience=$(cat "$profile/audience")
now=$(date +%s)
if [ "${1:-}" = claims ]; then
    token=$(cat "$directory/token")
    claims=$(claims "$token")
    expires=$(time_of exp)
    describe
    exit
fi
if [ -f "$directory/request-url" ] && [ ! -f "$profile/file" ]; then
    fetch
    fresh=yes
else
    read_given
fi
claims=$(claims "$token")
expires=$(time_of exp)
check_form
check_claims
# The link or the rename of a reader would see half a file.
printf '%s' "$token" >"$directory/token.new" && mv "$directory/token.new" "$directory/token"
