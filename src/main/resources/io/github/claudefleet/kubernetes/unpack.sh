#!/bin/sh
# Writes files below a directory, which come by standard input: a line "MODE OFFSET SIZE PATH" for each, and then their
# contents. Run by `sh -c`. Ends with 65 if the sum differs, with 66 if a directory is in the place of a file.
# Usage: unpack.sh DIRECTORY BYTES SHA256 FILES
set -eu
umask 022
cd "$1"
bundle=$(mktemp .upload.XXXXXX)
trap 'rm -f "$bundle"' EXIT
head -c "$2" >"$bundle"
[ "$(sha256sum <"$bundle" | cut -c 1-64)" = "$3" ] || exit 65
head -n "$4" "$bundle" | while read -r mode offset size path; do
    case $path in
        */)
            mkdir -p "$path"
            chmod "$mode" "$path"
            ;;
        *)
            [ ! -d "$path" ] || exit 66
            case $path in */*) mkdir -p "${path%/*}" ;; esac
            new=$(mktemp "$path.XXXXXX")
            tail -c "+$offset" "$bundle" | head -c "$size" >"$new"
            chmod "$mode" "$new"
            mv -f "$new" "$path"
            ;;
    esac
done
