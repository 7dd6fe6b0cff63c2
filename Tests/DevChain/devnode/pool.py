"""The transaction pool: what is let in, what replaces what, and in which order it is mined."""
from eth_account.typed_transactions import BlobTransaction
from hexbytes import HexBytes

from .wire import RpcError, hex_bytes, rejected

BLOB_TRANSACTION_TYPE = 3
REPLACEMENT_PERCENT = 110


class TransactionPool:
    """Transactions that wait, by sender and nonce."""

    def __init__(self, node):
        self.node = node
        self.by_sender = {}  # sender -> {nonce: transaction}
        self.by_hash = {}

    def add_raw(self, raw):
        """Checks a signed transaction as geth does and lets it in; returns its hash."""
        transaction, sender = self._decode(raw)
        self._check(transaction, sender)
        waiting = self.by_sender.setdefault(sender, {})
        replaced = waiting.get(transaction.nonce)
        if replaced is not None:
            self._check_replacement(replaced, transaction)
            self.by_hash.pop(replaced.hash, None)
        waiting[transaction.nonce] = transaction
        self.by_hash[transaction.hash] = transaction
        transaction_hash = hex_bytes(transaction.hash)
        self.node.subscriptions.publish("newPendingTransactions", transaction_hash)
        if self.node.miner.automine:
            self.node.miner.mine()
        return transaction_hash

    def put_back(self, transaction):
        """A reorg took the transaction out of its block: it waits again."""
        if self.node.find_transaction(transaction.hash):
            return
        waiting = self.by_sender.setdefault(transaction.sender, {})
        waiting.setdefault(transaction.nonce, transaction)
        self.by_hash[transaction.hash] = transaction

    def drop(self, transaction):
        self.by_hash.pop(transaction.hash, None)
        waiting = self.by_sender.get(transaction.sender, {})
        held = waiting.get(transaction.nonce)
        if held is not None and held.hash == transaction.hash:
            del waiting[transaction.nonce]

    def drop_used_nonces(self):
        """Forgets transactions that can never be mined any more."""
        if not self.by_sender:
            return
        state = self.node.state_at(self.node.head())
        for sender, waiting in list(self.by_sender.items()):
            account_nonce = state.get_nonce(sender)
            for nonce in [nonce for nonce in waiting if nonce < account_nonce]:
                self.by_hash.pop(waiting.pop(nonce).hash, None)
            if not waiting:
                del self.by_sender[sender]

    def clear(self):
        self.by_sender.clear()
        self.by_hash.clear()

    def pending_nonce(self, address):
        """The nonce after every transaction of the sender that can be mined now."""
        nonce = self.node.state_at(self.node.head()).get_nonce(address)
        while nonce in self.by_sender.get(address, {}):
            nonce += 1
        return nonce

    def pending_count(self):
        return sum(
            1 for address, waiting in self.by_sender.items()
            for nonce in waiting if nonce < self.pending_nonce(address))

    def executable(self, state, base_fee):
        """Transactions at the next nonces of their senders, the best tip first. A sender's turn
        ends at a gap or at a transaction below the base fee."""
        def tip(transaction):
            return min(transaction.max_priority_fee_per_gas, transaction.max_fee_per_gas - base_fee)

        runs = [run for run in (
            self._run(state.get_nonce(sender), waiting, base_fee)
            for sender, waiting in self.by_sender.items()) if run]
        while runs:
            runs.sort(key=lambda run: -tip(run[0]))
            yield runs[0].pop(0)
            if not runs[0]:
                runs.pop(0)

    @staticmethod
    def _run(nonce, waiting, base_fee):
        run = []
        while nonce in waiting and waiting[nonce].max_fee_per_gas >= base_fee:
            run.append(waiting[nonce])
            nonce += 1
        return run

    def _decode(self, raw):
        try:
            if raw[0] == BLOB_TRANSACTION_TYPE:
                raw = self._without_sidecar(raw)
            transaction = self.node.transaction_builder().decode(raw)
            return transaction, transaction.sender
        except RpcError:
            raise
        except Exception as error:
            raise rejected(f"rlp: {error}")

    @staticmethod
    def _without_sidecar(raw):
        blob_transaction = BlobTransaction.from_bytes(HexBytes(raw))  # checks the KZG proofs
        if blob_transaction.blob_data is None:
            raise rejected("missing sidecar in blob transaction")
        blob_transaction.blob_data = None
        return bytes([BLOB_TRANSACTION_TYPE]) + blob_transaction.payload()

    def _check(self, transaction, sender):
        options = self.node.options
        if transaction.hash in self.by_hash or self.node.find_transaction(transaction.hash):
            raise rejected("already known")
        chain_id = getattr(transaction, "chain_id", None)
        if chain_id not in (None, options.chain_id):
            raise rejected(
                f"invalid chain id for signer: have {chain_id} want {options.chain_id}")
        state = self.node.state_at(self.node.head())
        nonce = state.get_nonce(sender)
        if transaction.nonce < nonce:
            raise rejected(f"nonce too low: next nonce {nonce}, tx nonce {transaction.nonce}")
        if transaction.gas < transaction.intrinsic_gas:
            raise rejected(
                f"intrinsic gas too low: gas {transaction.gas}, "
                f"minimum needed {transaction.intrinsic_gas}")
        if transaction.gas > options.gas_limit:
            raise rejected("exceeds block gas limit")
        if transaction.max_priority_fee_per_gas > transaction.max_fee_per_gas:
            raise rejected("max priority fee per gas higher than max fee per gas")
        cost = transaction.value + transaction.gas * transaction.max_fee_per_gas
        if state.get_balance(sender) < cost:
            raise rejected("insufficient funds for gas * price + value")

    @staticmethod
    def _check_replacement(replaced, transaction):
        for fee in ("max_fee_per_gas", "max_priority_fee_per_gas"):
            old, new = getattr(replaced, fee), getattr(transaction, fee)
            if new * 100 < old * REPLACEMENT_PERCENT:
                raise rejected("replacement transaction underpriced")
