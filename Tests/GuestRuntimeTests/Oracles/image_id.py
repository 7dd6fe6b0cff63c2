"""RISC Zero v1 image ids, written from reference/zkvm.md 1.6 and 1.10 with hashlib and a SHA-256
compression of its own: no page is treated specially.

usage: image_id.py ELF...   prints the Merkle root and the image id of each file
"""
import hashlib
import struct
import sys


def primes(count):
    found, number = [], 2
    while len(found) < count:
        if all(number % p for p in found):
            found.append(number)
        number += 1
    return found


def root_bits(value, power):
    """The first 32 bits of the fraction of value ** (1 / power), in integers."""
    scaled, low, high = value << (32 * power), 0, 1 << 48
    while low < high:
        middle = (low + high + 1) // 2
        if middle ** power <= scaled:
            low = middle
        else:
            high = middle - 1
    return low & 0xFFFFFFFF


K = [root_bits(p, 3) for p in primes(64)]
H0 = [root_bits(p, 2) for p in primes(8)]


def rotate(x, n):
    return (x >> n | x << (32 - n)) & 0xFFFFFFFF


def compress(state, block):
    w = list(struct.unpack(">16I", block))
    for i in range(16, 64):
        s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3
        s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10
        w.append((w[i - 16] + s0 + w[i - 7] + s1) & 0xFFFFFFFF)
    a, b, c, d, e, f, g, h = state
    for i in range(64):
        t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (e & f ^ ~e & g) + K[i] + w[i]
        t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + (a & b ^ a & c ^ b & c)
        a, b, c, d, e, f, g, h = (t1 + t2) & 0xFFFFFFFF, a, b, c, (d + t1) & 0xFFFFFFFF, e, f, g
    return [(x + y) & 0xFFFFFFFF for x, y in zip(state, (a, b, c, d, e, f, g, h))]


CACHE = {}


def unpadded(data):
    if data not in CACHE:
        state = H0
        for start in range(0, len(data), 64):
            state = compress(state, data[start:start + 64])
        CACHE[data] = struct.pack(">8I", *state)
    return CACHE[data]


def tagged(tag, digests, words):
    data = hashlib.sha256(tag.encode()).digest() + b"".join(digests)
    data += b"".join(struct.pack("<I", w) for w in words) + struct.pack("<H", len(digests))
    return hashlib.sha256(data).digest()


def load(elf):
    memory = {}
    entry, offset = struct.unpack_from("<II", elf, 24)
    size, count = struct.unpack_from("<HH", elf, 42)
    for i in range(count):
        kind, start, address, _, filled, total, _, _ = struct.unpack_from("<8I", elf, offset + i * size)
        if kind != 1:
            continue
        for at in range(0, total, 4):
            word = elf[start + at:start + min(at + 4, filled)] if at < filled else b""
            memory[address + at] = word.ljust(4, b"\0")
    return memory, entry


def image_id(elf):
    memory, entry = load(elf)
    pages = {}
    for address, word in memory.items():
        page = pages.setdefault(address // 1024, bytearray(1024))
        page[address % 1024:address % 1024 + 4] = word
    table, zero = 0x0D000000, bytes(1024)
    for i in range(219862):
        digest = unpadded(bytes(pages.get(i, zero)))
        at = table + 32 * i
        page = pages.setdefault(at // 1024, bytearray(1024))
        page[at % 1024:at % 1024 + 32] = digest
    root = unpadded(bytes(pages[219862][:704]))
    return root, tagged("risc0.SystemState", [root], [entry])


if __name__ == "__main__":
    assert unpadded(b"abc\x80".ljust(63, b"\0") + b"\x18") == hashlib.sha256(b"abc").digest()
    for path in sys.argv[1:]:
        root, identity = image_id(open(path, "rb").read())
        print(root.hex(), identity.hex())
