"""What the fixtures in Tests/Fixtures/Guests must answer, by Python, hashlib and eth_hash.

One line for each case: fixture, on-chain input, off-chain input, state, output; hexadecimal, `.`
for nothing.
"""
import hashlib
import random
import struct
import sys

from eth_hash.auto import keccak

random.seed(int(sys.argv[1]))
COUNT = int(sys.argv[2])


def line(fixture, onchain, offchain, state, output):
    print(fixture, *[part.hex() or "." for part in (onchain, offchain, state, output)])


def signed(value, bits=64):
    return value - (1 << bits) if value >> (bits - 1) else value


def truncating(left, right):
    quotient = abs(left) // abs(right)
    quotient = -quotient if (left < 0) != (right < 0) else quotient
    return quotient, left - quotient * right


def wide():
    value = random.getrandbits(random.choice([1, 8, 16, 31, 32, 33, 48, 63, 64]))
    choices = [value, value, (1 << 64) - 1 - value, value << random.randrange(64)]
    return random.choice(choices) % (1 << 64)


def divisions():
    pairs = [(wide(), wide() or 1) for _ in range(20 * COUNT)]
    # The runtime remembers the last divisor of 32 bits.
    pairs += [(wide(), right) for _ in range(COUNT) for right in [wide() >> 32 or 3] * 4]
    pairs += [((1 << 64) - 1, (1 << 64) - 1), (1 << 63, (1 << 32) - 1), ((1 << 64) - 1, 1 << 32)]
    given, results = b"", b""
    for left, right in pairs:
        if (left, right) == (1 << 63, (1 << 64) - 1):
            continue
        quotient, rest = truncating(signed(left), signed(right))
        shift = right & 63
        values = [left // right, left % right, quotient, rest, left << shift, left >> shift,
                  signed(left) >> shift]
        given += struct.pack("<QQ", left, right)
        results += b"".join((value % (1 << 64)).to_bytes(8, "little") for value in values)
    line("Runtime.c", b"d", given, b"", results)


