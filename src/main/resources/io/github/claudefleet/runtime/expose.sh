#!/bin/sh
# Gives agents the login without its refresh token: writes for-agents/.credentials.json in the login directory, the only
# directory of it that agents see. A damaged or blanked login leaves the copy as it is, because the keeper may repair it.
# Usage: expose.sh [ended]   with "ended" a blanked login is copied, too
# Ends with 1 if the copy cannot be written, after it has printed the reason.
set -u
umask 077
directory=${CLAUDE_SECURESTORAGE_CONFIG_DIR:-}
file=$directory/.credentials.json
place=$directory/for-agents
copy=$place/.credentials.json
# Members that the CLI reads, by name: a member that a later CLI adds may be a secret.
MEMBERS='accessToken expiresAt scopes subscriptionType subscriptionTypeSource rateLimitTier accountUuid organizationUuid'
VALUE='("[^"\]*"|[0-9]+|\[("[^"\]*",?)*\])'

# Other modes have their credential in another directory, and sharing `all` has no copy.
[ "${CLAUDE_FLEET_LOGIN:-login}" = login ] && [ -n "$directory" ] || exit 0

# A pipe in its place would never end.
squeezed() {
    [ -f "$file" ] && head -c 65536 "$file" 2>/dev/null | tr -d '[:space:]\000'
}

# Prints the login for agents.
without_refresh_token() {
    members=
    for name in $MEMBERS; do
        member=$(printf '%s' "$login" | grep -oE "\"$name\":$VALUE" | head -n 1)
        [ -z "$member" ] || members=$members${members:+,}$member
    done
    printf '{"claudeAiOauth":{%s}}' "$members"
}

write() {
    [ "$1" != "$(cat "$copy" 2>/dev/null)" ] || return 0
    new=$(mktemp "$copy.XXXXXX") && printf '%s' "$1" >"$new" && mv "$new" "$copy" && return 0
    [ -z "$new" ] || rm -f "$new"
    exit 1
}

# A logout removes the file, or the login from it. A file that is no object is damaged.
# Usage: follow CONTENT [ended]
follow() {
    login=$(printf '%s' "$1" | sed -n 's/.*"claudeAiOauth":{\([^}]*\)}.*/\1/p')
    case $login in
        *'"accessToken":""'*) [ "$2" != ended ] || write "$(without_refresh_token)" ;;
        *'"accessToken":"'*) write "$(without_refresh_token)" ;;
        ?*) ;;
        *) withdraw "$1" ;;
    esac
}

withdraw() {
    case $1 in
        *'"claudeAiOauth":{'*) ;;
        "{"*"}") rm -f "$copy" ;;
        *) [ -e "$file" ] || rm -f "$copy" ;;
    esac
}

mkdir -p "$place" || exit 1
tries=5
now=$(squeezed)
# Another process may renew the login meanwhile, and its newer copy must not be replaced by this one.
while [ "$tries" -gt 0 ]; do
    tries=$((tries - 1))
    former=$now
    follow "$former" "${1:-}"
    now=$(squeezed)
    [ "$now" != "$former" ] || exit 0
done
