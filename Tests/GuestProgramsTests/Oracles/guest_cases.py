"""The cases of a self-checking guest (Tests/Fixtures/Guests/checks.h), and the curves and fields
that several oracles need: multiples of the generators by coincurve, cryptography and py_ecc.
"""
import coincurve
from cryptography.hazmat.primitives.asymmetric import ec
from py_ecc import optimized_bls12_381 as bls
from py_ecc import optimized_bn128 as bn

from curve_tables import BN254, ED, K1, P256, add as add_points

BLS = dict(p=bls.field_modulus, n=bls.curve_order, a=0, b=4)
IDENTITY = (0, 0)


class Cases:
    """Collects cases and prints them as one line, as OracleCase.swift reads them."""

    def __init__(self, fixture):
        self.fixture, self.content, self.count = fixture, bytearray(), 0

    def add(self, name, operands, expected):
        self.content += name.encode().ljust(32, b"\0")
        for part in (operands, expected):
            self.content += len(part).to_bytes(4, "little")
        for part in (operands, expected):
            self.content += part + bytes(-len(part) % 4)
        self.count += 1

    def print(self):
        count = self.count.to_bytes(4, "little").hex()
        print(self.fixture, ".", self.content.hex() or ".", ".", count)


def little(*values, size=32):
    return b"".join(value.to_bytes(size, "little") for value in values)


def big(*values, size=32):
    return b"".join(value.to_bytes(size, "big") for value in values)


def flag(value):
    return int(value).to_bytes(4, "little")


def from_py_ecc(point, module):
    if module.is_inf(point):
        return IDENTITY
    return tuple(int(value) for value in module.normalize(point))


def edwards_multiple(scalar, point=ED["g"]):
    total = (0, 1)
    while scalar:
        if scalar & 1:
            total = add_points(ED, total, point)
        point = add_points(ED, point, point)
        scalar >>= 1
    return total


def multiple(curve, scalar):
    """scalar times the generator."""
    if curve is ED:
        return edwards_multiple(scalar)
    scalar %= curve["n"]
    if curve is BN254:
        return from_py_ecc(bn.multiply(bn.G1, scalar), bn)
    if curve is BLS:
        return from_py_ecc(bls.multiply(bls.G1, scalar), bls)
    if scalar == 0:
        return IDENTITY
    if curve is K1:
        return coincurve.PrivateKey(scalar.to_bytes(32, "big")).public_key.point()
    numbers = ec.derive_private_key(scalar, ec.SECP256R1()).public_key().public_numbers()
    return numbers.x, numbers.y


def size_of(curve):
    return 48 if curve is BLS else 32


def point_bytes(curve, point):
    return little(*point, size=size_of(curve))


def root(value, prime):
    """A square root modulo a prime that is 3 modulo 4, or 5 modulo 8; None when there is none."""
    value %= prime
    if prime % 4 == 3:
        found = pow(value, (prime + 1) // 4, prime)
    else:
        found = pow(value, (prime + 3) // 8, prime)
        if found * found % prime != value:
            found = found * pow(2, (prime - 1) // 4, prime) % prime
    return found if found * found % prime == value else None


def multiply2(left, right, prime):
    """In the extension by the root of -1."""
    return ((left[0] * right[0] - left[1] * right[1]) % prime,
            (left[0] * right[1] + left[1] * right[0]) % prime)
