"""What SP1's hooks must answer (SP1Hooks.c), by Python's integers. Of the two square roots that a
value has, SP1 answers with value^((p + 1)/4) where p is 3 modulo 4, and on Ed25519 with the even
one.
"""
import random
import sys

from guest_cases import BLS, BN254, ED, K1, P256, Cases, big, little, root

random.seed(int(sys.argv[1]))
COUNT = int(sys.argv[2])
cases = Cases("SP1Hooks.c")


def recoveries():
    for number, curve in [(1, K1), (2, P256)]:
        done = {True: 0, False: 0}
        while min(done.values()) < COUNT:
            x, r = random.randrange(curve["p"]), random.randrange(1, curve["n"])
            alpha = (x**3 + curve["a"] * x + curve["b"]) % curve["p"]
            y, is_odd = root(alpha, curve["p"]), random.randrange(2)
            question = bytes([number | is_odd << 7]) + big(r, alpha)
            done[y is not None] += 1
            if y is None:
                expected = b"\0" + big(root(3 * alpha, curve["p"]))
                cases.add("ecrecover_none", question, expected)
                continue
            y = y if y & 1 == is_odd else curve["p"] - y
            cases.add("ecrecover", question, b"\1" + big(y, pow(r, -1, curve["n"])))


def edwards():
    prime = ED["p"]
    done = {True: 0, False: 0}
    while min(done.values()) < COUNT:
        y = random.randrange(2, prime - 1)
        v = (ED["d"] * y * y + 1) % prime
        square = (y * y - 1) * pow(v, -1, prime) % prime
        question = little(y | random.randrange(2) << 255, v)
        exists = root(square, prime) is not None
        done[exists] += 1
        if exists:
            cases.add("ed_decompress", question, b"\1")
        else:
            found = root(2 * square, prime)
            found = prime - found if found & 1 else found
            expected = b"\0" + little(pow(v, -1, prime), found)
            cases.add("ed_decompress_none", question, expected)


def divisions():
    for _ in range(COUNT):
        modulus = random.getrandbits(2048) | 1 << 2047
        product = random.randrange(modulus) * random.randrange(modulus)
        question = little(product, size=512) + little(modulus, size=256)
        cases.add("rsa_mul_mod", question, little(product % modulus, product // modulus, size=256))


def bls_roots():
    prime = BLS["p"]
    for value in [1, 4, prime - 1] + [random.randrange(1, prime) for _ in range(2 * COUNT)]:
        found = root(value, prime)
        status, answer = (b"\1", found) if found is not None else (b"\0", root(2 * value, prime))
        cases.add("bls12381_sqrt", big(value, size=48), status + big(answer, size=48))
        inverse = pow(value, -1, prime)
        cases.add("bls12381_inverse", big(value, size=48), big(inverse, size=48))


def field_roots():
    for prime, nonresidue, size in [(K1["p"], 3, 32), (P256["p"], 3, 32), (BLS["p"], 2, 48),
                                    (BN254["p"], BN254["p"] - 1, 32)]:
        length = size.to_bytes(4, "big")
        for value in [0, 1, 9] + [random.randrange(prime) for _ in range(2 * COUNT)]:
            found = root(value, prime)
            status, answer = (b"\1", found)
            if found is None:
                status, answer = b"\0", root(value * nonresidue, prime)
            question = length + big(value, prime, nonresidue, size=size)
            cases.add("fp_sqrt", question, status + big(answer, size=size))
            if value:
                inverse = big(pow(value, -1, prime), size=size)
                cases.add("fp_inverse", length + big(value, prime, size=size), inverse)


def blocks():
    for place in range(1, 20):
        content = random.randbytes(7 * place)
        result = content + place.to_bytes(4, "little")
        cases.add("unconstrained", content, result)


recoveries()
edwards()
divisions()
bls_roots()
field_roots()
blocks()
cases.print()
