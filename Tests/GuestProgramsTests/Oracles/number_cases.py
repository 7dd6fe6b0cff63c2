"""What tandem_integers.h and tandem_fields.h must answer (Numbers.c), by Python's integers. The
second argument is how many random cases there are of each, the third `small` to leave out 2048-bit
division, which takes a machine without precompiles long.
"""
import random
import sys

from guest_cases import (BLS, BN254, ED, K1, P256, Cases, big, flag, little, multiply2, root,
                         size_of)

random.seed(int(sys.argv[1]))
COUNT = int(sys.argv[2])
cases = Cases("Numbers.c")
TOP = (1 << 256) - 1
MODULI = [1, 2, 3, TOP, 1 << 255, 1 << 128, (1 << 224) + 1, K1["p"], K1["n"], ED["n"], BN254["p"]]


def number(bits=256):
    width = random.choice([1, 31, 32, 33, 64, bits // 2, bits - 1, bits, bits])
    value = random.getrandbits(width)
    if random.randrange(4) == 0:
        # Words of all ones and zeros: where the digit of a long division is too great.
        mask = sum(random.choice([0, 0xFFFFFFFF]) << 32 * place for place in range(bits // 32))
        value = value | mask if random.randrange(2) else value & mask
    return value


def modular():
    for _ in range(10 * COUNT):
        modulus = random.choice(MODULI + [number() or 1] * 3)
        left, right = number(), number()
        cases.add("mulmod", little(left, right, modulus), little(left * right % modulus))
        left, right = left % modulus, right % modulus
        cases.add("addmod", little(left, right, modulus), little((left + right) % modulus))
        cases.add("submod", little(left, right, modulus), little((left - right) % modulus))
        cases.add("mulmod", little(left, right, 0), little(left * right % (1 << 256)))
    for edge in [(0, 0), (1, 0), (0, 1), (TOP, TOP), (TOP, 0), (TOP, 2)]:
        for modulus in MODULI:
            expected = pow(edge[0], edge[1], modulus)
            cases.add("powmod", little(*edge, modulus), little(expected))
    for _ in range(COUNT):
        base, exponent, modulus = number(), number(), number() or 1
        cases.add("powmod", little(base, exponent, modulus), little(pow(base, exponent, modulus)))
        cases.add("powmod", little(base, exponent, 0), little(pow(base, exponent, 1 << 256)))


def plain():
    for _ in range(5 * COUNT):
        left, right = random.choice([0, TOP, number()]), random.choice([0, TOP, number()])
        right = left if random.randrange(8) == 0 else right
        result = big(left) + little((left + right) & TOP, (left - right) & TOP)
        order = 0 if left < right else 1 if left == right else 2
        result += bytes([left + right > TOP, left < right, order, left == 0])
        cases.add("u256", little(left, right), result)


def inverses_and_roots():
    for prime in [K1["p"], K1["n"], P256["p"], P256["n"], ED["p"], ED["n"], BN254["p"], 3, 17]:
        nonresidue = next(value for value in range(2, prime)
                          if pow(value, (prime - 1) // 2, prime) == prime - 1)
        for value in [0, 1, prime - 1, prime, 4] + [number() for _ in range(COUNT)]:
            inverse = 0 if value % prime == 0 else pow(value, -1, prime)
            expected = flag(value % prime != 0) + little(inverse)
            cases.add("invmod", little(value, prime), expected)
            squared = value * value % prime
            for square in (value, squared):
                roots = [found for found in tonelli(square % prime, prime, nonresidue)]
                expected = flag(bool(roots)) + little(min(roots) if roots else 0)
                cases.add("sqrtmod", little(square, prime, nonresidue), expected)


def tonelli(value, prime, nonresidue):
    """Both square roots, or none: by trial of the 2^s roots of unity, for p - 1 = 2^s odd."""
    if value == 0:
        return [0, prime]
    twos = (prime - 1 & 1 - prime).bit_length() - 1
    odd = (prime - 1) >> twos
    unit, found = pow(nonresidue, odd, prime), pow(value, (odd + 1) // 2, prime)
    for _ in range(1 << min(twos, 8)):
        if found * found % prime == value:
            return [found, prime - found]
        found = found * unit % prime
    return []


def wide():
    edges = [0, 1, (1 << 2048) - 1, 1 << 2047]
    for _ in range(COUNT):
        left, right = number(), random.choice(edges + [number(2048)] * 4)
        operands = little(left) + little(right, size=256)
        cases.add("times_u2048", operands, (left * right).to_bytes(288, "little"))
    if sys.argv[3:] == ["small"]:
        return
    for _ in range(COUNT):
        modulus = number(2048) | 1 << 2047
        left, right = number(2048) % modulus, random.choice([0, 1, modulus - 1, number(2048)])
        right %= modulus
        operands = little(left, right, modulus, size=256)
        cases.add("u2048_mulmod", operands, little(left * right % modulus, size=256))


def fields(name, curve):
    prime, size = curve["p"], size_of(curve)
    edges = [0, 1, 2, prime - 1, prime - 2, prime // 2]
    values = edges + [random.randrange(prime) for _ in range(COUNT)]
    for left in values:
        right = random.choice(values)
        results = {"add": left + right, "subtract": left - right, "multiply": left * right}
        for call, value in results.items():
            expected = little(value % prime, size=size)
            cases.add("%s_fp_%s" % (name, call), little(left, right, size=size), expected)
        first, second = ([random.choice(values) for _ in range(2)] for _ in "ab")
        results = {"add": [a + b for a, b in zip(first, second)],
                   "subtract": [a - b for a, b in zip(first, second)],
                   "multiply": multiply2(first, second, prime)}
        for call, value in results.items():
            expected = little(*(part % prime for part in value), size=size)
            operands = little(*first, *second, size=size)
            cases.add("%s_fp2_%s" % (name, call), operands, expected)
    for value in values:
        expected = flag(0) if value == 0 else flag(1) + little(pow(value, -1, prime), size=size)
        cases.add(name + "_fp_inverse", little(value, size=size), expected)
        for square in (value, value * value % prime):
            found = root(square, prime)
            expected = flag(0)
            if found is not None:
                expected = flag(1) + little(min(found, (prime - found) % prime), size=size)
            cases.add(name + "_fp_sqrt", little(square, size=size), expected)


modular()
plain()
inverses_and_roots()
wide()
fields("bn254", BN254)
fields("bls12381", BLS)
cases.print()
