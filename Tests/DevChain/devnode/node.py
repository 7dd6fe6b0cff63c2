"""The chain itself: genesis, accounts, the clock, and finding blocks, states and transactions."""
import time
from dataclasses import dataclass

from eth import constants
from eth.chains.base import MiningChain
from eth.consensus import ConsensusApplier, NoProofConsensus
from eth.db.atomic import AtomicDB
from eth.vm.forks import PragueVM
from eth_account import Account
from eth_utils import to_canonical_address

from .mining import Miner
from .pool import TransactionPool
from .subscriptions import Subscriptions
from .wire import parse_bytes, parse_quantity, rejected

MNEMONIC = "test test test test test test test test test test test junk"
ACCOUNT_COUNT = 10
ACCOUNT_BALANCE_WEI = 10_000 * 10**18
LATEST_TAGS = ("latest", "pending", "safe", "finalized", None)


@dataclass
class Options:
    """What the command line can choose."""

    chain_id: int = 31337
    gas_limit: int = 30_000_000
    base_fee: int = 10**9
    block_time: float = 0
    no_mining: bool = False


def development_accounts():
    """The accounts that every development chain has."""
    Account.enable_unaudited_hdwallet_features()
    paths = (f"m/44'/60'/0'/0/{index}" for index in range(ACCOUNT_COUNT))
    return [Account.from_mnemonic(MNEMONIC, account_path=path) for path in paths]


class Clock:
    """Block timestamps: the wall clock, moved by evm_increaseTime, or fixed for one block."""

    def __init__(self):
        self.offset, self.next_timestamp = 0, None

    def timestamp_after(self, parent_timestamp):
        wanted = self.next_timestamp or int(time.time()) + self.offset
        return max(parent_timestamp + 1, wanted)


class DevNode:
    """One chain with its transaction pool, its miner and its subscribers."""

    def __init__(self, options=None):
        self.options = options or Options()
        self.accounts = development_accounts()
        self.clock = Clock()
        self.chain = self._chain_class().from_genesis(AtomicDB(), *self._genesis())
        self.transaction_places = {}  # hash -> [(number, block hash, index)] over every branch
        self.snapshots = {}
        self.subscriptions = Subscriptions()
        self.pool = TransactionPool(self)
        self.miner = Miner(self)

    def _chain_class(node):
        consensus = ConsensusApplier(NoProofConsensus)

        class DevelopmentChain(MiningChain):
            chain_id = node.options.chain_id
            vm_configuration = consensus.amend_vm_configuration(((0, PragueVM),))

            def create_header_from_parent(self, parent, **fields):
                fields.setdefault("gas_limit", node.options.gas_limit)
                fields.setdefault("timestamp", node.clock.timestamp_after(parent.timestamp))
                return super().create_header_from_parent(parent, **fields)

        return DevelopmentChain

    def _genesis(self):
        header = dict(
            coinbase=b"\0" * 20, difficulty=0, extra_data=b"", mix_hash=b"\0" * 32,
            nonce=b"\0" * 8, timestamp=int(time.time()) - 1,
            gas_limit=self.options.gas_limit, base_fee_per_gas=self.options.base_fee)
        funded = dict(balance=ACCOUNT_BALANCE_WEI, nonce=0, code=b"", storage={})
        state = {to_canonical_address(account.address): funded for account in self.accounts}
        return header, state

    # Blocks and states

    @property
    def database(self):
        return self.chain.chaindb

    def head(self):
        """The header of the newest canonical block."""
        return self.database.get_canonical_head()

    def next_header(self, parent=None):
        """The header of a block on top of `parent`, by default of the head."""
        return self.chain.create_header_from_parent(parent or self.head())

    def header_at(self, tag):
        """The header a JSON-RPC block parameter names; None above the head."""
        if isinstance(tag, dict):
            return self.database.get_block_header_by_hash(parse_bytes(tag["blockHash"]))
        if tag in LATEST_TAGS:
            return self.head()
        number = 0 if tag == "earliest" else parse_quantity(tag)
        return None if number > self.head().block_number else self.header_numbered(number)

    def required_header_at(self, tag):
        """As `header_at`, but a missing block is an error."""
        header = self.header_at(tag)
        if header is None:
            raise rejected("header not found")
        return header

    def header_numbered(self, number):
        return self.database.get_canonical_block_header_by_number(number)

    def header_hashed(self, block_hash):
        return self.database.get_block_header_by_hash(block_hash)

    def block(self, header):
        block_class = self.chain.get_vm_class(header).get_block_class()
        return block_class.from_header(header, self.database)

    def state_at(self, header):
        """The state after `header`, seen from a child block."""
        return self.chain.get_vm(self.next_header(header)).state

    def blob_base_fee(self, header):
        return self.chain.get_vm(header).state.blob_base_fee

    def transaction_builder(self):
        return self.chain.get_vm().get_transaction_builder()

    def find_transaction(self, transaction_hash):
        """The canonical block that holds a transaction and its index there, or None."""
        for number, block_hash, index in self.transaction_places.get(bytes(transaction_hash), ()):
            if number > self.head().block_number:
                continue
            if self.database.get_canonical_block_hash(number) == block_hash:
                return self.block(self.header_hashed(block_hash)), index
        return None

    def set_head(self, header):
        """Makes an older block the head again, without building anything; empties the pool."""
        database = self.database
        database._set_as_canonical_chain_head(database.db, header, constants.GENESIS_PARENT_HASH)
        self.refresh_pending_header()
        self.pool.clear()

    def refresh_pending_header(self):
        self.chain.header = self.next_header()
