#!/usr/bin/env bash
# Benchmarks of .build/release/tandem against goals and against other servers, all on this machine and
# over loopback, in one run of about three minutes (the first one builds the other servers before).
# Arguments name parts: submit grpc rest latency memory interpreter. None is all.
set -eu
cd "$(dirname "$0")/../.."
scratch=.build/benchmarks

if ! command -v wrk >/dev/null || ! command -v h2load >/dev/null; then
    as_root=""
    [ "$(id -u)" -eq 0 ] || as_root="sudo"
    echo "==> installing wrk and h2load"
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
        wrk nghttp2-client
fi

if [ -z "${TANDEM_BENCHMARK_PEERS:-}" ]; then
    echo "==> building the peers: grpc-swift-2, Hummingbird, the load client (the first time takes minutes)"
    swift build -c release --package-path Tests/Benchmarks/Peers --scratch-path "$scratch/peers"
    TANDEM_BENCHMARK_PEERS=$(swift build -c release --package-path Tests/Benchmarks/Peers \
        --scratch-path "$scratch/peers" --show-bin-path)
    export TANDEM_BENCHMARK_PEERS
fi

mkdir -p "$scratch"
# A run that hangs is ended, and what it started with it.
exec timeout --signal=TERM --kill-after=20 900 \
    .build/venv/bin/python Tests/Benchmarks/bench.py --scratch "$scratch" "$@"
