"""Seeded transactions of types 1 and 2, signed by eth-account. One line each: private key, sender,
type, chain id, nonce, the fees (one or two), gas, to (- for none), value, data (x in front), access
list (a=address:key:key;…), hash, raw transaction."""
import random
import sys

from eth_account import Account
from eth_utils import to_checksum_address

random.seed(int(sys.argv[1]))


def number(bits):
    return random.choice([0, 1, 127, 128, 255, 256, random.getrandbits(bits), 2**bits - 1])


def access_list():
    return [
        {"address": "0x" + random.randbytes(20).hex(),
         "storageKeys": ["0x" + random.randbytes(32).hex() for _ in range(random.choice([0, 1, 2]))]}
        for _ in range(random.choice([0, 0, 1, 2, 30]))
    ]


for _ in range(int(sys.argv[2])):
    kind = random.choice([1, 2])
    account = Account.from_key(random.randrange(1, 2**255).to_bytes(32, "big"))
    lengths = [0, 1, 54, 55, 56, 57, 255, 256, 257, 65535, 65536, random.randrange(2000)]
    transaction = {
        "type": kind, "chainId": number(63), "nonce": number(63), "gas": number(63),
        "value": number(256), "accessList": access_list(),
        "data": random.choice([b"\x00", b"\x7f", b"\x80", random.randbytes(random.choice(lengths))]),
    }
    to = random.choice([None, "0x" + random.randbytes(20).hex()])
    if to:
        transaction["to"] = to_checksum_address(to)
    if kind == 1:
        transaction["gasPrice"] = number(200)
        fees = [transaction["gasPrice"]]
    else:
        transaction["maxPriorityFeePerGas"], transaction["maxFeePerGas"] = number(200), number(256)
        fees = [transaction["maxPriorityFeePerGas"], transaction["maxFeePerGas"]]
    signed = account.sign_transaction(transaction)
    entries = ";".join(
        ":".join([entry["address"], *entry["storageKeys"]]) for entry in transaction["accessList"])
    print(
        account.key.hex(), account.address.lower(), kind, transaction["chainId"],
        transaction["nonce"], ",".join(str(fee) for fee in fees), transaction["gas"], to or "-",
        transaction["value"], "x" + transaction["data"].hex(), "a=" + entries,
        bytes(signed.hash).hex(), bytes(signed.raw_transaction).hex(),
    )
