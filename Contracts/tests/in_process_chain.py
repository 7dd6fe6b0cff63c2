"""The development chain in this process, driven by web3.py and its accounts."""
import json
from pathlib import Path

from devnode.dispatch import Dispatcher
from devnode.node import DevNode
from web3 import Web3
from web3.exceptions import ContractLogicError
from web3.logs import DISCARD
from web3.providers import BaseProvider

CONTRACTS = Path(__file__).resolve().parent.parent
TRANSACTION_GAS = 20_000_000
REVERTED_PREFIX = "execution reverted: "


class InProcessProvider(BaseProvider):
    """Hands web3.py's requests to the chain without a socket."""

    def __init__(self):
        super().__init__()
        self._dispatcher = Dispatcher(DevNode())
        self.accounts = self._dispatcher.node.accounts

    def make_request(self, method, params):
        request = json.loads(json.dumps(dict(id=1, method=method, params=list(params))))
        return self._dispatcher.answer(request)


def events(contract, name, receipt):
    """The events of this name in a transaction; those of other contracts don't count."""
    found = contract.events[name]().process_receipt(receipt, errors=DISCARD)
    return [event for event in found if event.address == contract.address]


class Chain:
    """Deploys, sends and asks why something is refused."""

    def __init__(self):
        provider = InProcessProvider()
        self.web3, self.accounts = Web3(provider), provider.accounts

    def deploy(self, name, *arguments, sender):
        artifact = json.loads((CONTRACTS / "artifacts" / f"{name}.json").read_text())
        factory = self.web3.eth.contract(abi=artifact["abi"], bytecode=artifact["bytecode"])
        receipt = self.send(factory.constructor(*arguments), sender)
        return self.web3.eth.contract(address=receipt.contractAddress, abi=artifact["abi"])

    def send(self, call, sender):
        """Mines a transaction and returns its receipt; the transaction has to succeed."""
        receipt = self._mine(call, sender)
        assert receipt.status == 1, f"reverted after {receipt.gasUsed} gas"
        return receipt

    def refusal(self, call, sender):
        """Why the contract refuses the call; the same call as a transaction has to fail too."""
        try:
            call.call({"from": sender.address})
        except ContractLogicError as error:
            receipt = self._mine(call, sender)
            assert receipt.status == 0 and not receipt.logs
            return (error.message or "").removeprefix(REVERTED_PREFIX)
        raise AssertionError("the call was not refused")

    def snapshot(self):
        return self.web3.provider.make_request("evm_snapshot", [])["result"]

    def revert(self, snapshot):
        assert self.web3.provider.make_request("evm_revert", [snapshot])["result"]

    def _mine(self, call, sender):
        transaction = call.build_transaction({
            "from": sender.address, "gas": TRANSACTION_GAS,
            "nonce": self.web3.eth.get_transaction_count(sender.address)})
        signed = sender.sign_transaction(transaction)
        transaction_hash = self.web3.eth.send_raw_transaction(signed.raw_transaction)
        return self.web3.eth.get_transaction_receipt(transaction_hash)
