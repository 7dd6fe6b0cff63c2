"""Job requests by the hundred thousand: encoded by hand and signed with coincurve, which takes tens of
microseconds where eth_abi and eth_account take milliseconds. `check` compares the two."""
import json
import struct

import coincurve
import jobs
from eth_account import Account
from eth_utils import keccak, to_checksum_address

MAX_CYCLES = 1_000_000
EMPTY_HASH = keccak(b"")


def word(number):
    return number.to_bytes(32, "big")


class Signer:
    """A consumer that signs for itself."""

    def __init__(self, index):
        self.secret = keccak(b"tandem benchmark" + word(index))
        self.key = coincurve.PrivateKey(self.secret)
        self.address = keccak(self.key.public_key.format(compressed=False)[1:])[12:]

    def sign(self, message):
        """65 bytes r, s, v over the EIP-191 hash."""
        digest = keccak(b"\x19Ethereum Signed Message:\n%d" % len(message) + message)
        signature = self.key.sign_recoverable(digest, hasher=None)
        return signature[:64] + bytes([27 + signature[64]])


def encoded(nonce, signer, program, onchain):
    """abi.encode of the 7 fields, for inputs of whole words."""
    assert len(program) % 32 == 0 and len(onchain) % 32 == 0
    head_count = 7 * 32
    return b"".join([
        word(32), word(nonce), word(MAX_CYCLES), bytes(12) + signer.address, word(head_count),
        word(head_count + 32 + len(program)), EMPTY_HASH, EMPTY_HASH,
        word(len(program)), program, word(len(onchain)), onchain,
    ])


def job_id(nonce, signer):
    return keccak(nonce.to_bytes(8, "big") + signer.address)


def check(program, onchain):
    """The encoding, the signature and the address are those of the slow and known libraries."""
    signer = Signer(0)
    account = Account.from_key(signer.secret)
    known = jobs.Job(
        7, program, consumer=to_checksum_address(signer.address), max_cycles=MAX_CYCLES,
        onchain=onchain, account=account)
    request = encoded(7, signer, program, onchain)
    assert known.request == request and known.signature == signer.sign(request)
    assert known.id == "0x" + job_id(7, signer).hex()


def field(number, value):
    """A length-delimited protobuf field."""
    count, length = len(value), b""
    while count >= 0x80:
        length += bytes([count & 0x7F | 0x80])
        count >>= 7
    return bytes([number << 3 | 2]) + length + bytes([count]) + value


def grpc_message(request, signature):
    return field(1, request) + field(2, signature)


def rest_body(request, signature):
    body = {"request": request.hex(), "signature": signature.hex(), "offchain_input": ""}
    return json.dumps(body).encode()


class Batch:
    """Distinct signed jobs in a file that RequestPlayer plays."""

    def __init__(self, path, count, signers, program, onchain, first_nonce, body=grpc_message):
        self.path = path
        self.count = count
        self.ids = []
        with open(path, "wb") as file:
            for index in range(count):
                signer = signers[index % len(signers)]
                nonce = first_nonce + index // len(signers)
                request = encoded(nonce, signer, program, onchain)
                bytes_ = body(request, signer.sign(request))
                file.write(struct.pack(">I", len(bytes_)) + bytes_)
                if index % (count // 16 or 1) == 0:
                    self.ids.append(job_id(nonce, signer))
