"""Builds and signs job requests with eth_abi and eth_account, which know nothing of Tandem."""
import dataclasses

import eth_abi
from eth_account import Account
from eth_account.messages import encode_defunct
from eth_utils import keccak

SIGNER = Account.from_key("0x" + "22" * 32)
FIELDS_A = "(uint64,uint64,address,bytes,bytes,bytes32,bytes32)"
FIELDS_B = "(uint64,uint64,address,bytes,bytes,bytes32)"
RESULT_A = "(bytes32,bytes32,bytes32,bytes32,uint64,bytes,bytes)"
RESULT_B = "(bytes32,bytes32,bytes32,uint64,bytes,bytes,bytes32[])"


def sign(message, account=SIGNER):
    return bytes(account.sign_message(encode_defunct(message)).signature)


@dataclasses.dataclass
class Job:
    nonce: int
    program: bytes
    consumer: str = SIGNER.address
    max_cycles: int = 1_000_000
    onchain: bytes = b""
    offchain: bytes = b""
    state: bytes = b""
    dialect: str = "a"
    account: object = SIGNER

    @property
    def request(self):
        fields = [
            self.nonce, self.max_cycles, self.consumer, self.program, self.onchain,
            keccak(self.offchain),
        ]
        if self.dialect == "b":
            return eth_abi.encode([FIELDS_B], [tuple(fields)])
        return eth_abi.encode([FIELDS_A], [tuple([*fields, keccak(self.state)])])

    @property
    def id(self):
        packed = self.nonce.to_bytes(8, "big") + bytes.fromhex(self.consumer[2:])
        return "0x" + keccak(packed).hex()

    @property
    def signature(self):
        return sign(self.request, self.account)

    def body(self):
        return {
            "request": self.request.hex(),
            "signature": self.signature.hex(),
            "offchain_input": self.offchain.hex(),
            "state": self.state.hex(),
        }


def decode_result(job):
    """The fields of a job's signed result of dialect A, from the answer to GET /v1/jobs/{id}."""
    encoded = bytes.fromhex(job["result_with_metadata"][2:])
    return eth_abi.decode([RESULT_A], encoded)[0]


def signer_of(message, signature):
    return Account.recover_message(encode_defunct(message), signature=signature)
