"""The signed result of a job, by eth-abi and eth-account.

Arguments: the operator's private key. Input, one job per line: dialect, nonce, consumer, maxCycles,
programID, onchainInput, offchainInput, state, output (bytes in hexadecimal).
Output per line: encoding, signature, operator address, in hexadecimal."""
import sys

from eth_abi import encode
from eth_account import Account
from eth_account.messages import encode_defunct
from eth_utils import keccak

key = bytes.fromhex(sys.argv[1])
for line in sys.stdin.read().split("\n"):
    dialect, nonce, consumer, max_cycles, program, onchain, offchain, state, output = line.split(",")
    job_id = keccak(int(nonce).to_bytes(8, "big") + bytes.fromhex(consumer))
    head = [job_id, keccak(bytes.fromhex(onchain)), keccak(bytes.fromhex(offchain))]
    tail = [int(max_cycles), bytes.fromhex(program), bytes.fromhex(output)]
    if dialect == "a":
        kind = "(bytes32,bytes32,bytes32,bytes32,uint64,bytes,bytes)"
        fields = head + [keccak(bytes.fromhex(state))] + tail
    else:
        kind = "(bytes32,bytes32,bytes32,uint64,bytes,bytes,bytes32[])"
        fields = head + tail + [[]]
    encoded = encode([kind], [tuple(fields)])
    signed = Account.sign_message(encode_defunct(primitive=encoded), key)
    address = Account.from_key(key).address[2:].lower()
    print(encoded.hex(), bytes(signed.signature).hex(), address)
