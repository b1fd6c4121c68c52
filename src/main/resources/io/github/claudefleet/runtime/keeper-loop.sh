#!/bin/sh
# The keeper: watches the login directory, and is the only process that refreshes the login. It does so through the CLI,
# which refreshes by itself when less than about five minutes are left. Times are in seconds.
set -u
umask 077
here=${0%/*}
directory=${CLAUDE_SECURESTORAGE_CONFIG_DIR:-$CLAUDE_CONFIG_DIR}
file=$directory/.credentials.json
# The last whole login; and one that was restored or rejected, which must not be restored a second time.
good=$file.last-good
aside=$file.set-aside
lock=$directory/.oauth_refresh.lock
state=${CLAUDE_FLEET_KIT:-/claude-fleet/kit}/state/keeper
# Its current activity, for the health check.
health=${CLAUDE_FLEET_HEALTH:-/tmp/claude-fleet/health}
# In its own session the CLI gets no signal that is sent to a whole process group.
apart=$(command -v setsid)
most_bytes=65536
# A missing login is only waited for if a user can sign in.
nothing=keeping
[ "${CLAUDE_FLEET_LOGIN:-login}" != login ] || nothing=waiting

seen=never former='' kind='' text='' expires=0 written=0 steady=0
failures=0 retry=0 refreshed=0 restarts=0 refused='' told='' reported='' shown=''
lock_seen='' lock_steady=0 lock_odd=''
pause=0 slept=0 nap='' stopping=''

say() {
    printf 'claude-fleet: keeper %s\n' "$1" >&2
}

say_once() {
    [ "$told" = "$1" ] || say "$1"
    told=$1
}

sooner() {
    [ "$1" -ge "$pause" ] || pause=$1
    [ "$pause" -ge 1 ] || pause=1
}

cli_runs() {
    grep -qx claude /proc/[0-9]*/comm 2>/dev/null
}

# ---- content of the file

# Prints a file without white space; shells drop a zero byte, on which the CLI fails.
squeezed() {
    head -c "$most_bytes" "$1" 2>/dev/null | tr -d '[:space:]' | tr '\000' '?'
}

# A truncated file lacks a brace.
is_object() {
    case $text in
        "{"*"}") ;;
        *) return 1 ;;
    esac
    opened=$(printf '%s' "$text" | tr -cd '{')
    closed=$(printf '%s' "$text" | tr -cd '}')
    [ "${#opened}" -eq "${#closed}" ]
}

# Sets the kind of the text: damaged, absent, blank (the CLI blanks a login whose refresh was rejected), whole, other.
judge() {
    kind=damaged
    is_object || return 0
    login=$(printf '%s' "$text" | sed -n 's/.*"claudeAiOauth":{\([^}]*\)}.*/\1/p')
    kind=absent
    [ -n "$login" ] || return 0
    kind=other
    case $login in
        *'"accessToken":""'*) kind=blank ;;
        *'"accessToken":"'*)
            case $login in
                *'"refreshToken":"'[!\"]*) judge_end ;;
            esac
            ;;
    esac
}

judge_end() {
    millis=$(printf '%s,' "$login" | sed -n 's/.*"expiresAt":\([1-9][0-9]\{3,14\}\),.*/\1/p')
    [ -z "$millis" ] || { kind=whole && expires=${millis%???}; }
}

# Reads the file if it was written since the last check.
look() {
    stamp=$(stat -c '%Y %s %i' "$file" 2>/dev/null)
    [ "$stamp" != "$seen" ] || return 0
    seen=$stamp
    text='' kind=absent expires=0 written=0
    if [ -n "$stamp" ]; then
        read_file
    fi
    [ "$kind $text" = "$former" ] || take_note
}

