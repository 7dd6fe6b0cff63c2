"""What tandem_curves.h must answer (Points.c): points by coincurve, cryptography and py_ecc, those
of Ed25519 by the formulas of RFC 8032. Of equal, opposite and zero points too.
"""
import random
import sys

from guest_cases import (BLS, BN254, ED, IDENTITY, K1, P256, Cases, add_points, edwards_multiple,
                         flag, little, multiple, point_bytes, root, size_of)

random.seed(int(sys.argv[1]))
COUNT = int(sys.argv[2])
cases = Cases("Points.c")
CURVES = {"secp256k1": K1, "p256": P256, "bn254": BN254, "bls12381": BLS, "ed25519": ED}
TOP = (1 << 256) - 1


def check_sum(name, curve, left, right):
    points = [multiple(curve, scalar) for scalar in (left, right, left + right)]
    first, second, total = (point_bytes(curve, point) for point in points)
    cases.add(name + "_add", first + second, total)


def sums(name, curve):
    order = curve["n"]
    for _ in range(COUNT):
        left, right = random.randrange(1, order), random.randrange(1, order)
        for pair in [(left, right), (left, left), (left, order - left), (left, 0), (0, left)]:
            check_sum(name, curve, *pair)
    for pair in [(0, 0), (1, 2), (2, 1), (1, order - 1), (order - 1, order - 1)]:
        check_sum(name, curve, *pair)
    for scalar in [0, 1, 2, order - 1] + [random.randrange(1, order) for _ in range(COUNT)]:
        x, y = multiple(curve, scalar)
        opposite = point_bytes(curve, (x, -y % curve["p"]))
        if curve is ED:
            opposite = point_bytes(curve, (-x % curve["p"], y))
        cases.add(name + "_negate", point_bytes(curve, (x, y)), opposite)
        if curve is not ED:
            doubled = point_bytes(curve, multiple(curve, 2 * scalar))
            cases.add(name + "_double", point_bytes(curve, (x, y)), doubled)


def products(name, curve):
    order = curve["n"]
    edges = [0, 1, 2, 3, 15, 16, 17, 31, order - 1, order, order + 1, TOP, 1 << 255, 1 << 128,
             (1 << 128) - 1, int("10" * 128, 2), int("1" * 17 + "0" * 239, 2)]
    for scalar in edges + [random.getrandbits(256) for _ in range(COUNT)]:
        base = random.randrange(1, order)
        operands = point_bytes(curve, multiple(curve, base)) + little(scalar)
        expected = multiple(curve, base * scalar % order)
        cases.add(name + "_multiply", operands, point_bytes(curve, expected))
    zero = multiple(curve, 0)
    operands = point_bytes(curve, zero) + little(random.getrandbits(256))
    cases.add(name + "_multiply", operands, point_bytes(curve, zero))


def low_order_products():
    """Points of Ed25519 outside the subgroup, where a scalar must not be taken modulo its order."""
    prime = ED["p"]
    eighth = None
    while eighth is None:
        y = random.randrange(prime)
        square = (y * y - 1) * pow(ED["d"] * y * y + 1, -1, prime) % prime
        if root(square, prime) is None:
            continue
        candidate = edwards_multiple(ED["n"], (root(square, prime), y))
        if edwards_multiple(4, candidate) != (0, 1):
            eighth = candidate
    for order in range(8):
        low = edwards_multiple(order, eighth)
        for point in (low, add_points(ED, low, multiple(ED, random.randrange(ED["n"])))):
            scalar = random.getrandbits(256)
            expected = point_bytes(ED, edwards_multiple(scalar, point))
            operands = point_bytes(ED, point) + little(scalar)
            cases.add("ed25519_multiply", operands, expected)
            sum_of_two = add_points(ED, point, low)
            operands = point_bytes(ED, point) + point_bytes(ED, low)
            cases.add("ed25519_add", operands, point_bytes(ED, sum_of_two))


def memberships(name, curve):
    size, prime = size_of(curve), curve["p"]
    for scalar in [1, curve["n"] - 1] + [random.randrange(1, curve["n"]) for _ in range(COUNT)]:
        x, y = multiple(curve, scalar)
        for point, answer in [((x, y), 1), ((x, (y + 1) % prime), 0), ((y, x), 0), ((x, 0), 0)]:
            cases.add(name + "_is_on_curve", point_bytes(curve, point), flag(answer))
        for point in [(x + prime, y), (x, y + prime)]:
            if max(point) < 1 << 8 * size:
                cases.add(name + "_is_on_curve", point_bytes(curve, point), flag(0))
    cases.add(name + "_is_on_curve", point_bytes(curve, multiple(curve, 0)), flag(1))


def decompressions(name, curve):
    size, prime = size_of(curve), curve["p"]
    given = [multiple(curve, scalar)[0] for scalar in (1, 2, curve["n"] - 1)]
    given += [0, 1, prime - 1, prime, prime + 1] + [random.randrange(prime) for _ in range(COUNT)]
    for x in given:
        y = root(x**3 + curve["a"] * x + curve["b"], prime) if x < prime else None
        for choice in (0, 1):
            operands = flag(choice) + little(x, size=size)
            if y is None:
                cases.add(name + "_decompress", operands, flag(0) + bytes(2 * size))
                continue
            is_other = (y > prime // 2 if curve is BLS else y & 1) != choice
            expected = flag(1) + little(x, prime - y if is_other else y, size=size)
            cases.add(name + "_decompress", operands, expected)


def edwards_decompressions():
    """RFC 8032 section 5.1.3."""
    prime = ED["p"]
    given = list(range(5)) + [prime - 2, prime - 1, prime, prime + 1, (1 << 255) - 1]
    given += [multiple(ED, scalar)[1] for scalar in (1, 2, 3)]
    given += [random.getrandbits(255) for _ in range(3 * COUNT)]
    for y in given:
        square = (y * y - 1) * pow(ED["d"] * y * y + 1, -1, prime) % prime
        x = root(square, prime) if y < prime else None
        for sign in (0, 1):
            expected = flag(0) + bytes(64)
            if x is not None and not (x == 0 and sign):
                expected = flag(1) + little(x if x & 1 == sign else prime - x, y)
            cases.add("ed25519_decompress", little(y | sign << 255), expected)


for curve_name, parameters in CURVES.items():
    sums(curve_name, parameters)
    products(curve_name, parameters)
    memberships(curve_name, parameters)
for curve_name in ("secp256k1", "p256", "bls12381"):
    decompressions(curve_name, CURVES[curve_name])
low_order_products()
edwards_decompressions()
assert multiple(K1, 0) == IDENTITY
cases.print()
