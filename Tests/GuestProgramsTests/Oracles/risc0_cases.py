"""What RISC Zero's accelerators must answer (RISCZeroAccelerators.c), by Python's integers.

Programs for BIGINT2 are assembled here from the description of its bytecode: a header of 4 + 4 + 16
bytes, an input record of 16 bytes each, a type record of 32 bytes each, constants and operations of
8 bytes. Only the program that computes is in the blobs; the words that would prove the computation
are noise, which an execution must not look at.
"""
import hashlib
import math
import random
import struct
import sys

from guest_cases import K1, P256, Cases, add_points, little, multiple

from keccak_permutation import keccak_permutation

random.seed(int(sys.argv[1]))
COUNT = int(sys.argv[2])
cases = Cases("RISCZeroAccelerators.c")
CONST, LOAD, STORE, ADD, SUB, MUL, REM, QUO, INV = 2, 3, 4, 8, 9, 10, 11, 12, 14


def multiplications():
    top = (1 << 256) - 1
    edges = [0, 1, 2, top, top - 1, 1 << 255, K1["p"], K1["n"]]
    numbers = edges + [random.getrandbits(random.choice([1, 64, 128, 255, 256]))
                       for _ in range(COUNT)]
    triples = [(x, y, m) for x in edges for y in edges for m in [1, 2, top, K1["n"]]]
    triples += [tuple(random.choice(numbers) for _ in range(3)) for _ in range(4 * COUNT)]
    triples += [(random.getrandbits(128), random.getrandbits(128), 0) for _ in range(COUNT)]
    for x, y, modulus in triples:
        if modulus == 0 and x * y > top:
            continue
        expected = little(x * y % modulus if modulus else x * y)
        cases.add("bigint", little(x, y, modulus), expected)
        cases.add("bigint_in_place", little(x, y, modulus), expected + expected)


