#!/bin/sh
# Makes the Python virtual environment of the development chain, the contract compiler, the oracles and
# the independent clients, under .build/venv. Does nothing when it is there and up to date.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
requirements="$root/Tests/requirements.txt"
environment="$root/.build/venv"
stamp="$environment/requirements.sha256"

# Whether an interpreter is usable: 3.11 or later, with the modules that make an environment.
usable() {
    "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

wanted=$(sha256sum <"$requirements")
if [ -x "$environment/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

if ! "$environment/bin/python" -m pip --version >/dev/null 2>&1; then
    for python in python3 /usr/bin/python3 none; do
        [ "$python" != none ] || {
            echo "no Python 3.11 or later with venv; Tests/Setup/apt.sh installs it" >&2
            exit 1
        }
        usable "$python" && break
    done
    echo "making a virtual environment with $("$python" --version) in .build/venv"
    mkdir -p "$root/.build"
    "$python" -m venv --clear "$environment"
fi

echo "installing Python packages"
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements"
echo "$wanted" >"$stamp"