def wide_divisions():
    given, results = b"", b""
    for _ in range(2 * COUNT):
        widths = [1, 32, 64, 65, 96, 127, 128]
        left, right = (random.getrandbits(random.choice(widths)) for _ in "ab")
        right = right or 1
        values = [left // right, left % right, *truncating(signed(left, 128), signed(right, 128))]
        given += left.to_bytes(16, "little") + right.to_bytes(16, "little")
        results += b"".join((value % (1 << 128)).to_bytes(16, "little") for value in values)
    line("Runtime.c", b"w", given, b"", results)


def double():
    """A finite number: of any size, of a moderate one, whole, or with few bits."""
    while True:
        bits = random.getrandbits(64)
        exponent = random.choice([bits >> 52 & 0x7FF, 0, random.randrange(1023 - 70, 1023 + 70)])
        keep = random.choice([52, 52, 20, 2, 0])
        fraction = bits & ((1 << 52) - (1 << (52 - keep)))
        number = bits >> 63 << 63 | exponent << 52 | fraction
        value = struct.unpack("<d", struct.pack("<Q", number))[0]
        if value - value == 0:
            return value


def rounded(value):
    """To binary32 and back; infinite above it."""
    try:
        return struct.unpack("<f", struct.pack("<f", value))[0]
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def quotient_of(left, right):
    if right == 0 or left - left != 0:
        return None
    return left / right


def calculations():
    given, results = b"", b""
    while len(given) < 16 * 8 * COUNT:
        left, right = double(), double()
        small = rounded(left), rounded(right)
        if quotient_of(left, right) is None or quotient_of(*small) is None:
            continue
        exact = [left + right, left - right, left * right, left / right]
        # binary64 holds results of binary32 so closely that rounding twice is as once.
        short = [small[0] + small[1], small[0] - small[1], small[0] * small[1], small[0] / small[1]]
        short = [rounded(value) for value in short]
        if any(value != value for value in exact + short):
            continue
        number = struct.unpack("<q", struct.pack("<d", left))[0]
        whole = int(left) if -9e18 < left < 9e18 else 0
        given += struct.pack("<dd", left, right)
        results += struct.pack("<4d4f", *exact, *short)
        results += bytes([left < right, left <= right, left == right, left > right])
        results += struct.pack("<ddq", float(number), float(number % (1 << 64)), whole)
    line("Runtime.c", b"c", given, b"", results)


def moves():
    given = random.randbytes(3 * 20 * COUNT)
    area = bytearray(index * 7 % 256 for index in range(512))
    for place in range(0, len(given), 3):
        source, target, count = given[place:place + 3]
        area[target:target + count] = bytes(area[source:source + count])
        start = 256 + source % 128
        area[start:start + count % 128] = bytes([target]) * (count % 128)
        start, other, size = 384 + target % 64, count % 64, source % 64
        area[start:start + size] = bytes(area[other:other + size])
        left, right = bytes(area[:count]), bytes(area[target:target + count])
        area[0] ^= (left > right) - (left < right) + 1
        area[511] = 0
        area[1] ^= (bytes(area).index(0, target) - target) % 256
    line("Runtime.c", b"m", given, b"", bytes(area))


def allocations():
    given = bytes(random.choice([0, 0, random.randrange(256)]) for _ in range(50 * COUNT))
    live = 0
    for size in given:
        if size and live < 255:
            live += 1
        elif live:
            live -= 1
    line("Runtime.c", b"a", given, b"", bytes([0, live]))


def hashes():
    borders = [55, 56, 63, 64, 65, 119, 120, 128, 135, 136, 137, 271, 272, 273]
    for length in [0, 1, *borders, 1000, 9999]:
        given = random.randbytes(length)
        sha, sponge = hashlib.sha256(given).digest(), keccak(given)
        line("Runtime.c", b"s", given, b"", sha)
        line("Runtime.c", b"k", given, b"", sponge)
        line("Runtime.c", b"h", given, b"", sha + sponge)
    # More blocks than RISC Zero's call takes at once.
    given = random.randbytes(64 * 1001)
    line("Runtime.c", b"s", given, b"", hashlib.sha256(given).digest())


def echoes():
    for length in [0, 1, 2, 3, 4, 5, 4095, 4096, 4097, 8193]:
        given, state = random.randbytes(length), random.randbytes(1 + length % 7)
        parts = [b"e", given, state]
        expected = b"".join(struct.pack("<Q", len(part)) + part for part in parts)
        line("Runtime.c", b"e", given, state, expected)
    line("Runtime.c", b"n", b"", b"", b"")


def arithmetic():
    modulus = 1 << 256
    given, results = b"", b""
    for _ in range(5 * COUNT):
        widths = [1, 31, 32, 33, 63, 64, 65, 128, 160, 224, 255, 256]
        left, right = (random.getrandbits(random.choice(widths)) for _ in "ab")
        if random.randrange(4) == 0:
            # Top words of all ones and zeros: where the digit of a long division is too great.
            left |= modulus - (1 << 192)
            right = (right | (1 << 160) - (1 << 96)) % (1 << 160)
        right = right or 1
        low = right % 256
        words = [left + right, left - right, left * right]
        flags = bytes(not 0 <= word < modulus for word in words)
        after = [left // right, left % right, left << low, left >> low, left.bit_length(),
                 (left > right) + (left >= right)]
        given += left.to_bytes(32, "big") + right.to_bytes(32, "big")
        results += b"".join((word % modulus).to_bytes(32, "big") for word in words) + flags
        results += b"".join((word % modulus).to_bytes(32, "big") for word in after)
    line("Arithmetic.swift", b"", given, b"", results)


def language():
    for length in [0, 1, 2, 50, 200]:
        given = bytes(random.randrange(20) for _ in range(length))
        counts = bytes(given.count(byte) for byte in sorted(set(given)))
        radius = float(len(counts))
        total = 0.0 + 2.5 * 2.5 + radius * radius * 355 / 113
        names = b"squareshape"
        line("Language.swift", given, b"", b"", counts + struct.pack("<d", total) + names)


divisions()
wide_divisions()
calculations()
moves()
allocations()
hashes()
echoes()
arithmetic()
language()
