"""The structs that apps and the operator sign, encoded by eth_abi and signed by eth_account."""
from dataclasses import astuple, dataclass, replace

from eth_abi import encode
from eth_account.messages import encode_defunct
from eth_utils import keccak, to_canonical_address

SECP256K1_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


def job_id(nonce, consumer):
    return keccak(nonce.to_bytes(8, "big") + to_canonical_address(consumer))


@dataclass(frozen=True)
class Struct:
    """A struct as abi.encode writes it; subclasses name the ABI types of their fields."""

    def encoded(self):
        return encode([f"({self.abi_types})"], [astuple(self)])

    def changed(self, **fields):
        return replace(self, **fields)


@dataclass(frozen=True)
class JobRequest(Struct):
    nonce: int
    max_cycles: int
    consumer: str
    program_id: bytes
    onchain_input: bytes
    offchain_input_hash: bytes
    state_hash: bytes
    abi_types = "uint64,uint64,address,bytes,bytes,bytes32,bytes32"

    def offchain_result(self, result):
        """The result that answers this request."""
        return OffchainResult(
            job_id(self.nonce, self.consumer), keccak(self.onchain_input),
            self.offchain_input_hash, self.state_hash, self.max_cycles, self.program_id, result)


@dataclass(frozen=True)
class OnchainResult(Struct):
    job_id: bytes
    onchain_input_hash: bytes
    max_cycles: int
    program_id: bytes
    result: bytes
    abi_types = "bytes32,bytes32,uint64,bytes,bytes"


@dataclass(frozen=True)
class OffchainResult(Struct):
    job_id: bytes
    onchain_input_hash: bytes
    offchain_input_hash: bytes
    state_hash: bytes
    max_cycles: int
    program_id: bytes
    result: bytes
    abi_types = "bytes32,bytes32,bytes32,bytes32,uint64,bytes,bytes"


@dataclass(frozen=True)
class StatefulProgramResult(Struct):
    next_state_hash: bytes
    result: bytes
    abi_types = "bytes32,bytes"


def sign(account, message):
    """An EIP-191 signature over the bytes: r, s, v with v 27 or 28."""
    return bytes(account.sign_message(encode_defunct(message)).signature)


def malformed_signatures(signature):
    """By name, what a valid signature must not be turned into."""
    r, s, v = signature[:32], int.from_bytes(signature[32:64], "big"), signature[64]
    high_s = (SECP256K1_ORDER - s).to_bytes(32, "big")
    return {
        "empty": b"",
        "one byte short": signature[:-1],
        "one byte long": signature + b"\0",
        "the other s": r + high_s + bytes([55 - v]),
        "v as 0 or 1": signature[:64] + bytes([v - 27]),
        "the other v": signature[:64] + bytes([55 - v]),
        "v of 29": signature[:64] + bytes([29]),
        "r of 0": bytes(32) + signature[32:],
        "s of 0": r + bytes(32) + bytes([v]),
        "all zero": bytes(65),
        "r of the order": SECP256K1_ORDER.to_bytes(32, "big") + signature[32:],
        "one bit of r": bytes([signature[0] ^ 1]) + signature[1:],
    }
