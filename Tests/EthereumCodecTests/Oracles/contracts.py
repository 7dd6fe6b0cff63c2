"""Calls, return values, events and reverts of the contracts, encoded by web3.py and eth-abi.

One line each: kind, name, the arguments (bytes with an x in front), the encoding; for events the
topics, comma-separated, stand before the data."""
import random
import sys

from eth_abi import encode
from eth_hash.auto import keccak
from web3 import Web3

random.seed(int(sys.argv[1]))


def some_bytes():
    return random.randbytes(random.choice([0, 1, 31, 32, 33, 65, random.randrange(300)]))


def text(value):
    return "x" + value.hex() if isinstance(value, bytes) else str(value).lower()


MAKERS = {"uint64": lambda: random.choice([0, 2**64 - 1, random.getrandbits(64)]),
          "bytes": some_bytes, "bytes32": lambda: random.randbytes(32),
          "uint8": lambda: random.randrange(4),
          "address": lambda: Web3.to_checksum_address(random.randbytes(20))}
FUNCTIONS = {
    "manager": {
        "createJob": "uint64 bytes bytes uint64", "cancelJob": "bytes32",
        "submitResult": "bytes bytes", "submitResultForOffchainJob": "bytes bytes bytes bytes",
        "getJobMetadata": "bytes32", "setRelayer": "address", "getRelayer": "",
        "setCoprocessorOperator": "address", "getCoprocessorOperator": ""},
    "consumer": {
        "isValidSignature": "bytes32 bytes", "getNextNonce": "", "getOnchainInputForJob": "bytes32",
        "getOffchainInputHashForJob": "bytes32", "getStateHashForJob": "bytes32",
        "setInputsForJob": "bytes32 bytes bytes32 bytes32", "updateLatestNonce": "uint64",
        "receiveResult": "bytes32 bytes", "cancelJob": "bytes32"},
}
EVENTS = {"JobCreated": ["*bytes32", "*uint64", "*address", "uint64", "bytes", "bytes"],
          "JobCancelled": ["*bytes32"], "JobCompleted": ["*bytes32", "bytes"]}
RETURNS = {"metadata": ["bytes", "uint64", "address", "uint8"], "uint64": ["uint64"],
           "address": ["address"], "hash": ["bytes32"], "bytes": ["bytes"]}


def calldata(name, types, values):
    entry = {"type": "function", "name": name, "stateMutability": "nonpayable", "outputs": [],
             "inputs": [{"name": f"a{i}", "type": kind} for i, kind in enumerate(types)]}
    return Web3().eth.contract(abi=[entry]).encode_abi(name, args=values)[2:]


def event(name, types):
    values = [MAKERS[kind.strip("*")]() for kind in types]
    signature = f"{name}({','.join(kind.strip('*') for kind in types)})"
    topics = [keccak(signature.encode())]
    topics += [encode([kind[1:]], [value]) for kind, value in zip(types, values) if kind[0] == "*"]
    rest = [(kind, value) for kind, value in zip(types, values) if kind[0] != "*"]
    data = encode([kind for kind, _ in rest], [value for _, value in rest])
    topic_text = ",".join(topic.hex() for topic in topics)
    print("event", name, *[text(value) for value in values], topic_text, "x" + data.hex())


for _ in range(int(sys.argv[2])):
    for contract, functions in FUNCTIONS.items():
        for name, types in functions.items():
            kinds = types.split()
            values = [MAKERS[kind]() for kind in kinds]
            print(contract, name, *[text(value) for value in values], calldata(name, kinds, values))
    for name, types in EVENTS.items():
        event(name, types)
    for name, kinds in RETURNS.items():
        values = [MAKERS[kind]() for kind in kinds]
        print("return", name, *[text(value) for value in values], encode(kinds, values).hex())
        if name == "metadata":
            data = encode([f"({','.join(kinds)})"], [tuple(values)])
            print("return", name, *[text(value) for value in values], data.hex())
    reason = "".join(random.choice("aZ é漢😀\n") for _ in range(random.randrange(60)))
    revert = keccak(b"Error(string)")[:4] + encode(["string"], [reason])
    print("revert", "message", text(reason.encode()), revert.hex())
    code = random.getrandbits(random.choice([6, 256]))
    panic = keccak(b"Panic(uint256)")[:4] + encode(["uint256"], [code])
    print("revert", "panic", code, panic.hex())
