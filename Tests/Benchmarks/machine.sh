#!/usr/bin/env bash
# Benchmarks of the machine: the same C sources on the host itself, on qemu-riscv32 and on
# .build/release/tandem, in one run of about a quarter of an hour. Arguments: --runs N, --scale F and names
# of programs (Guests/Suite) or parts (see machine.py); none is all.
set -eu
cd "$(dirname "$0")/../.."
scratch=.build/benchmarks

if ! command -v qemu-riscv32 >/dev/null; then
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo"
    echo "==> installing qemu-user"
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
        qemu-user
fi

mkdir -p "$scratch"
# A run that hangs is ended, and what it started with it.
exec timeout --signal=TERM --kill-after=20 1800 \
    .build/venv/bin/python Tests/Benchmarks/machine.py --scratch "$scratch" "$@"
