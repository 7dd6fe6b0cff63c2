"""kill -9 at any instant: no accepted job lost, none run into two results, no nonce used twice."""
import concurrent.futures
import random
import threading
import time

import eth_abi
import httpx
from jobs import Job, decode_result
from running_node import Node, tandem
from web3 import Web3

NUMBER = eth_abi.encode(["uint256"], [81])


def submit_until_killed(node, batch, accepted):
    """Submits on several connections until the node is gone; notes what it said yes to."""
    def submit(job):
        try:
            answer = node.http.post("/v1/jobs", json=job.body())
        except httpx.TransportError:
            return
        if answer.status_code == 200:
            accepted[answer.json()["job_id"]] = job

    with concurrent.futures.ThreadPoolExecutor(8) as workers:
        list(workers.map(submit, batch))


def test_kill_during_a_thousand_submissions(tmp_path, elfs):
    random.seed(4)
    node = Node(tmp_path)
    program = node.submit_program(elfs["square-root", "sp1"], "sp1")
    batch = [Job(nonce, program, onchain=NUMBER) for nonce in range(1, 1001)]
    accepted, results = {}, {}
    for start in range(0, 1000, 200):
        part = batch[start:start + 200]
        killer = threading.Timer(random.uniform(0.05, 0.4), node.kill)
        killer.start()
        submit_until_killed(node, part, accepted)
        killer.join()
        check = tandem("store", "check", "--data", tmp_path / "data", "--json")
        assert check["ok"], check
        node = Node(tmp_path)
        for job_id, job in accepted.items():
            known = node.job(job_id).json()
            assert known.get("request_signature") == "0x" + job.signature.hex(), known
            if job_id in results:
                assert known["result_with_metadata"] == results[job_id]
            elif known["status"] == "DONE":
                results[job_id] = known["result_with_metadata"]
        # What was not answered may be sent again: it is the same job, or a new one.
        for job in part:
            answer = node.submit(job)
            assert answer.status_code == 200, answer.text
            accepted[job.id] = job
        rival = Job(part[0].nonce, program, onchain=NUMBER, max_cycles=777_777)
        assert node.submit(rival).status_code == 409
    assert len(accepted) == 1000
    for job_id in accepted:
        done = node.wait_until(job_id, "DONE", "FAILED")
        assert done["status"] == "DONE", done["failure_reason"]
        if job_id in results:
            assert done["result_with_metadata"] == results[job_id]
    assert node.stop() == 0
    assert tandem("store", "check", "--data", tmp_path / "data", "--json")["ok"]


def test_kill_while_posting(tmp_path, chain, contracts, elfs):
    """Each result is posted by exactly one transaction, however often the node dies."""
    random.seed(5)
    settings = [
        f"chain.rpcURL={chain.url}", f"chain.jobManager={contracts['job_manager']}",
        "chain.pollMilliseconds=20", "posting.inFlightMax=4",
    ]
    web3 = chain.web3
    first_block = web3.eth.block_number
    node = Node(tmp_path, settings)
    program = node.submit_program(elfs["square-root", "sp1"], "sp1")
    batch = [
        Job(10_000 + n, program, consumer=contracts["consumer"], onchain=NUMBER) for n in range(20)]
    for job in batch:
        assert node.submit(job).status_code == 200
    for _ in range(6):
        time.sleep(random.uniform(0.05, 0.5))
        node.kill()
        node = Node(tmp_path, settings)
    ids = {job.id for job in batch}
    for job in batch:
        # The chain is one Python process, which still works on what the killed nodes had asked.
        done = node.wait_until(job.id, "RELAYED", "FAILED")
        assert done["status"] == "RELAYED", done
        assert decode_result(done)[0].hex() == job.id[2:]
    assert node.stop() == 0
    completed = []
    topic = web3.keccak(text="JobCompleted(bytes32,bytes)")
    for log in web3.eth.get_logs({"fromBlock": first_block, "topics": [topic]}):
        if "0x" + bytes(log["topics"][1]).hex() in ids:
            completed.append(bytes(log["topics"][1]))
    assert len(completed) == len(set(completed)) == len(batch)
    manager = Web3.to_checksum_address(contracts["job_manager"])
    failed = 0
    for number in range(first_block + 1, web3.eth.block_number + 1):
        for transaction in web3.eth.get_block(number, full_transactions=True)["transactions"]:
            receipt = web3.eth.get_transaction_receipt(transaction["hash"])
            failed += transaction["to"] == manager and receipt["status"] == 0
    assert failed == 0, "a result was posted twice and refused by the contract"
