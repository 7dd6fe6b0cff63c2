"""The JSON-RPC methods. A method's name here is its name on the wire."""
from eth.exceptions import HeaderNotFound
from eth_utils import keccak, to_canonical_address

from . import calls, fees, forms
from .subscriptions import log_matches
from .wire import hex_bytes, hex_word, parse_bytes, parse_quantity, quantity

PRIORITY_FEE_WEI = 10**9


class RpcMethods:
    """Every method but eth_subscribe and eth_unsubscribe, which need the connection."""

    def __init__(self, node):
        self._node = node

    # Identity

    def web3_clientVersion(self):
        return "devchain/py-evm"

    def web3_sha3(self, data):
        return hex_bytes(keccak(parse_bytes(data)))

    def net_version(self):
        return str(self._node.options.chain_id)

    def net_listening(self):
        return True

    def eth_chainId(self):
        return quantity(self._node.options.chain_id)

    def eth_syncing(self):
        return False

    def eth_accounts(self):
        return [account.address.lower() for account in self._node.accounts]

    # Fees

    def eth_gasPrice(self):
        return quantity(self._node.next_header().base_fee_per_gas + PRIORITY_FEE_WEI)

    def eth_maxPriorityFeePerGas(self):
        return quantity(PRIORITY_FEE_WEI)

    def eth_blobBaseFee(self):
        return quantity(self._node.blob_base_fee(self._node.next_header()))

    def eth_feeHistory(self, count, newest, percentiles=None):
        newest_header = self._node.required_header_at(newest)
        return fees.history(self._node, parse_quantity(count), newest_header, percentiles)

    # State

    def eth_getBalance(self, address, tag="latest"):
        return quantity(self._state(tag).get_balance(to_canonical_address(address)))

    def eth_getCode(self, address, tag="latest"):
        return hex_bytes(self._state(tag).get_code(to_canonical_address(address)))

    def eth_getStorageAt(self, address, key, tag="latest"):
        state = self._state(tag)
        return hex_word(state.get_storage(to_canonical_address(address), parse_quantity(key)))

    def eth_getTransactionCount(self, address, tag="latest"):
        address = to_canonical_address(address)
        if tag == "pending":
            return quantity(self._node.pool.pending_nonce(address))
        return quantity(self._state(tag).get_nonce(address))

    def eth_call(self, parameters, tag="latest", *_overrides):
        header = self._node.required_header_at(tag)
        return hex_bytes(calls.call(self._node, parameters, header))

    def eth_estimateGas(self, parameters, tag="latest", *_overrides):
        header = self._node.required_header_at(tag)
        return quantity(calls.estimate_gas(self._node, parameters, header))

    # Transactions

    def eth_sendRawTransaction(self, raw):
        return self._node.pool.add_raw(parse_bytes(raw))

    def eth_getTransactionByHash(self, transaction_hash):
        found = self._node.find_transaction(parse_bytes(transaction_hash))
        if found:
            block, index = found
            return forms.transaction(block.transactions[index], block, index)
        waiting = self._node.pool.by_hash.get(parse_bytes(transaction_hash))
        return None if waiting is None else forms.transaction(waiting)

    def eth_getTransactionReceipt(self, transaction_hash):
        found = self._node.find_transaction(parse_bytes(transaction_hash))
        if not found:
            return None
        block, index = found
        return forms.receipts(self._node, block)[index]

    def txpool_status(self):
        pending = self._node.pool.pending_count()
        queued = len(self._node.pool.by_hash) - pending
        return dict(pending=quantity(pending), queued=quantity(queued))

    # Blocks

    def eth_blockNumber(self):
        return quantity(self._node.head().block_number)

    def eth_getBlockReceipts(self, tag):
        block = self._node.block(self._node.required_header_at(tag))
        return forms.receipts(self._node, block)

    def eth_getBlockByNumber(self, tag, with_transactions=False):
        header = self._node.header_at(tag)
        if header is None:
            return None
        return forms.full_block(self._node.block(header), with_transactions)

    def eth_getBlockByHash(self, block_hash, with_transactions=False):
        try:
            header = self._node.header_hashed(parse_bytes(block_hash))
        except HeaderNotFound:
            return None
        return forms.full_block(self._node.block(header), with_transactions)

    def eth_getLogs(self, log_filter):
        found = []
        for header in self._headers(log_filter):
            if header.bloom:
                found += forms.logs(self._node, self._node.block(header))
        return [log for log in found if log_matches(log, log_filter)]

    # Control of the chain, for tests

    def evm_snapshot(self):
        identifier = quantity(len(self._node.snapshots) + 1)
        self._node.snapshots[identifier] = self._node.head()
        return identifier

    def evm_revert(self, identifier):
        if identifier not in self._node.snapshots:
            return False
        self._node.set_head(self._node.snapshots[identifier])
        return True

    def evm_mine(self, *_):
        self._node.miner.mine()
        return "0x0"

    def anvil_mine(self, count="0x1", *_):
        self._node.miner.mine(parse_quantity(count))

    def evm_setAutomine(self, enabled):
        self._node.miner.automine = bool(enabled)
        if enabled and self._node.pool.by_hash:
            self._node.miner.mine()
        return True

    def evm_setIntervalMining(self, seconds):
        self._node.miner.interval = float(seconds)
        self._node.miner.automine = False
        return True

    def evm_increaseTime(self, seconds):
        self._node.clock.offset += parse_quantity(seconds)
        return quantity(self._node.clock.offset)

    def evm_setNextBlockTimestamp(self, timestamp):
        self._node.clock.next_timestamp = parse_quantity(timestamp)
        return True

    def anvil_dropTransaction(self, transaction_hash):
        waiting = self._node.pool.by_hash.get(parse_bytes(transaction_hash))
        if waiting is not None:
            self._node.pool.drop(waiting)
        return transaction_hash

    def dev_reorg(self, depth, extra=1, keep_transactions=False):
        return self._node.miner.reorg(
            parse_quantity(depth), parse_quantity(extra), bool(keep_transactions))

    def _state(self, tag):
        return self._node.state_at(self._node.required_header_at(tag))

    def _headers(self, log_filter):
        if log_filter.get("blockHash"):
            return [self._node.header_hashed(parse_bytes(log_filter["blockHash"]))]
        first = self._node.required_header_at(log_filter.get("fromBlock", "latest"))
        last = self._node.header_at(log_filter.get("toBlock", "latest")) or self._node.head()
        numbers = range(first.block_number, last.block_number + 1)
        return [self._node.header_numbered(number) for number in numbers]
