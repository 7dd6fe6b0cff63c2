"""From submitting a job to its signed result, one job after the other, over REST on one connection."""
import http.client
import json
import socket
import statistics
import time

from programs import build
from signed_jobs import Signer, encoded, job_id, rest_body

SECTION = "Submit to DONE (square-root, one at a time over REST)"
JOB_COUNT = 500
WARM_UP_COUNT = 20
# Takes 9,616 cycles.
NUMBER = 12_345_678_901_234_567_890


def measure(bench):
    bench.say(f"{JOB_COUNT} jobs, one at a time")
    elf = build(bench.scratch, "square-root", "sp1").read_bytes()
    signer = Signer(0)
    with bench.node() as node:
        program = node.submit_program(elf, "sp1")
        connection = http.client.HTTPConnection(node.rest.removeprefix("http://"), timeout=30)
        connection.connect()
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        requests = []
        for nonce in range(JOB_COUNT + WARM_UP_COUNT):
            request = encoded(nonce, signer, program, NUMBER.to_bytes(32, "big"))
            body = rest_body(request, signer.sign(request))
            requests.append((body, f"/v1/jobs/0x{job_id(nonce, signer).hex()}?wait=10"))
        runs = [one(connection, body, path) for body, path in requests][WARM_UP_COUNT:]
        connection.close()
    submits = sorted(run[0] for run in runs)
    wholes = sorted(run[1] for run in runs)
    cycles = {run[2] for run in runs}
    if len(cycles) != 1:
        raise SystemExit(f"one program, one input, and these cycles: {cycles}")
    bench.report.add(SECTION, "cycles of the job", cycles.pop(), "")
    bench.report.add(SECTION, "submit, median", statistics.median(submits), "ms")
    bench.report.add(SECTION, "submit to DONE, median", statistics.median(wholes), "ms", at_most=5)
    bench.report.add(SECTION, "submit to DONE, 99th percentile", wholes[len(wholes) * 99 // 100], "ms")


def one(connection, body, path):
    """(milliseconds until accepted, until DONE, cycles)"""
    start = time.perf_counter()
    answer(connection, "POST", "/v1/jobs", body)
    accepted = time.perf_counter()
    job = answer(connection, "GET", path)
    done = time.perf_counter()
    if job["status"] != "DONE":
        raise SystemExit(f"a job is not done: {job}")
    return (accepted - start) * 1e3, (done - start) * 1e3, job["cycles"]


def answer(connection, method, path, body=None):
    headers = {"content-type": "application/json"} if body else {}
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    content = json.loads(response.read())
    if response.status != 200:
        raise SystemExit(f"{method} {path}: {response.status} {content}")
    return content
