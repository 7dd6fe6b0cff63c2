#!/usr/bin/env bash
# Runs each fuzzer for some seconds (600 by default) from its seeds, from what failed before and from what
# earlier runs found worth keeping. Names on the command line choose fuzzers: `Tests/Fuzz/run.sh 60 ELF`.
set -eu
cd "$(dirname "$0")/../.."

seconds=${1:-600}
shift || true
kinds=("$@")
[ ${#kinds[@]} -gt 0 ] || kinds=(ELF Program Container Code)
place=$PWD/.build/fuzz
# Swift's runtime keeps what it has made once.
export ASAN_OPTIONS=detect_leaks=0

swift build -c release --package-path Tests/Fuzz --scratch-path "$place"
for kind in "${kinds[@]}"; do
    case $kind in
    Program) longest=512 ;;
    *) longest=2048 ;;
    esac
    folders=("$place/corpus/$kind" "Tests/Fuzz/Seeds/$kind")
    if [ -d "Tests/Fuzz/FailCases/$kind" ]; then folders+=("Tests/Fuzz/FailCases/$kind"); fi
    mkdir -p "${folders[0]}" "$place/found"
    echo "==> $kind, $seconds s"
    if ! "$place/release/${kind}Fuzzer" -max_total_time="$seconds" -max_len="$longest" -timeout=60 \
        -artifact_prefix="$place/found/$kind-" "${folders[@]}" >"$place/$kind.log" 2>&1; then
        tail -60 "$place/$kind.log"
        echo "$kind: the input is in $place/found; what is fixed goes to Tests/Fuzz/FailCases/$kind"
        exit 1
    fi
    grep -E '^Done' "$place/$kind.log"
done
