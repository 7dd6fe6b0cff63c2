"""Every REST operation with curl, over HTTP/1.1 and over HTTP/2 by prior knowledge."""
import json
import random
import subprocess

import eth_abi
import pytest
from jobs import Job, sign
from running_node import PATIENCE_SECONDS

NUMBER = eth_abi.encode(["uint256"], [2500])


@pytest.fixture(params=["--http1.1", "--http2-prior-knowledge"])
def curl(node, request, tmp_path):
    def call(method, path, body=None, binary=None):
        arguments = ["curl", "-sS", request.param, "-X", method, "-w", "\n%{http_code}"]
        if body is not None:
            (tmp_path / "body").write_text(json.dumps(body))
            arguments += ["-H", "content-type: application/json", "--data-binary", f"@{tmp_path / 'body'}"]
        if binary is not None:
            (tmp_path / "elf").write_bytes(binary)
            arguments += [
                "-H", "content-type: application/octet-stream", "--data-binary", f"@{tmp_path / 'elf'}"]
        run = subprocess.run([*arguments, node.rest + path], capture_output=True, text=True, timeout=PATIENCE_SECONDS)
        assert run.returncode == 0, run.stderr
        text, _, status = run.stdout.rpartition("\n")
        return int(status), json.loads(text)

    return call


def test_every_operation(node, curl, elfs):
    elf = elfs["square-root", "risc0"]
    status, answer = curl("POST", "/v1/programs?vm_type=risc0", binary=elf)
    assert status == 200
    program = answer["program_id"]
    assert curl("POST", "/v1/programs", {"program_elf": elf.hex(), "vm_type": 0}) == (200, answer)
    assert curl("GET", f"/v1/programs/{program}") == (200, answer)
    assert curl("GET", "/v1/programs/" + "00" * 32)[0] == 404

    job = Job(random.getrandbits(48), bytes.fromhex(program[2:]), onchain=NUMBER)
    assert curl("POST", "/v1/jobs", job.body()) == (200, {"job_id": job.id})
    status, done = curl("GET", f"/v1/jobs/{job.id}?wait=30")
    assert (status, done["status"]) == (200, "DONE")
    assert curl("GET", f"/v1/consumers/{job.consumer}/pending")[1] == {"pending_jobs": []}
    assert curl("GET", f"/v1/consumers/{job.consumer}/nonce")[1]["nonce"] > job.nonce
    estimate = {"program_id": program, "onchain_input": NUMBER.hex()}
    status, tried = curl("POST", "/v1/estimates", estimate)
    assert (status, tried["cycles"]) == (200, done["cycles"])
    signature = sign(b"tandem:cancel:" + bytes.fromhex(job.id[2:])).hex()
    status, late = curl("DELETE", f"/v1/jobs/{job.id}", {"signature": signature})
    assert (status, late["reason"]) == (422, "JOB_FINISHED")

    legacy = "/v1/coprocessor_node/"
    assert curl("POST", legacy + "submit_job", job.body()) == (200, {"job_id": job.id[2:]})
    status, result = curl("POST", legacy + "get_result", {"job_id": job.id[2:]})
    assert result["job_result"]["result_with_metadata"] == done["result_with_metadata"][2:]
    contains = curl("POST", legacy + "contains_program", {"program_id": program[2:]})
    assert contains == (200, {"contains": True})
    pending = curl("POST", legacy + "get_pending_jobs", {"consumer_address": job.consumer})
    assert pending == (200, {"pending_jobs": []})
    submitted = curl("POST", legacy + "submit_program", {"program_elf": elf.hex(), "vm_type": 0})
    assert submitted == (200, {"program_id": program[2:]})
    for path in ("/healthz", "/readyz", "/openapi.json"):
        assert curl("GET", path)[0] == 200