class Program:
    """Operations on registers, one written by each operation."""

    def __init__(self):
        self.types, self.constants, self.operations = [], [], []

    def type(self, byte_count):
        self.types.append(struct.pack("<QQQQ", byte_count, 0, 0, 0))
        return len(self.types) - 1

    def emit(self, opcode, left=0, right=0, kind=0):
        self.operations.append(opcode | kind << 4 | left << 16 | right << 40)
        return len(self.operations) - 1

    def constant(self, value):
        limbs = max(1, -(-value.bit_length() // 64))
        start = len(self.constants)
        self.constants += [value >> 64 * place & (1 << 64) - 1 for place in range(limbs)]
        return self.emit(CONST, start, limbs)

    def load(self, arena, offset, kind):
        return self.emit(LOAD, (11 + arena) << 16 | offset, 0, kind)

    def store(self, arena, offset, kind, value):
        # The address is in the first operand's place, the value in the second's.
        return self.emit(STORE, (11 + arena) << 16 | offset, value, kind)

    def blob(self):
        code = b"bibc" + struct.pack(
            "<5I", 1, 0, len(self.types), len(self.constants), len(self.operations))
        code += b"".join(self.types)
        code += b"".join(struct.pack("<Q", word) for word in self.constants + self.operations)
        code += bytes(-len(code) % 4)
        check, constants = random.randbytes(4 * random.randrange(1, 20)), random.randbytes(16)
        header = struct.pack("<4I", len(code) // 4, len(check) // 4, len(constants) // 4, 0)
        return header + code + check + constants


def run(program, arenas, expected):
    blob = program.blob()
    counts = [len(arena) for arena in arenas] + [0] * (7 - len(arenas))
    operands = struct.pack("<8I", *counts, len(blob)) + blob + b"".join(arenas)
    cases.add("bigint2", operands, b"".join(expected))


def modular(byte_count):
    """left * right modulo the third arena, to the fourth; quotient and the rest behind it."""
    modulus = random.getrandbits(8 * byte_count - 1) | 1 << 8 * byte_count - 2 | 1
    left, right = random.randrange(modulus), random.randrange(modulus)
    program = Program()
    kind = program.type(byte_count)
    loaded = [program.load(arena, 0, kind) for arena in range(3)]
    product = program.emit(MUL, loaded[0], loaded[1])
    rest = program.emit(REM, product, loaded[2])
    program.store(3, 0, kind, rest)
    program.store(3, byte_count // 16, kind, program.emit(QUO, product, loaded[2]))
    given = [little(value, size=byte_count) for value in (left, right, modulus)]
    answer = little(left * right % modulus, left * right // modulus, size=byte_count)
    run(program, given + [bytes(2 * byte_count)], given + [answer])


def inverse(modulus, byte_count):
    value = random.randrange(1, modulus)
    while math.gcd(value, modulus) != 1:
        value = random.randrange(1, modulus)
    program = Program()
    kind = program.type(byte_count)
    found = program.emit(INV, program.load(0, 0, kind), program.constant(modulus))
    program.store(1, 0, kind, found)
    given = little(value, size=byte_count)
    answer = little(pow(value, -1, modulus), size=byte_count)
    run(program, [given, bytes(byte_count)], [given, answer])


def addition(curve):
    """Points that are not equal or opposite, with the slope by an inverse: differences that are
    below zero go through REM after the prime was added."""
    first, second = (multiple(curve, random.randrange(1, curve["n"])) for _ in "ab")
    program = Program()
    kind = program.type(32)
    prime = program.constant(curve["p"])
    x1, y1, x2, y2 = (program.load(arena, offset, kind)
                      for arena in (0, 1) for offset in (0, 2))

    def difference(left, right):
        return program.emit(REM, program.emit(ADD, program.emit(SUB, left, right), prime), prime)

    inverted = program.emit(INV, difference(x2, x1), prime)
    slope = program.emit(REM, program.emit(MUL, difference(y2, y1), inverted), prime)
    square = program.emit(REM, program.emit(MUL, slope, slope), prime)
    x = difference(difference(square, x1), x2)
    drop = program.emit(REM, program.emit(MUL, slope, difference(x1, x)), prime)
    program.store(2, 0, kind, x)
    program.store(2, 2, kind, difference(drop, y1))
    given = [little(*first), little(*second)]
    run(program, given + [bytes(64)], given + [little(*add_points(curve, first, second))])


def power():
    """65537 as an exponent, 2048 bits: seventeen products in one call."""
    modulus = random.getrandbits(2048) | 1 << 2047 | 1
    base = random.randrange(modulus)
    program = Program()
    kind = program.type(256)
    start, divisor = program.load(0, 0, kind), program.load(1, 0, kind)
    value = start
    for _ in range(16):
        value = program.emit(REM, program.emit(MUL, value, value), divisor)
    value = program.emit(REM, program.emit(MUL, value, start), divisor)
    program.store(2, 0, kind, value)
    given = [little(base, size=256), little(modulus, size=256)]
    answer = little(pow(base, 65537, modulus), size=256)
    run(program, given + [bytes(256)], given + [answer])


def hashes():
    initial = bytes.fromhex("6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19")
    for length in range(0, 1000, 37):
        message = random.randbytes(length)
        padded = message + b"\x80" + bytes(-(length + 9) % 64) + (8 * length).to_bytes(8, "big")
        cases.add("sha_compress", initial + padded, hashlib.sha256(message).digest())
    for _ in range(COUNT):
        state = [random.getrandbits(64) for _ in range(25)]
        expected = little(*keccak_permutation(state), size=8)
        cases.add("keccak_permute", little(*state, size=8), expected)


def children():
    for place in range(1, 20):
        content = random.randbytes(7 * place)
        cases.add("unconstrained", content, content + place.to_bytes(4, "little"))


multiplications()
for _ in range(COUNT):
    for size in (16, 32, 48, 128, 256):
        if 5 * size <= 1024:
            modular(size)
    for prime in (K1["p"], K1["n"]):
        inverse(prime, 32)
    inverse(random.getrandbits(250) | 1, 32)
    addition(K1)
    addition(P256)
    power()
hashes()
children()
cases.print()
