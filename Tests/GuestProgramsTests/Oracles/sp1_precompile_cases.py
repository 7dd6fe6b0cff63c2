"""What SP1's precompiles must answer (SP1Precompiles.c): points by coincurve, cryptography and
py_ecc, fields and integers by Python, hashes by hashlib and by a permutation that hashlib judges.
"""
import hashlib
import random
import sys

from guest_cases import (BLS, BN254, ED, K1, P256, Cases, add_points, flag, little, multiple,
                         multiply2, point_bytes, root, size_of)

from keccak_permutation import keccak_permutation

random.seed(int(sys.argv[1]))
COUNT = int(sys.argv[2])
cases = Cases("SP1Precompiles.c")
CURVES = {"secp256k1": K1, "secp256r1": P256, "bn254": BN254, "bls12381": BLS}


def scalars(curve):
    low = [1, 2, 3, curve["n"] - 1, curve["n"] - 2, curve["n"] // 2, curve["n"] // 2 + 1]
    return low + [random.randrange(1, curve["n"]) for _ in range(COUNT)]


def additions(name, curve):
    order, chosen = curve["n"], scalars(curve)
    pairs = list(zip(chosen, reversed(chosen))) + list(zip(chosen, chosen[1:]))
    for left, right in pairs:
        if left in (right, order - right):
            continue
        points = [multiple(curve, scalar) for scalar in (left, right, left + right)]
        first, second, total = (point_bytes(curve, point) for point in points)
        cases.add(name + "_add", first + second, total)
    # Points that are opposite, of which SP1 makes what an inverse of zero that is zero gives.
    x, y = multiple(curve, random.randrange(1, order))
    prime = curve["p"]
    operands = point_bytes(curve, (x, y)) + point_bytes(curve, (x, prime - y))
    cases.add(name + "_add", operands, point_bytes(curve, (-2 * x % prime, prime - y)))


def doublings(name, curve):
    for scalar in scalars(curve):
        given, expected = multiple(curve, scalar), multiple(curve, 2 * scalar)
        cases.add(name + "_double", point_bytes(curve, given), point_bytes(curve, expected))


def decompressions(name, curve):
    size = size_of(curve)
    for scalar in scalars(curve):
        x, y = multiple(curve, scalar)
        for answer in (y, curve["p"] - y):
            choice = answer > curve["p"] // 2 if curve is BLS else answer & 1
            memory = little(random.getrandbits(8 * size), x, size=size)
            cases.add(name + "_decompress", flag(choice) + memory, little(answer, x, size=size))


def edwards():
    low_order = (ED["p"] - root(-1, ED["p"]), 0)
    points = [(0, 1), (0, ED["p"] - 1), low_order]
    points += [multiple(ED, scalar) for scalar in [1, 2, ED["n"] - 1]]
    points += [multiple(ED, random.randrange(ED["n"])) for _ in range(COUNT)]
    points += [add_points(ED, points[-1], low_order)]
    for left in points:
        for right in random.sample(points, 3) + [left]:
            expected = point_bytes(ED, add_points(ED, left, right))
            cases.add("ed_add", point_bytes(ED, left) + point_bytes(ED, right), expected)
        doubled = point_bytes(ED, add_points(ED, left, left))
        cases.add("ed_add_in_place", point_bytes(ED, left), doubled)
    for x, y in points[2:]:
        for answer in (x, ED["p"] - x):
            memory = little(random.getrandbits(256), y)
            cases.add("ed_decompress", flag(answer & 1) + memory, little(answer, y))


def fields(name, curve):
    prime, size = curve["p"], size_of(curve)
    edges = [0, 1, 2, prime - 1, prime - 2, prime // 2]
    # Operands that are not reduced: the machine does it.
    edges += [prime, prime + 1, (1 << 8 * size) - 1]
    edges += [random.getrandbits(8 * size) for _ in range(COUNT)]
    pairs = [(left, right) for left in edges[:9] for right in edges[:9]]
    pairs += [(left, random.choice(edges)) for left in edges]
    for left, right in pairs:
        results = {"add": left + right, "sub": left - right, "mul": left * right}
        for call, value in results.items():
            operands = little(left, right, size=size)
            cases.add("%s_fp_%s" % (name, call), operands, little(value % prime, size=size))
    for _ in range(2 * len(edges)):
        first, second = ([random.choice(edges) for _ in range(2)] for _ in "ab")
        results = {"add": [a + b for a, b in zip(first, second)],
                   "sub": [a - b for a, b in zip(first, second)],
                   "mul": multiply2(first, second, prime)}
        for call, value in results.items():
            expected = little(*(part % prime for part in value), size=size)
            cases.add("%s_fp2_%s" % (name, call), little(*first, *second, size=size), expected)


def integers():
    top = (1 << 256) - 1
    edges = [0, 1, 2, top, top - 1, 1 << 255, K1["p"], K1["n"]]
    numbers = edges + [random.getrandbits(random.choice([1, 64, 128, 255, 256]))
                       for _ in range(COUNT)]
    triples = [(x, y, m) for x in edges for y in edges for m in [0, 1, 2, top, K1["n"]]]
    triples += [tuple(random.choice(numbers) for _ in range(3)) for _ in range(4 * COUNT)]
    for x, y, modulus in triples:
        expected = x * y % (modulus or 1 << 256)
        cases.add("uint256_mul", little(x, y, modulus), little(expected))
    wide = [0, 1, (1 << 2048) - 1, 1 << 2047] + [random.getrandbits(2048) for _ in range(COUNT)]
    for left in edges + numbers[-COUNT:]:
        right = random.choice(wide)
        product = left * right
        operands = little(left) + little(right, size=256)
        cases.add("u256xu2048_mul", operands, product.to_bytes(288, "little"))


def hashes():
    for _ in range(COUNT):
        state = [random.getrandbits(64) for _ in range(25)]
        expected = little(*keccak_permutation(state), size=8)
        cases.add("keccak_permute", little(*state, size=8), expected)
    # One block: the padded message, and the digest as the state after it.
    initial = bytes.fromhex("6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19")
    for length in range(0, 56, 5):
        message = random.randbytes(length)
        block = message + b"\x80" + bytes(55 - length) + (8 * length).to_bytes(8, "big")
        words = [part[place:place + 4][::-1]
                 for part in (block, initial, hashlib.sha256(message).digest())
                 for place in range(0, len(part), 4)]
        cases.add("sha_compress", b"".join(words[:24]), b"".join(words[24:]))


for curve_name, parameters in CURVES.items():
    additions(curve_name, parameters)
    doublings(curve_name, parameters)
    if parameters is not BN254:
        decompressions(curve_name, parameters)
edwards()
fields("bn254", BN254)
fields("bls12381", BLS)
integers()
hashes()
cases.print()
