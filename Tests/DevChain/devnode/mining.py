"""Building blocks, and replacing them by a longer branch."""
import os

from eth.vm.forks.cancun.state import get_total_blob_gas
from eth_utils import ValidationError

from . import forms
from .wire import hex_bytes

BLOB_GAS_PER_BLOCK_MAX = 786_432


class Miner:
    """Makes blocks: at once for each transaction, on a timer, or when told to."""

    def __init__(self, node):
        options = node.options
        self.node = node
        self.interval = options.block_time
        self.automine = not options.no_mining and not options.block_time

    def mine(self, count=1):
        """Mines `count` blocks from the pool on top of the head."""
        return [self._extend(self.node.head(), None) for _ in range(count)]

    def reorg(self, depth, extra=1, keep_transactions=False):
        """Replaces the last `depth` blocks by `depth + extra` blocks: empty ones (the transactions
        return to the pool), or ones with the same transactions. Returns the new head's hash."""
        parent, dropped = self.node.head(), []
        for _ in range(depth):
            dropped.insert(0, self.node.block(parent))
            parent = self.node.header_hashed(parent.parent_hash)
        for index in range(depth + extra):
            kept = keep_transactions and index < len(dropped)
            parent = self._extend(parent, dropped[index].transactions if kept else ()).header
        return hex_bytes(self.node.head().hash)

    def _extend(self, parent, transactions):
        """Mines one block on `parent` with these transactions, or from the pool when None."""
        node = self.node
        block = self._build(parent, transactions)
        new_hashes, old_hashes = node.database.persist_block(block)
        node.refresh_pending_header()
        node.clock.next_timestamp = None
        self._announce(new_hashes, old_hashes)
        return block

    def _build(self, parent, transactions):
        header = self.node.next_header(parent)
        chosen = self._choose(header) if transactions is None else list(transactions)
        chosen, vm, (new_header, receipts, _) = self._apply(header, chosen)
        block = vm.set_block_transactions_and_withdrawals(
            vm.get_block(), new_header, chosen, receipts)
        block = vm.mine_block(
            block, mix_hash=os.urandom(32), coinbase=header.coinbase,
            blob_gas_used=sum(map(get_total_blob_gas, chosen))).block
        self.node.chain.validate_block(block)
        for index, transaction in enumerate(chosen):
            places = self.node.transaction_places.setdefault(bytes(transaction.hash), [])
            places.append((block.number, block.hash, index))
        return block

    def _choose(self, header):
        chosen, gas, blob_gas = [], 0, 0
        state = self.node.chain.get_vm(header).state
        for transaction in self.node.pool.executable(state, header.base_fee_per_gas):
            more_blob_gas = get_total_blob_gas(transaction)
            if gas + transaction.gas > header.gas_limit:
                continue
            if blob_gas + more_blob_gas > BLOB_GAS_PER_BLOCK_MAX:
                continue
            chosen.append(transaction)
            gas, blob_gas = gas + transaction.gas, blob_gas + more_blob_gas
        return chosen

    def _apply(self, header, chosen):
        """Runs the transactions, leaving out those that the EVM refuses (unfunded by now)."""
        while True:
            vm = self.node.chain.get_vm(header)
            try:
                return chosen, vm, vm.apply_all_transactions(chosen, header)
            except ValidationError:
                accepted = self._acceptable(header, chosen)
                if len(accepted) == len(chosen):
                    raise
                chosen = accepted

    def _acceptable(self, header, transactions):
        vm, accepted = self.node.chain.get_vm(header), []
        for transaction in transactions:
            try:
                receipt, _ = vm.apply_transaction(header, transaction)
                header = vm.add_receipt_to_header(header, receipt)
                accepted.append(transaction)
            except ValidationError:
                self.node.pool.drop(transaction)
        return accepted

    def _announce(self, new_hashes, old_hashes):
        """Tells subscribers of blocks that left and blocks that came, and moves transactions
        between the pool and the chain accordingly."""
        node = self.node
        for block_hash in old_hashes:
            block = node.block(node.header_hashed(block_hash))
            for log in forms.logs(node, block):
                node.subscriptions.publish("logs", dict(log, removed=True))
            for transaction in block.transactions:
                node.pool.put_back(transaction)
        for block_hash in new_hashes:
            block = node.block(node.header_hashed(block_hash))
            for transaction in block.transactions:
                node.pool.drop(transaction)
            node.subscriptions.publish("newHeads", forms.header(block))
            for log in forms.logs(node, block):
                node.subscriptions.publish("logs", log)
        node.pool.drop_used_nonces()
