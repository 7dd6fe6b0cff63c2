"""SubmitJob: how many signed jobs become durable in a second, and what each costs the server.

Three loads over gRPC, by RequestPlayer from this machine: the node as it comes, executing what it
accepts; with one executor; and with its executors held, which tells the cost of accepting a job from
that of executing, signing and storing its result. One more over REST. The processor time of one
secp256k1_ecdsa_recover is taken before and after the loads.
"""
import json
import subprocess

import signed_jobs
from processes import PEERS, Meter
from programs import build
from signed_jobs import Batch, Signer

JOB_COUNT = 30_000
# Connections, and requests under way on each. HTTP/1.1 answers one after the other.
SHAPES = {"grpc": (8, 16), "http1": (64, 2)}
SECONDS_MAX = 60
RECOVER_COUNT = 20_000
SECTION = "SubmitJob, durable (a program of 1,600 cycles; 128 requests under way)"


def recover_microseconds():
    """The processor time of one secp256k1_ecdsa_recover."""
    return float(subprocess.check_output([PEERS / "RecoverCost", str(RECOVER_COUNT)], timeout=60))


def play(protocol, port, batch):
    connections, depth = SHAPES[protocol]
    answer = subprocess.check_output(
        [PEERS / "RequestPlayer", protocol, str(port), str(connections), str(depth),
         str(SECONDS_MAX), batch.path], timeout=SECONDS_MAX + 30)
    played = json.loads(answer)
    if played["succeeded"] != batch.count:
        raise SystemExit(f"not every job was accepted: {played}")
    return played


class Load:
    """One load on a fresh node, and its figures."""

    def __init__(self, bench, title, protocol="grpc", settings=(), is_held=False, at_least=None):
        self.bench, self.title, self.protocol = bench, title, protocol
        self.settings, self.is_held, self.at_least = settings, is_held, at_least

    def run(self, elf, signers):
        bench = self.bench
        bench.say(f"{self.title}: {JOB_COUNT} jobs")
        with bench.node(*self.settings) as node:
            program = node.submit_program(elf, "sp1")
            onchain = bytes(12) + signers[0].address
            signed_jobs.check(program, onchain)
            body = signed_jobs.grpc_message if self.protocol == "grpc" else signed_jobs.rest_body
            batch = Batch(
                bench.scratch / "batch", JOB_COUNT, signers, program, onchain, 1, body)
            if self.is_held:
                node.hold_executors()
            port = (node.grpc if self.protocol == "grpc" else node.rest).rpartition(":")[2]
            return self.measure(node, port, batch)

    def measure(self, node, port, batch):
        meter = Meter(node.process_id)
        played = play(self.protocol, port, batch)
        _, accepting, executing = meter.elapsed()
        node.release_executors()
        node.wait_done(batch.count, SECONDS_MAX)
        wall, whole, executors = meter.elapsed()
        for job_id in batch.ids:
            job = node.job("0x" + job_id.hex()).json()
            assert job["status"] == "DONE", job
        per_job = 1e6 / batch.count
        self.add("jobs accepted, durable", batch.count / played["seconds"], "/s",
                 at_least=self.at_least)
        self.add("jobs through to DONE", batch.count / wall, "/s")
        self.add("answer, median", played["median_us"] / 1e3, "ms")
        self.add("answer, 99th percentile", played["p99_us"] / 1e3, "ms")
        self.add("client's CPU per job", played["client_cpu_seconds"] * per_job, "us")
        self.add("node's CPU per job until all are accepted", accepting * per_job, "us")
        self.add("node's CPU per job until all are DONE", whole * per_job, "us")
        self.add("executors' CPU per job", executors * per_job, "us")
        return accepting * per_job

    def add(self, name, value, unit, **goal):
        self.bench.report.add(SECTION, f"{self.title}: {name}", value, unit, **goal)


def measure(bench):
    elf = build(bench.scratch, "balance", "sp1").read_bytes()
    signers = [Signer(index) for index in range(64)]
    before = recover_microseconds()
    executing = Load(bench, "gRPC", at_least=6000).run(elf, signers)
    Load(bench, "gRPC, --executors 1", settings=["execution.executors=1"]).run(elf, signers)
    accepting = Load(bench, "gRPC, executors held", is_held=True).run(elf, signers)
    rest = Load(bench, "REST, executors held", protocol="http1", is_held=True).run(elf, signers)
    recover = (before + recover_microseconds()) / 2
    bench.report.add(SECTION, "one secp256k1_ecdsa_recover", recover, "us")
    for name, cost, goal in (
        ("gRPC: node's CPU to accept a job", accepting, {"at_most": 2.5}),
        ("gRPC: the same while it executes jobs", executing, {}),
        ("REST: node's CPU to accept a job", rest, {}),
    ):
        bench.report.add(SECTION, f"{name} / one recover", cost / recover, "x", **goal)
