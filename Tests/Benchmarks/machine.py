#!/usr/bin/env python3
"""Runs the benchmarks of the machine and prints their figures next to the design's goals.

NAMES are parts (suite, translation, signatures, pool) or programs of Guests/Suite; none is
everything.
"""
import argparse
import dataclasses
import os
import pathlib
import shutil
import sys
import time

import machine_pool
import machine_signatures
import machine_suite
import machine_translation
from machine_programs import ALL_ROUND_COUNTS
from report import Report

PARTS = {
    "translation": machine_translation.measure,
    "signatures": machine_signatures.measure,
    "pool": machine_pool.measure,
}


@dataclasses.dataclass
class Bench:
    """What the parts share: a directory that is removed, and the report."""

    scratch: pathlib.Path
    report: Report

    def say(self, text):
        print(f"==> {text}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    parser.add_argument("--runs", type=int, default=5, help="how often each is timed")
    parser.add_argument("--scale", type=float, default=1.0, help="of the rounds of each program")
    names = [[], "suite", *PARTS, *ALL_ROUND_COUNTS]
    parser.add_argument("names", nargs="*", choices=names, metavar="NAME")
    options = parser.parse_args()
    scratch = options.scratch.resolve() / f"machine-{os.getpid()}"
    scratch.mkdir(parents=True)
    bench = Bench(scratch, Report())
    start = time.monotonic()
    try:
        bench.say(f"{os.cpu_count()} processors, load before the run {os.getloadavg()[0]:.1f}")
        run(bench, options)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    bench.report.show(time.monotonic() - start)
    return 0 if bench.report.every_goal_is_met else 1


def run(bench, options):
    names = options.names or ["suite", *PARTS]
    chosen = [name for name in names if name in ALL_ROUND_COUNTS]
    if chosen or "suite" in names:
        programs = chosen or list(ALL_ROUND_COUNTS)
        machine_suite.measure(bench, programs, options.runs, options.scale)
    for name, measure in PARTS.items():
        if name in names:
            measure(bench, options.runs)


if __name__ == "__main__":
    sys.exit(main())
