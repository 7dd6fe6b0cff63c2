"""SP1's hooks for square roots (descriptor 20) and inverses (21) in a field that the guest names, written
from reference/zkvm.md 2.4 and the algorithm of Tonelli and Shanks.

usage: field_hooks.py moduli   prints primes and other moduli to test with
       field_hooks.py          standard input: lines of a descriptor and x with the arguments in
                               hexadecimal; standard output: the results, or "error"
"""
import sys

P = {
    "secp256k1": 2**256 - 2**32 - 977,
    "secp256k1 order": 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141,
    "secp256r1": 2**256 - 2**224 + 2**192 + 2**96 - 1,
    "secp256r1 order": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    "ed25519": 2**255 - 19,
    "ed25519 order": 2**252 + 27742317777372353535851937790883648493,
    "bn254": 0x30644E72E131A029B85045B68181585D97816A916871CA8D3C208C16D87CFD47,
    "bn254 order": 0x30644E72E131A029B85045B68181585D2833E84879B9709143E1F593F0000001,
    "bls12-381": 0x1A0111EA397FE69A4B1BA7B6434BACD764774B84F38512BF6730D2A0F6B0F6241EABFFFEB153FFFFB9FEFFFFFFFFAAAB,
    "bls12-381 order": 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001,
    "p-384": 2**384 - 2**128 - 2**96 + 2**32 - 1,
    "p-521": 2**521 - 1,
    "goldilocks": 2**64 - 2**32 + 1,
    "babybear": 15 * 2**27 + 1,
    "a power of two": 2**128,
    "twice a prime": 2 * (2**255 - 19),
    "a square": (2**61 - 1) ** 2,
    "a Fermat number": 2**128 + 1,
    "a product": (2**64 - 2**32 + 1) * (15 * 2**27 + 1),
}


class Wrong(Exception):
    pass


def numbers(data, count):
    length = int.from_bytes(data[:4], "big")
    if len(data) < 4 or len(data) != 4 + count * length:
        raise Wrong
    parts = [data[4 + i * length:4 + (i + 1) * length] for i in range(count)]
    return [int.from_bytes(part, "big") for part in parts], length


def inverse(data):
    (a, m), length = numbers(data, 2)
    if a == 0 or m < 2:
        raise Wrong
    return [pow(a, m - 2, m).to_bytes(length, "big")]


def root(a, m, z):
    if m % 4 == 3:
        r = pow(a, (m + 1) // 4, m)
        return r if r * r % m == a else None
    if a == 0:
        raise Wrong
    if pow(a, (m - 1) // 2, m) != 1:
        return None
    q, s = m - 1, 0
    while q % 2 == 0:
        q, s = q // 2, s + 1
    c, r, t = pow(z, q, m), pow(a, (q + 1) // 2, m), pow(a, q, m)
    while t != 1:
        if s == 0:
            raise Wrong
        i, u = 0, t
        while u != 1:
            u, i = u * u % m, i + 1
            if i == s:
                return None
        b = pow(c, 1 << (s - i - 1), m)
        r, c, s = r * b % m, b * b % m, i
        t = t * c % m
    return r


def square_root(data):
    (a, m, z), length = numbers(data, 3)
    if a >= m or z >= m:
        raise Wrong
    if a == 0:
        return [b"\1", bytes(length)]
    found = root(a, m, z)
    if found is not None:
        return [b"\1", found.to_bytes(length, "big")]
    found = root(a * z % m, m, z)
    if found is None:
        raise Wrong
    return [b"\0", found.to_bytes(length, "big")]


if sys.argv[1:] == ["moduli"]:
    for modulus in P.values():
        print("%x" % modulus)
else:
    for line in sys.stdin:
        descriptor, data = line.split()
        try:
            results = {"20": square_root, "21": inverse}[descriptor](bytes.fromhex(data[1:]))
            print(" ".join(result.hex() for result in results))
        except Wrong:
            print("error")
