"""Seeded structs of the coprocessor interface, encoded by eth-abi. One line each: name, the fields,
the encoding. Byte strings have an x in front, lists are comma-separated with a l in front."""
import random
import sys

from eth_abi import encode
from eth_abi.packed import encode_packed
from eth_hash.auto import keccak

random.seed(int(sys.argv[1]))


def some_bytes():
    length = random.choice([0, 1, 20, 31, 32, 33, 64, random.randrange(400)])
    return bytes(random.choice([0, 255, random.randrange(256)]) for _ in range(length))


def uint64():
    return random.choice([0, 1, 2**64 - 1, random.getrandbits(64), random.getrandbits(20)])


def word():
    return random.choice([bytes(32), random.randbytes(32), (0xE0).to_bytes(32, "big")])


def words():
    return [word() for _ in range(random.choice([0, 1, 2, random.randrange(9)]))]


MAKERS = {"uint64": uint64, "bytes": some_bytes, "bytes32": word, "bytes32[]": words,
          "address": lambda: "0x" + random.randbytes(20).hex()}
STRUCTS = {
    "requestA": "uint64 uint64 address bytes bytes bytes32 bytes32",
    "requestB": "uint64 uint64 address bytes bytes bytes32",
    "result": "bytes32 bytes32 uint64 bytes bytes",
    "offchainResultA": "bytes32 bytes32 bytes32 bytes32 uint64 bytes bytes",
    "offchainResultB": "bytes32 bytes32 bytes32 uint64 bytes bytes bytes32[]",
    "stateful": "bytes32 bytes",
}


def text(value):
    if isinstance(value, bytes):
        return "x" + value.hex()
    if isinstance(value, list):
        return "l" + ",".join(element.hex() for element in value)
    return str(value)


for _ in range(int(sys.argv[2])):
    for name, types in STRUCTS.items():
        kinds = types.split(" ")
        values = [MAKERS[kind]() for kind in kinds]
        encoded = encode(["(" + ",".join(kinds) + ")"], [tuple(values)])
        extra = []
        if name.startswith("request"):
            extra = [keccak(encode_packed(["uint64", "address"], [values[0], values[2]])).hex()]
        print(name, *[text(value) for value in values], *extra, encoded.hex())
