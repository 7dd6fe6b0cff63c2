#!/usr/bin/env bash
# Runs the Swift tests, one module after the other: many of them start servers and processes and watch the
# clock of a protocol, which two cores cannot do for all modules at once. Names on the command line choose
# modules (`Tests/Setup/swift-tests.sh HTTP2`); the build is the caller's.
set -eu
cd "$(dirname "$0")/../.."

modules=("$@")
if [ ${#modules[@]} -eq 0 ]; then
    for folder in Tests/*Tests; do
        modules+=("$(basename "$folder" Tests)")
    done
fi
log=.build/swift-tests.log
failed=()
for module in "${modules[@]}"; do
    started=$SECONDS
    # A run that finds no test by that name must not pass for a good one.
    if swift test --skip-build --filter "^${module}Tests\." >"$log" 2>&1 &&
        grep -qE 'Test run with [1-9][0-9]* tests? .*passed' "$log"; then
        echo "    $module: $(grep -oE 'Test run with [0-9]+ tests?' "$log" | tail -1), $((SECONDS - started)) s"
    else
        failed+=("$module")
        grep -E '✘|error:|Fatal|recorded an issue|failed' "$log" | head -60
        tail -5 "$log"
        echo "    $module: FAILED after $((SECONDS - started)) s"
    fi
done
if [ ${#failed[@]} -gt 0 ]; then
    echo "Swift tests failed in: ${failed[*]}"
    exit 1
fi
