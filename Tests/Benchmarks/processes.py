"""Starts what is measured, and reads the processor time and memory of it from /proc."""
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "EndToEnd"))

from running_node import ROOT, Node, tandem  # noqa: E402, F401

PEERS = pathlib.Path(os.environ["TANDEM_BENCHMARK_PEERS"])
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
START_SECONDS_MAX = 20


def cpu_seconds(process_id):
    """User and system time of all threads of a process so far; a tick is 10 ms."""
    fields = pathlib.Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND


def resident_megabytes(process_id, kind="VmRSS"):
    status = pathlib.Path(f"/proc/{process_id}/status").read_text()
    return int(re.search(rf"{kind}:\s+(\d+) kB", status).group(1)) / 1024


def children(process_id):
    """The child processes of every thread of a process: a node's executors."""
    found = []
    for thread in pathlib.Path(f"/proc/{process_id}/task").iterdir():
        found += map(int, (thread / "children").read_text().split())
    return sorted(found)


class Meter:
    """Processor and wall time between two moments, for a process and for its children."""

    def __init__(self, process_id):
        self.process_id = process_id
        self.begin = self.read()

    def read(self):
        below = sum(cpu_seconds(child) for child in children(self.process_id))
        return time.monotonic(), cpu_seconds(self.process_id), below

    def elapsed(self):
        """(wall, own processor time, the children's processor time), in seconds."""
        return tuple(end - begin for begin, end in zip(self.begin, self.read()))


class BenchmarkNode(Node):
    """A node whose executors can be held, with a way to wait for all of its jobs."""

    @property
    def process_id(self):
        return self.child.pid

    def hold_executors(self):
        """Stops the executors: jobs are accepted and wait."""
        for child in children(self.process_id):
            os.kill(child, signal.SIGSTOP)

    def release_executors(self):
        for child in children(self.process_id):
            os.kill(child, signal.SIGCONT)

    def counter(self, name):
        text = self.http.get(f"{self.metrics}/metrics").text
        return int(re.search(rf"^{name} (\d+)", text, re.MULTILINE).group(1))

    def wait_done(self, count, seconds_max):
        """Until so many jobs have a signed result."""
        deadline = time.monotonic() + seconds_max
        while (done := self.counter("tandem_jobs_done_total")) < count:
            failed = self.counter("job_errors_total")
            if failed or time.monotonic() > deadline:
                raise SystemExit(f"{done} of {count} jobs are done, {failed} failed")
            time.sleep(0.05)


class Peer:
    """One of the programs of Peers/, on a free port."""

    def __init__(self, name, answer):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.child = subprocess.Popen([PEERS / name, str(self.port), answer])
        deadline = time.monotonic() + START_SECONDS_MAX
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if time.monotonic() > deadline or self.child.poll() is not None:
                    self.stop()
                    raise SystemExit(f"{name} does not start")
                time.sleep(0.05)

    @property
    def process_id(self):
        return self.child.pid

    def stop(self):
        self.child.kill()
        self.child.wait()
