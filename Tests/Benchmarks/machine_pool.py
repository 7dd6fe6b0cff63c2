"""A job of 1,000 cycles through the pool of executor processes, from `submit` to its completion."""
import json
import subprocess

from machine_programs import ROOT, command

SECTION = "The pool: a job of 1,000 cycles, program loaded, two executors"
RUN_SECONDS_MAX = 300


def measure(bench, run_count):
    bench.say("building ExecutorProbe, which drives the pool without a node")
    build = ["swift", "build", "-c", "release", "--package-path", ROOT]
    subprocess.run([*build, "--product", "ExecutorProbe"], check=True)
    binaries = command(*build, "--show-bin-path").strip()
    runs = [probe(f"{binaries}/ExecutorProbe") for _ in range(run_count)]

    def least(name, percentile):
        return min(run[name][percentile] for run in runs)

    add = bench.report.add
    add(SECTION, "one at a time, median", least("latency_us", "p50"), "us", at_most=60)
    add(SECTION, "one at a time, 99 %", least("latency_us", "p99"), "us")
    add(SECTION, "one after a pause, median", least("latency_after_pause_us", "p50"), "us")
    add(SECTION, "the guest alone", min(run["guest_alone_us"] for run in runs), "us")
    rate = max(run["requests_per_second"] for run in runs)
    add(SECTION, "jobs per second", rate, "", at_least=20_000)


def probe(executable):
    done = subprocess.run(
        [executable, "bench"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
        timeout=RUN_SECONDS_MAX)
    return json.loads(done.stdout)
