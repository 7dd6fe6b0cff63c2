"""The chain as clients see it: over its socket, by web3.py and by a WebSocket."""
import asyncio
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from devnode.node import development_accounts
from web3 import AsyncWeb3, Web3, WebSocketProvider

SCRIPT = Path(__file__).resolve().parent / "devchain.py"
with socket.create_server(("127.0.0.1", 0)) as listener:
    PORT = listener.getsockname()[1]  # free now, and nobody else asks for it
ALICE, BOB = development_accounts()[:2]
GWEI = 10**9


@pytest.fixture
def start():
    processes = []

    def start_chain(*flags):
        process = subprocess.Popen(
            [sys.executable, SCRIPT, "--port", str(PORT), *flags], stdout=subprocess.PIPE)
        processes.append(process)
        assert json.loads(process.stdout.readline())["ready"]
        return Web3(Web3.HTTPProvider(f"http://127.0.0.1:{PORT}"))

    yield start_chain
    for process in processes:
        process.terminate()
        process.wait()


def transfer(nonce, value=1, fee=3 * GWEI, tip=GWEI, chain_id=31337, gas=21_000):
    return bytes(ALICE.sign_transaction(dict(
        type=2, chainId=chain_id, nonce=nonce, to=BOB.address, value=value, gas=gas,
        maxFeePerGas=fee, maxPriorityFeePerGas=tip)).raw_transaction)


def refusal(web3, raw):
    with pytest.raises(Exception) as caught:
        web3.eth.send_raw_transaction(raw)
    return str(caught.value)


def test_automined_transfer(start):
    web3 = start()
    before = web3.eth.get_balance(BOB.address)
    transaction_hash = web3.eth.send_raw_transaction(transfer(0, value=7))
    receipt = web3.eth.get_transaction_receipt(transaction_hash)
    assert (receipt.status, receipt.blockNumber, receipt.gasUsed) == (1, 1, 21_000)
    assert web3.eth.get_balance(BOB.address) == before + 7
    assert web3.eth.get_transaction(transaction_hash)["from"] == ALICE.address


def test_what_the_pool_refuses(start):
    web3 = start("--no-mining")
    web3.eth.send_raw_transaction(transfer(0))
    assert "already known" in refusal(web3, transfer(0))
    assert "replacement transaction underpriced" in refusal(web3, transfer(0, fee=3 * GWEI + 1))
    assert "invalid chain id" in refusal(web3, transfer(1, chain_id=1))
    assert "intrinsic gas too low" in refusal(web3, transfer(1, gas=20_999))
    assert "exceeds block gas limit" in refusal(web3, transfer(1, gas=30_000_001))
    assert "insufficient funds" in refusal(web3, transfer(1, value=10**40))
    assert "rlp" in refusal(web3, b"\x02\xc0")
    web3.provider.make_request("evm_mine", [])
    assert "nonce too low" in refusal(web3, transfer(0, value=2))


def test_replacement_by_ten_percent_is_the_one_mined(start):
    web3 = start("--no-mining")
    first = web3.eth.send_raw_transaction(transfer(0, fee=10 * GWEI))
    second = web3.eth.send_raw_transaction(transfer(0, fee=11 * GWEI, tip=GWEI * 11 // 10))
    assert web3.eth.get_transaction_count(ALICE.address, "pending") == 1
    web3.provider.make_request("evm_mine", [])
    assert web3.eth.get_transaction_receipt(second).status == 1
    with pytest.raises(Exception, match="not found"):
        web3.eth.get_transaction(first)


def test_transaction_after_a_gap_waits(start):
    web3 = start("--no-mining")
    late = web3.eth.send_raw_transaction(transfer(1))
    web3.provider.make_request("evm_mine", [])
    status = web3.provider.make_request("txpool_status", [])["result"]
    assert status == dict(pending="0x0", queued="0x1")
    web3.eth.send_raw_transaction(transfer(0))
    web3.provider.make_request("evm_mine", [])
    assert web3.eth.get_transaction_receipt(late).blockNumber == 2


@pytest.mark.parametrize("keep", [False, True])
def test_reorg(start, keep):
    web3 = start()
    transaction_hash = web3.eth.send_raw_transaction(transfer(0))
    old_head = web3.eth.get_block("latest")
    web3.provider.make_request("evm_setAutomine", [False])
    web3.provider.make_request("dev_reorg", [1, 1, keep])
    new_head = web3.eth.get_block("latest")
    assert new_head.number == old_head.number + 1
    assert web3.eth.get_block(1).hash != old_head.hash
    assert web3.eth.get_transaction_count(ALICE.address) == int(keep)
    if not keep:
        assert web3.eth.get_transaction(transaction_hash).blockNumber is None
        web3.provider.make_request("evm_mine", [])
    mined_in = web3.eth.get_transaction_receipt(transaction_hash).blockNumber
    assert mined_in == (1 if keep else 3)


def test_snapshot_and_revert(start):
    web3 = start()
    snapshot = web3.provider.make_request("evm_snapshot", [])["result"]
    web3.eth.send_raw_transaction(transfer(0))
    assert web3.eth.get_transaction_count(ALICE.address) == 1
    assert web3.provider.make_request("evm_revert", [snapshot])["result"]
    assert web3.eth.get_transaction_count(ALICE.address) == web3.eth.block_number == 0


def test_fee_history_and_next_base_fee(start):
    web3 = start()
    for nonce in range(3):
        web3.eth.send_raw_transaction(transfer(nonce))
    history = web3.eth.fee_history(2, "latest", [50])
    assert history.oldestBlock == 2 and len(history.baseFeePerGas) == 3
    assert history.reward == [[GWEI], [GWEI]]
    web3.provider.make_request("evm_mine", [])
    assert web3.eth.get_block("latest").baseFeePerGas == history.baseFeePerGas[2]


def test_errors_and_batches(start):
    web3 = start()
    error = web3.provider.make_request("no_such_method", [])["error"]
    assert error["code"] == -32601
    assert web3.provider.make_request("eth_getBalance", [])["error"]["code"] == -32602
    assert web3.provider.make_request("eth_subscribe", ["newHeads"])["error"]["code"] == -32601
    with web3.batch_requests() as batch:
        batch.add(web3.eth.get_balance(ALICE.address))
        batch.add(web3.eth.get_block("latest"))
        balance, block = batch.execute()
    assert (balance, block.number) == (10_000 * 10**18, 0)


def test_subscribers_hear_of_blocks_also_on_a_timer(start):
    start("--block-time", "0.2")

    async def two_heads():
        async with AsyncWeb3(WebSocketProvider(f"ws://127.0.0.1:{PORT}")) as web3:
            await web3.eth.subscribe("newHeads")
            numbers = []
            async for message in web3.socket.process_subscriptions():
                numbers.append(message["result"]["number"])
                if len(numbers) == 2:
                    return numbers

    first, second = asyncio.run(asyncio.wait_for(two_heads(), 20))
    assert second == first + 1