read_file() {
    written=${stamp%% *}
    size=${stamp#* }
    # The stamp has a resolution of one second: a file of the current second may be written again in it.
    [ "$written" -lt $((now - 1)) ] || seen=again
    kind=other
    if [ -f "$file" ] && [ ! -L "$file" ] && [ -r "$file" ] && [ "${size% *}" -le "$most_bytes" ]; then
        text=$(squeezed "$file")
        judge
    fi
}

take_note() {
    former="$kind $text"
    failures=0 retry=0 steady=0 slept=0 told=
    expose
}

# Agents see a copy of the login without its refresh token.
expose() {
    /bin/sh "$here/expose.sh" "$@" || say "cannot give the login to agents"
}

# ---- the last good login

# Copies the login; a restored login is copied only after a refresh has proved it.
keep() {
    [ "$text" != "$kept" ] || return 0
    if [ "$text" != "$(squeezed "$aside")" ]; then
        copy=$(mktemp "$good.XXXXXX" 2>/dev/null) || return 0
        if ! { cat "$file" >"$copy" && [ "$(squeezed "$copy")" = "$text" ] && mv "$copy" "$good"; } 2>/dev/null; then
            rm -f "$copy"
            return 0
        fi
        rm -f "$aside"
    fi
    kept=$text
}

# Restores the last good login if the file is damaged and no other process is working on it.
mend() {
    sooner 2
    if [ "$steady" -lt 2 ] || [ -e "$lock" ] || cli_runs; then
        return 0
    fi
    # If there are two keepers, only one can move it.
    mv "$good" "$aside" 2>/dev/null || return 0
    put=$(squeezed "$aside")
    # The service has rejected exactly this login: a second attempt would look like theft.
    [ "$put" != "$refused" ] || return 0
    copy=$(mktemp "$file.XXXXXX" 2>/dev/null) || return 0
    if { cat "$aside" >"$copy" && mv "$copy" "$file"; } 2>/dev/null; then
        say "found the login $kind and put the last good one back"
        seen=again
        look
        [ "$kind" != whole ] || tend
    else
        rm -f "$copy"
        mv "$aside" "$good"
    fi
}

give_up() {
    report "$1"
    if [ -f "$good" ]; then
        mend
    elif [ "$told" != "$2" ]; then
        say_once "$2"
        expose ended
    fi
}

# ---- the CLI's lock

# An orphaned lock makes every CLI fail. A running CLI touches its lock, so an old untouched lock has no owner.
watch_lock() {
    touched=
    [ ! -e "$lock" ] || touched=$(stat -c '%Y %i' "$lock" 2>/dev/null)
    lock_steady=$((lock_steady + slept))
    if [ "$touched" != "$lock_seen" ]; then
        lock_seen=$touched lock_steady=0
    fi
    lock_odd=
    [ -z "$touched" ] || judge_lock $((now - ${touched%% *}))
}

judge_lock() {
    if [ "$1" -le 60 ] && [ "$1" -ge -60 ]; then
        return 0
    fi
    lock_odd=yes
    [ "$lock_steady" -lt 20 ] || clear_lock "$1"
}

clear_lock() {
    if cli_runs; then
        sooner 1
    elif rm -rf "$lock" "$lock.owner" 2>/dev/null; then
        say "cleared a refresh lock that nobody held, last touched $1 s ago"
        failures=0 retry=0 lock_odd=
    fi
}

# ---- the refresh

refresh() {
    before=$text
    until=$expires
    report refreshing
    # Never killed: a CLI that is killed during a refresh loses the login.
    ask_cli >/dev/null 2>&1 </dev/null
    now=$(date +%s)
    seen=again
    look
    if [ "$kind" = whole ] && [ "$expires" -gt "$until" ]; then
        say "refreshed the login"
        refreshed=$now
        keep
    elif [ "$kind" = blank ]; then
        refused=$before
    else
        failed
    fi
}

# `auth status` is only the last resort, for a CLI that does not refresh the login otherwise.
ask_cli() {
    if [ $((failures % 4)) -eq 3 ]; then
        $apart claude auth status
    else
        $apart /bin/sh "$here/renew.sh"
    fi
}

# A call may skip its refresh. A retry is harmless, but constant retries are not.
failed() {
    failures=$((failures + 1))
    delay=300
    [ "$failures" -gt 9 ] || delay=$((1 << (failures - 1)))
    retry=$((now + delay))
    [ "$failures" -eq 1 ] || say "could not refresh the login, trying again in $delay s"
}

# Early enough for the CLI to refresh; for a short-lived token, not before most of its life is over.
tend() {
    life=$((expires - written))
    early=$((life / 3))
    if [ "$life" -le 0 ] || [ "$early" -gt 240 ]; then
        early=240
    fi
    due=$((expires - early))
    [ "$due" -ge "$retry" ] || due=$retry
    doing=keeping
    if [ "$now" -ge "$due" ] && [ -n "$lock_odd" ]; then
        # The CLI would wait for the lock for half a minute each time (measured: 25 s), and then do nothing.
        report refreshing
        sooner 2
    elif [ "$now" -ge "$due" ]; then
        refresh
        sooner 1
    else
        sooner $((due - now))
        [ "$failures" -le 1 ] || doing=failing
        report "$doing"
    fi
}

# ---- the state, for readers outside

report() {
    if [ "$1" != "$shown" ]; then
        { mkdir -p "${health%/*}" && printf '%s\n' "$1" >"$health"; } 2>/dev/null
        shown=$1
    fi
    words="doing=$1 expires=$expires refreshed=$refreshed failures=$failures restarts=$restarts"
    if [ -n "$state" ] && [ "$words" != "$reported" ]; then
        # Each word is a line.
        # shellcheck disable=SC2086
        printf '%s\n' $words >"$state.new" && mv "$state.new" "$state" && reported=$words
    fi
}

# A state file that exists was left by a keeper that was killed.
remember() {
    if [ ! -w "${state%/*}" ]; then
        state=
    elif [ -r "$state" ]; then
        restarts=$(($(sed -n 's/^restarts=\([0-9]\{1,9\}\)$/\1/p' "$state") + 1))
        refreshed=$(($(sed -n 's/^refreshed=\([0-9]\{1,12\}\)$/\1/p' "$state") + 0))
    fi
}

stop() {
    stopping=yes
    [ -z "$nap" ] || kill "$nap" 2>/dev/null
}

trap stop TERM INT HUP QUIT
remember
kept=$(squeezed "$good")
while [ -z "$stopping" ]; do
    now=$(date +%s)
    slept=$pause
    pause=20
    look
    steady=$((steady + slept))
    watch_lock
    case $kind in
        whole)
            keep
            tend
            ;;
        blank) give_up expired "found the login expired or revoked: sign in again" ;;
        damaged) give_up damaged "found the login damaged, and has no good one to put back: sign in again" ;;
        absent) report "$nothing" ;;
        *) report keeping ;;
    esac
    # A TERM that arrived during a refresh takes effect now and not after the pause.
    [ -z "$stopping" ] || break
    sleep "$pause" &
    nap=$!
    # The signal may have arrived before the pause began.
    [ -z "$stopping" ] || stop
    # The shell would print a message about the killed pause.
    wait "$nap" 2>/dev/null
    nap=
done
[ -z "$state" ] || rm -f "$state"
rm -f "$health"
