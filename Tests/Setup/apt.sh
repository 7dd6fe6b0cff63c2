#!/bin/sh
# Installs the Debian packages that the build and the tests need and that are not there yet.
set -eu

packages="libsecp256k1-dev libssl-dev librocksdb-dev pkg-config qemu-user nghttp2-client nghttp2-server
    curl python3-venv make git"

installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=""
for package in $packages; do
    installed "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "these packages are missing and neither root nor sudo is here:$missing" >&2
        exit 1
    }
    as_root="sudo"
fi

echo "installing Debian packages:$missing"
$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
# shellcheck disable=SC2086 # a list of words
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
