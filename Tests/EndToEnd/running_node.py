"""Starts, watches and ends a node and a development chain, as a user would."""
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

import httpx
from web3 import Web3

ROOT = pathlib.Path(__file__).resolve().parents[2]
TANDEM = pathlib.Path(os.environ.get("TANDEM", ROOT / ".build" / "release" / "tandem"))
# Ends a test that hangs, and no other: what is waited for comes late on a loaded machine.
PATIENCE_SECONDS = 300

OPERATOR_KEY = "0x" + "11" * 32
# The first account of the development chain, which has ether.
RELAYER_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"


def tandem(*arguments, env=None, check=True, text_input=None):
    """Runs a subcommand; its answer is parsed when it printed JSON."""
    run = subprocess.run(
        [TANDEM, *map(str, arguments)], capture_output=True, text=True, input=text_input,
        env={**os.environ, **(env or {})}, timeout=PATIENCE_SECONDS, cwd=ROOT,
    )
    if check and run.returncode != 0:
        raise AssertionError(f"tandem {arguments} ended with {run.returncode}: {run.stderr}")
    if "--json" in arguments and run.stdout.strip():
        return json.loads(run.stdout)
    return run


def get(url):
    """What a server answers, without the client's own hurry."""
    return httpx.get(url, timeout=PATIENCE_SECONDS)


# Every child of this run: what a failed test left behind is killed at the end.
STARTED = []


class Process:
    """A child whose log is kept in a file and shown when it does not start."""

    def __init__(self, arguments, log, env=None):
        self.log = pathlib.Path(log)
        self.file = open(self.log, "ab")
        self.child = subprocess.Popen(
            list(map(str, arguments)), stdout=self.file, stderr=self.file,
            env={**os.environ, **(env or {})}, cwd=ROOT,
        )
        STARTED.append(self.child)

    def wait_for(self, pattern):
        """The first match of a pattern in the log."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            found = re.search(pattern, self.text())
            if found:
                return found
            if self.child.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"{pattern} did not appear in {self.log}:\n{self.text()}")

    def text(self):
        return self.log.read_text(errors="replace")

    def kill(self):
        """SIGKILL: nothing is said or saved."""
        self.child.kill()
        self.child.wait()
        self.file.close()

    def stop(self):
        """SIGTERM; returns the exit code."""
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
        code = self.child.wait(timeout=PATIENCE_SECONDS)
        self.file.close()
        return code


class Chain(Process):
    def __init__(self, directory, *flags):
        super().__init__(
            [sys.executable, ROOT / "Tests/DevChain/devchain.py", "--port", "0", *flags],
            directory / "chain.log",
        )
        port = self.wait_for(r'"port": ?(\d+)').group(1)
        self.url = f"http://127.0.0.1:{port}"
        self.web3 = Web3(Web3.HTTPProvider(self.url, {"timeout": PATIENCE_SECONDS}))


class Node(Process):
    """A node on ports that the system chose."""

    def __init__(self, directory, settings=(), env=None):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(exist_ok=True)
        arguments = [
            TANDEM, "node", "--data", self.directory / "data", "--listen", "127.0.0.1:0",
            "--grpc", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--set", "log.format=json",
        ]
        for setting in settings:
            arguments += ["--set", setting]
        keys = {"ZKVM_OPERATOR_PRIVATE_KEY": OPERATOR_KEY, "RELAYER_PRIVATE_KEY": RELAYER_KEY}
        log = self.directory / f"node-{time.monotonic_ns()}.log"
        super().__init__(arguments, log, {**keys, **(env or {})})
        self.wait_for(r'"message":"the node is ready"')
        lines = [json.loads(line) for line in self.text().splitlines() if line.startswith("{")]
        bound = {x["kind"]: x["address"] for x in lines if x["message"] == "listening"}
        self.rest = "http://" + bound["all"]
        self.grpc = bound["grpcOnly"]
        self.metrics = "http://" + bound["metrics"]
        self.http = httpx.Client(base_url=self.rest, timeout=PATIENCE_SECONDS)

    def submit_program(self, elf, vm, program_id=None):
        body = {"program_elf": elf.hex(), "vm_type": vm}
        if program_id is not None:
            body["program_id"] = program_id.hex()
        answer = self.http.post("/v1/programs", json=body)
        assert answer.status_code == 200, answer.text
        return bytes.fromhex(answer.json()["program_id"][2:])

    def submit(self, job, **changes):
        return self.http.post("/v1/jobs", json={**job.body(), **changes})

    def job(self, job_id, wait=0):
        return self.http.get(f"/v1/jobs/{job_id}", params={"wait": wait} if wait else None)

    def wait_until(self, job_id, *statuses):
        """The job once it has one of the statuses."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            job = self.job(job_id).json()
            if job.get("status") in statuses:
                return job
            time.sleep(0.02)
        raise AssertionError(f"{job_id} did not become {statuses}: {job}\n{self.text()}")
