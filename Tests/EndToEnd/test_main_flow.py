"""A signed job in, a signed result out and onchain: DESIGN section 1, over REST, read by web3.py."""
import json
import math

import eth_abi
from eth_account import Account
from eth_utils import keccak
from jobs import Job, decode_result, signer_of
from running_node import OPERATOR_KEY, ROOT
from web3 import Web3


def contract(chain, contracts, name, key):
    artifact = json.loads((ROOT / f"Contracts/artifacts/{name}.json").read_text())
    web3 = chain.web3
    return web3.eth.contract(address=Web3.to_checksum_address(contracts[key]), abi=artifact["abi"])


def test_result_reaches_the_consumer(posting_node, chain, contracts, elfs):
    number = 10**40 + 12345
    for vm in ("sp1", "risc0"):
        program = posting_node.submit_program(elfs["square-root", vm], vm)
        nonce = {"sp1": 1, "risc0": 2}[vm]
        job = Job(
            nonce, program, consumer=contracts["consumer"], onchain=eth_abi.encode(["uint256"], [number]),
            offchain=b"only the program sees this",
        )
        assert posting_node.submit(job).json()["job_id"] == job.id
        done = posting_node.wait_until(job.id, "RELAYED", "FAILED")
        assert done["status"] == "RELAYED", done
        fields = decode_result(done)
        expected = eth_abi.encode(["uint256", "uint256"], [number, math.isqrt(number)])
        assert fields == (
            bytes.fromhex(job.id[2:]), keccak(job.onchain), keccak(job.offchain), keccak(b""),
            job.max_cycles, program, expected,
        )
        encoded = bytes.fromhex(done["result_with_metadata"][2:])
        signature = bytes.fromhex(done["zkvm_operator_signature"][2:])
        assert signer_of(encoded, signature) == Account.from_key(OPERATOR_KEY).address

        consumer = contract(chain, contracts, "SingleOffchainSignerConsumer", "consumer")
        assert consumer.functions.getResult(job.id).call() == expected
        receipt = chain.web3.eth.get_transaction_receipt(done["relay_tx_hash"])
        assert receipt["status"] == 1


def test_a_signer_whom_the_contract_refuses(posting_node, contracts, elfs):
    program = posting_node.submit_program(elfs["square-root", "sp1"], "sp1")
    job = Job(7, program, consumer=contracts["consumer"], account=Account.create())
    answer = posting_node.submit(job)
    assert answer.status_code == 403
    assert answer.json()["reason"] == "SIGNER_NOT_ALLOWED"


def test_ordered_jobs_post_in_the_order_of_their_nonces(posting_node, chain, contracts, elfs):
    program = posting_node.submit_program(elfs["square-root", "sp1"], "sp1")
    number = eth_abi.encode(["uint256"], [49])
    batch = [Job(n, program, consumer=contracts["consumer"], onchain=number) for n in (20, 21, 22, 23)]
    for job in batch:
        assert posting_node.submit(job, relay_strategy="ordered").status_code == 200
    places = []
    web3 = chain.web3
    for job in batch:
        done = posting_node.wait_until(job.id, "RELAYED", "FAILED")
        assert done["status"] == "RELAYED", done
        receipt = web3.eth.get_transaction_receipt(done["relay_tx_hash"])
        places.append((receipt["blockNumber"], receipt["transactionIndex"]))
    assert places == sorted(places)
    low = posting_node.submit(
        Job(19, program, consumer=contracts["consumer"], onchain=number), relay_strategy="ordered")
    assert (low.status_code, low.json()["reason"]) == (422, "NONCE_TOO_LOW")


def test_a_stateful_consumer_moves_from_state_to_state(posting_node, chain, contracts, elfs):
    """Two jobs, each on the state that the one before left; one on an old state is refused onchain."""
    program = posting_node.submit_program(elfs["accumulator", "risc0"], "risc0")
    stateful = contract(chain, contracts, "StatefulConsumer", "stateful_consumer")

    def add(nonce, state, *amounts):
        words = b"".join(amount.to_bytes(32, "big") for amount in amounts)
        onchain = eth_abi.encode(["(bytes32,bytes)"], [(keccak(state), words)])
        job = Job(
            nonce, program, consumer=contracts["stateful_consumer"], onchain=onchain, state=state)
        assert posting_node.submit(job).status_code == 200
        return posting_node.wait_until(job.id, "RELAYED", "FAILED")

    first = add(1, b"", 5, 7)
    state = eth_abi.encode(["uint256", "uint256"], [12, 2])
    assert first["status"] == "RELAYED", first
    assert stateful.functions.getLatestStateHash().call() == keccak(state)
    stale = add(2, b"", 1)
    assert stale["status"] == "FAILED"
    assert "job did not run on the latest state" in stale["failure_reason"]
    second = add(3, state, 30)
    assert second["status"] == "RELAYED", second
    after = eth_abi.encode(["uint256", "uint256"], [42, 3])
    assert stateful.functions.getLatestStateHash().call() == keccak(after)
    assert stateful.functions.getResult(second["id"]).call() == after
