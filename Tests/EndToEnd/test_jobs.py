"""Jobs that fail, are cancelled, wait and repeat; InfinityVM's gateway paths."""
import random
import time

import eth_abi
import pytest
from eth_account import Account
from jobs import Job, sign

NUMBER = eth_abi.encode(["uint256"], [2**200])


def new_job(program, **fields):
    return Job(random.getrandbits(48), program, **{"onchain": NUMBER, **fields})


def test_the_paths_of_infinityvm(node, elfs):
    """Bytes without a prefix, enums as numbers, as its gateway has them."""
    def post(name, **body):
        return node.http.post(f"/v1/coprocessor_node/{name}", json=body)

    elf = elfs["square-root", "risc0"].hex()
    program = post("submit_program", program_elf=elf, vm_type=0).json()["program_id"]
    job = new_job(bytes.fromhex(program))
    answer = post("submit_job", **job.body(), relay_strategy=0)
    assert answer.json() == {"job_id": job.id[2:]}
    node.wait_until(job.id, "DONE")
    result = post("get_result", job_id=job.id[2:]).json()["job_result"]
    assert result["status"] == {"status": 2, "retries": 0}
    assert result["nonce"] == job.nonce and result["max_cycles"] == job.max_cycles
    assert result["program_id"] == program
    assert result["consumer_address"] == job.consumer[2:].lower()
    assert len(result["zkvm_operator_signature"]) == 130
    assert post("contains_program", program_id=program).json() == {"contains": True}
    assert job.nonce not in post("get_pending_jobs", consumer_address=job.consumer).json()["pending_jobs"]
    missing = post("get_result", job_id="00" * 32)
    assert (missing.status_code, missing.json()["grpc_code"]) == (404, 5)


@pytest.mark.parametrize("vm", ["sp1", "risc0"])
def test_the_cycle_limit_is_exact(node, elfs, vm):
    program = node.submit_program(elfs["square-root", vm], vm)
    body = {"program_id": program.hex(), "onchain_input": NUMBER.hex()}
    cost = node.http.post("/v1/estimates", json=body).json()["cycles"]
    enough, short = (new_job(program, max_cycles=limit) for limit in (cost, cost - 1))
    for job in (enough, short):
        assert node.submit(job).status_code == 200
    done = node.wait_until(enough.id, "DONE", "FAILED")
    assert (done["status"], done["cycles"]) == ("DONE", cost)
    failed = node.wait_until(short.id, "DONE", "FAILED")
    assert failed["status"] == "FAILED"
    for word in ("PROGRAM_FAILED", "pc 0x", str(cost - 1)):
        assert word in failed["failure_reason"], failed
    assert failed["result_with_metadata"] == failed["zkvm_operator_signature"] == "0x"


def test_a_failing_program_tells_why(node, square_root):
    job = new_job(square_root, onchain=b"not a number")
    node.submit(job)
    failed = node.wait_until(job.id, "DONE", "FAILED")
    assert failed["status"] == "FAILED"
    assert "pc 0x" in failed["failure_reason"] and "cycles" in failed["failure_reason"]


def test_waiting_for_a_result(node, square_root):
    job = new_job(square_root)
    node.submit(job)
    assert node.job(job.id, wait=30).json()["status"] == "DONE"


def test_submit_to_done_is_quick(node, square_root):
    """Not a timing: only that waiting answers long before the wait is over."""
    seconds = []
    for _ in range(20):
        job = new_job(square_root)
        start = time.monotonic()
        node.submit(job)
        assert node.job(job.id, wait=30).json()["status"] == "DONE"
        seconds.append(time.monotonic() - start)
    assert min(seconds) < 15


@pytest.fixture(scope="module")
def endless(node, tmp_path_factory):
    """A program that runs until its limit."""
    from running_node import tandem

    directory = tmp_path_factory.mktemp("endless")
    source = directory / "endless.c"
    source.write_text('#include "tandem.h"\nint main(void) { for (volatile unsigned n = 0;; n++) {} }\n')
    tandem("program", "build", "--vm", "sp1", "-o", directory / "endless.elf", source)
    return node.submit_program((directory / "endless.elf").read_bytes(), "sp1")


def test_cancelling(node, endless):
    job = new_job(endless, max_cycles=2**36)
    node.submit(job)
    node.wait_until(job.id, "RUNNING")
    pending = node.http.get(f"/v1/consumers/{job.consumer}/pending").json()["pending_jobs"]
    assert job.nonce in pending
    message = b"tandem:cancel:" + bytes.fromhex(job.id[2:])

    def cancel(signature):
        return node.http.request("DELETE", f"/v1/jobs/{job.id}", json={"signature": signature.hex()})

    stranger = cancel(sign(message, Account.create()))
    assert (stranger.status_code, stranger.json()["reason"]) == (403, "SIGNER_NOT_ALLOWED")
    assert cancel(b"").json()["reason"] == "SIGNATURE_EMPTY"
    assert cancel(sign(message)).json() == {"status": "CANCELLED"}
    again = cancel(sign(message))
    assert (again.status_code, again.json()["reason"]) == (422, "JOB_FINISHED")
    assert node.job(job.id).json()["status"] == "CANCELLED"
    # The executor is free again.
    assert node.submit(job).json()["job_id"] == job.id
    assert node.job(job.id).json()["status"] == "CANCELLED"


def test_long_jobs_of_one_consumer_leave_room_for_others(node, endless, square_root):
    other = Account.create()
    long_jobs = [new_job(endless, max_cycles=2**36) for _ in range(6)]
    for job in long_jobs:
        node.submit(job)
    quick = new_job(square_root, consumer=other.address, account=other)
    node.submit(quick)
    node.wait_until(quick.id, "DONE")
    unfinished = [j for j in long_jobs if node.job(j.id).json()["status"] in ("PENDING", "RUNNING")]
    assert unfinished, "the quick job waited for all the long ones"
    for job in long_jobs:
        message = b"tandem:cancel:" + bytes.fromhex(job.id[2:])
        node.http.request("DELETE", f"/v1/jobs/{job.id}", json={"signature": sign(message).hex()})


def test_next_nonce(node, square_root):
    account = Account.create()
    url = f"/v1/consumers/{account.address}/nonce"
    assert node.http.get(url).json() == {"nonce": 1}
    node.submit(Job(41, square_root, consumer=account.address, account=account, onchain=NUMBER))
    assert node.http.get(url).json() == {"nonce": 42}
