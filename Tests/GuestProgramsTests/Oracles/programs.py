"""What the example programs must answer, by eth_abi and Python's integers.

One line for each case: program, on-chain input, off-chain input, state, output; hexadecimal, `.`
for nothing, `fail` in place of the output where the job must fail.
"""
import math
import random
import sys

from eth_abi import encode
from eth_account import Account
from eth_account.messages import encode_defunct
from eth_hash.auto import keccak

random.seed(int(sys.argv[1]))
COUNT = int(sys.argv[2])
MAX = (1 << 256) - 1


def line(program, onchain, offchain=b"", state=b"", output=None):
    fields = [onchain.hex() or ".", offchain.hex() or ".", state.hex() or "."]
    print(program, *fields, "fail" if output is None else output.hex() or ".")


def number():
    return random.getrandbits(random.choice([1, 8, 31, 32, 33, 64, 65, 127, 128, 129, 255, 256]))


def square_root():
    numbers = [0, 1, 2, 3, 4, MAX, MAX - 1, 1 << 255, 1 << 254]
    roots = [(1 << 128) - 1, 1 << 127, 1 << 64, (1 << 64) - 1, 1 << 32]
    roots += [random.getrandbits(random.choice([8, 32, 64, 100, 128])) for _ in range(COUNT)]
    for root in roots:
        numbers += [value for value in (root**2 - 1, root**2, root**2 + 1) if 0 <= value <= MAX]
    numbers += [number() for _ in range(COUNT)]
    for value in numbers:
        output = encode(["uint256", "uint256"], [value, math.isqrt(value)])
        line("square-root", encode(["uint256"], [value]), output=output)
    for count in [0, 1, 31, 33, 64, 4096]:
        line("square-root", random.randbytes(count))


def balance():
    divisor = (1 << 64) - 1
    addresses = [0, 1, divisor - 1, divisor, divisor + 1, 2 * divisor, (1 << 160) - 1, 0x45 << 152]
    for _ in range(COUNT):
        multiple = random.randrange((1 << 160) // divisor) * divisor
        addresses += [random.getrandbits(160), multiple, max(multiple - 1, 0), multiple + 1]
    for value in addresses:
        address = "0x" + value.to_bytes(20, "big").hex()
        output = encode(["address", "uint256"], [address, value // divisor])
        line("balance", encode(["address"], [address]), output=output)
    for place in range(12):
        word = bytearray(random.randbytes(20).rjust(32, b"\0"))
        word[place] = 1 << random.randrange(8)
        line("balance", bytes(word))
    for count in [0, 20, 31, 33, 64]:
        line("balance", bytes(count))


def accumulator_input(root, amounts):
    return encode(["(bytes32,bytes)"], [(root, amounts)])


def amounts_of(values):
    return b"".join(value.to_bytes(32, "big") for value in values)


def accumulator():
    state, total, count = b"", 0, 0
    for _ in range(COUNT):
        here, there = ([random.getrandbits(200) for _ in range(random.randrange(5))] for _ in "ab")
        total, count = total + sum(here) + sum(there), count + len(here) + len(there)
        request = accumulator_input(keccak(state), amounts_of(here))
        following = encode(["uint256", "uint256"], [total, count])
        output = encode(["(bytes32,bytes)"], [(keccak(following), following)])
        line("accumulator", request, amounts_of(there), state, output)
        state = following
    accumulator_failures(state, total)


def accumulator_failures(state, total):
    root = keccak(state)
    good = accumulator_input(root, amounts_of([1]))
    line("accumulator", accumulator_input(keccak(b"other"), b""), b"", state)
    line("accumulator", good, b"", b"")
    line("accumulator", good + b"\0", b"", state)
    line("accumulator", good + bytes(32), b"", state)
    line("accumulator", accumulator_input(root, bytes(31)), b"", state)
    line("accumulator", good, bytes(33), state)
    line("accumulator", accumulator_input(root, amounts_of([MAX - total + 1])), b"", state)
    line("accumulator", accumulator_input(root, amounts_of([MAX])), amounts_of([1]), state)
    for length in [1, 63, 65, 96]:
        odd = bytes(length)
        line("accumulator", accumulator_input(keccak(odd), b""), b"", odd)
    for length in range(0, len(good), 7):
        line("accumulator", good[:length], b"", state)
    for place in range(len(good)):
        # Every byte of the offsets, the root, the length and the padding; not the amount itself.
        if 32 * 4 <= place < 32 * 5:
            continue
        damaged = bytearray(good)
        damaged[place] ^= 1 << random.randrange(8)
        line("accumulator", bytes(damaged), b"", state)


def approvals():
    wallets = [Account.from_key(random.randbytes(32)) for _ in range(6)]
    owners = b"".join(bytes.fromhex(wallet.address[2:]) for wallet in wallets)
    for _ in range(COUNT):
        message = random.randbytes(32)
        chosen = sorted(random.sample(range(6), random.randrange(7)))
        signatures = [wallets[place].sign_message(encode_defunct(message)).signature
                      for place in chosen]
        request = encode(["bytes32", "bytes"], [message, owners])
        output = encode(["bytes32", "uint256"], [message, len(chosen)])
        line("approvals", request, b"".join(signatures), output=output)
    approval_failures(wallets, owners)


def approval_failures(wallets, owners):
    message = random.randbytes(32)
    request = encode(["bytes32", "bytes"], [message, owners])
    stranger = Account.from_key(random.randbytes(32))
    first, second, other = (wallet.sign_message(encode_defunct(message)).signature
                            for wallet in (wallets[0], wallets[1], stranger))
    line("approvals", request, second + first)
    line("approvals", request, first + first)
    line("approvals", request, first + other)
    line("approvals", request, first[:64])
    line("approvals", request, bytes(65))
    line("approvals", encode(["bytes32", "bytes"], [message, owners[:-1]]), first)
    line("approvals", encode(["bytes32", "bytes"], [random.randbytes(32), owners]), first)
    line("approvals", request[:-1], first)


square_root()
balance()
accumulator()
approvals()
