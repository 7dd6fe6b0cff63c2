#!/usr/bin/env python3
"""Runs the benchmarks and prints their figures, each next to its goal where the design names one."""
import argparse
import contextlib
import os
import pathlib
import shutil
import sys
import time

import interpreter
import latency
import memory
import reads
import submit
from processes import BenchmarkNode
from report import Report

PARTS = {
    "memory": memory.measure,
    "interpreter": interpreter.measure,
    "submit": submit.measure,
    "grpc": reads.measure_grpc,
    "rest": reads.measure_rest,
    "latency": latency.measure,
}


class Bench:
    """What the parts share: a directory that is removed, and nodes that are ended."""

    def __init__(self, scratch, report, stack):
        self.scratch = scratch
        self.report = report
        self.stack = stack
        self.node_count = 0

    def say(self, text):
        print(f"==> {text}", flush=True)

    @contextlib.contextmanager
    def node(self, *settings):
        self.node_count += 1
        node = BenchmarkNode(self.scratch / f"node-{self.node_count}", settings)
        with contextlib.ExitStack() as stack:
            stack.callback(node.kill)
            yield node


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART")
    options = parser.parse_args()
    scratch = options.scratch.resolve() / f"run-{os.getpid()}"
    scratch.mkdir(parents=True)
    report = Report()
    start = time.monotonic()
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, scratch, ignore_errors=True)
        bench = Bench(scratch, report, stack)
        bench.say(f"{os.cpu_count()} processors, load before the run {os.getloadavg()[0]:.1f}")
        for part in options.parts or PARTS:
            PARTS[part](bench)
    report.show(time.monotonic() - start)
    return 0 if report.every_goal_is_met else 1


if __name__ == "__main__":
    # The default action of SIGTERM would leave the nodes running.
    import signal

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
