"""Reading a finished job: GetResult over gRPC against grpc-swift-2, GET over REST against Hummingbird.

Both servers of a pair answer with the same bytes. They are measured in turn, several times, and the
ratio is that of the medians, so that what else the machine does meets both.
"""
import re
import statistics
import subprocess

import grpc
import httpx
from processes import Meter, Peer
from programs import build
from signed_jobs import Signer, encoded, field, job_id, rest_body

GRPC_SECTION = "GetResult over gRPC (h2load, 8 connections, 32 streams each)"
REST_SECTION = "GET /v1/jobs/{id} (wrk, 1 thread, 64 connections)"
METHOD = "/coprocessor_node.v1.CoprocessorNode/GetResult"
TURN_COUNT = 3
GRPC_CALL_COUNT = {"Tandem": 150_000, "grpc-swift-2": 50_000}
WRK_SECONDS = 4
SECONDS_MAX = 60


def finished_job(bench, node):
    """The id of a job that is DONE."""
    elf = build(bench.scratch, "balance", "sp1").read_bytes()
    program = node.submit_program(elf, "sp1")
    signer = Signer(0)
    request = encoded(1, signer, program, bytes(12) + signer.address)
    answer = node.http.post("/v1/jobs", content=rest_body(request, signer.sign(request)))
    assert answer.status_code == 200, answer.text
    node.wait_done(1, SECONDS_MAX)
    return job_id(1, signer)


def get_result(address, message):
    """The serialized answer to one call, by grpcio."""
    with grpc.insecure_channel(address) as channel:
        return channel.unary_unary(METHOD)(message, timeout=10)


def measure_grpc(bench):
    with bench.node() as node:
        message = field(1, finished_job(bench, node))
        answer = get_result(node.grpc, message)
        file = bench.scratch / "answer"
        file.write_bytes(answer)
        framed = bench.scratch / "framed"
        framed.write_bytes(bytes(1) + len(message).to_bytes(4, "big") + message)
        peer = Peer("GRPCPeer", file)
        bench.stack.callback(peer.stop)
        if get_result(f"127.0.0.1:{peer.port}", message) != answer:
            raise SystemExit("the peer answers with something else")
        servers = {
            "Tandem": (node.process_id, node.grpc),
            "grpc-swift-2": (peer.process_id, f"127.0.0.1:{peer.port}"),
        }
        compare(bench, GRPC_SECTION, servers, lambda name, at: h2load(name, at, framed), 3)
        peer.stop()


def h2load(name, address, framed):
    """Requests that were made."""
    count = GRPC_CALL_COUNT[name]
    text = subprocess.check_output(
        ["h2load", "-n", str(count), "-c", "8", "-m", "32", "-d", framed,
         "-H", "content-type: application/grpc", "-H", "te: trailers",
         f"http://{address}{METHOD}"], text=True, timeout=SECONDS_MAX)
    if int(re.search(r"(\d+) succeeded", text).group(1)) != count:
        raise SystemExit(f"h2load: {text}")
    return count, float(re.search(r"([\d.]+) req/s", text).group(1))


def measure_rest(bench):
    with bench.node() as node:
        path = f"/v1/jobs/0x{finished_job(bench, node).hex()}"
        answer = node.http.get(path).content
        file = bench.scratch / "answer"
        file.write_bytes(answer)
        peer = Peer("RESTPeer", file)
        bench.stack.callback(peer.stop)
        at_peer = f"http://127.0.0.1:{peer.port}"
        if httpx.get(at_peer + path).content != answer:
            raise SystemExit("the peer answers with something else")
        servers = {
            "Tandem": (node.process_id, node.rest), "Hummingbird": (peer.process_id, at_peer)}
        compare(bench, REST_SECTION, servers, lambda name, at: wrk(at + path), 1.2)
        peer.stop()


def wrk(url):
    text = subprocess.check_output(
        ["wrk", "-t1", "-c64", f"-d{WRK_SECONDS}s", url], text=True, timeout=SECONDS_MAX)
    if "Non-2xx" in text or "Socket errors" in text:
        raise SystemExit(f"wrk: {text}")
    count = int(re.search(r"(\d+) requests in", text).group(1))
    return count, float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))


def compare(bench, section, servers, load, goal):
    """Measures two servers in turn; load gives the requests made and their rate."""
    rates = {name: [] for name in servers}
    costs = {name: [] for name in servers}
    for turn in range(TURN_COUNT + 1):
        for name, (process_id, at) in servers.items():
            bench.say(f"{section}: {name}, " + (f"turn {turn} of {TURN_COUNT}" if turn else "warm-up"))
            meter = Meter(process_id)
            count, rate = load(name, at)
            if turn:
                rates[name].append(rate)
                costs[name].append(meter.elapsed()[1] / count * 1e6)
    for name in servers:
        bench.report.add(section, f"{name}: requests", statistics.median(rates[name]), "/s")
        bench.report.add(section, f"{name}: CPU per request", statistics.median(costs[name]), "us")
    ours, theirs = (statistics.median(rates[name]) for name in servers)
    bench.report.add(section, "requests per second, ratio", ours / theirs, "x", at_least=goal)
    ours, theirs = (statistics.median(costs[name]) for name in servers)
    bench.report.add(section, "CPU per request, ratio", theirs / ours, "x")
