"""Results on their way to the chain, as the operator sees them."""
import json
import time

import eth_abi
import httpx
from jobs import Job
from running_node import PATIENCE_SECONDS, get, tandem


def rpc(chain, method, *parameters):
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(parameters)}
    answer = httpx.post(chain.url, json=body, timeout=PATIENCE_SECONDS).json()
    assert "error" not in answer, answer
    return answer["result"]


def test_a_result_waits_in_the_outbox_until_it_is_mined(posting_node, chain, contracts, elfs):
    program = posting_node.submit_program(elfs["square-root", "sp1"], "sp1")
    number = eth_abi.encode(["uint256"], [100])
    job = Job(555, program, consumer=contracts["consumer"], onchain=number)
    rpc(chain, "evm_setAutomine", False)
    try:
        assert posting_node.submit(job).status_code == 200
        posting_node.wait_until(job.id, "DONE")
        deadline = time.monotonic() + PATIENCE_SECONDS
        posting = None
        while time.monotonic() < deadline and (posting or {}).get("state") != "live":
            shown = json.loads(tandem("outbox", "list", "--node", posting_node.metrics).stdout)
            posting = next((x for x in shown["postings"] if x["job_id"] == job.id), None)
            time.sleep(0.05)
        assert posting["state"] == "live" and posting["job_nonce"] == 555
        retry = tandem("outbox", "retry", job.id, "--node", posting_node.metrics, check=False)
        assert retry.returncode == 2 and "not a dead letter" in retry.stderr
        # The operator's view is not for everybody.
        assert get(posting_node.rest + "/outbox").status_code == 404
        assert posting_node.job(job.id).json()["relay_tx_hash"] == "0x"
    finally:
        rpc(chain, "evm_setAutomine", True)
        rpc(chain, "evm_mine")
    done = posting_node.wait_until(job.id, "RELAYED", "FAILED")
    assert done["status"] == "RELAYED", done
    shown = json.loads(tandem("outbox", "list", "--node", posting_node.metrics).stdout)
    assert job.id not in [x["job_id"] for x in shown["postings"]]
    unknown = tandem("outbox", "retry", job.id, "--node", posting_node.metrics, check=False)
    assert unknown.returncode == 2 and "no posting" in unknown.stderr


def test_results_made_while_the_chain_is_away_are_posted_later(tmp_path, chain, contracts, elfs):
    """A node whose chain does not answer keeps its results; one with the chain posts them."""
    from running_node import Node

    allow = f"signatures.allowlist={contracts['consumer']}={Job(1, bytes(32)).consumer}"
    manager = f"chain.jobManager={contracts['job_manager']}"
    away = Node(tmp_path, ["chain.rpcURL=http://127.0.0.1:9", manager, allow])
    program = away.submit_program(elfs["square-root", "sp1"], "sp1")
    number = eth_abi.encode(["uint256"], [121])
    job = Job(777, program, consumer=contracts["consumer"], onchain=number)
    assert away.submit(job).status_code == 200
    away.wait_until(job.id, "DONE")
    stranger = Job(778, program, consumer=contracts["stateful_consumer"], onchain=number)
    refusal = away.submit(stranger)
    assert (refusal.status_code, refusal.json()["reason"]) == (503, "CHAIN_UNAVAILABLE")
    assert "retry-after" in refusal.headers
    assert away.stop() == 0
    back = Node(tmp_path, [f"chain.rpcURL={chain.url}", manager, allow])
    done = back.wait_until(job.id, "RELAYED", "FAILED")
    assert done["status"] == "RELAYED", done
    assert back.stop() == 0
