"""Cases that a machine must refuse, each as a job of its own: the precompile's or hook's own rules
are broken, which fails the job in the reference too. One line for each, the output `fail`.
"""
import random
import sys

from guest_cases import BLS, BN254, ED, K1, P256, Cases, big, flag, little, multiple, point_bytes
from guest_cases import root, size_of

random.seed(int(sys.argv[1]))


def refuse(fixture, name, operands, result_count=64):
    cases = Cases(fixture)
    cases.add(name, operands, bytes(result_count))
    print(fixture, ".", cases.content.hex(), ".", "fail")


def without_point(curve):
    x = random.randrange(curve["p"])
    while root(x**3 + curve["a"] * x + curve["b"], curve["p"]) is not None:
        x = random.randrange(curve["p"])
    return x


def without_edwards_point():
    prime = ED["p"]
    while True:
        y = random.randrange(prime)
        square = (y * y - 1) * pow(ED["d"] * y * y + 1, -1, prime)
        if root(square, prime) is None:
            return y


for curve_name, parameters in [("secp256k1", K1), ("secp256r1", P256), ("bn254", BN254),
                               ("bls12381", BLS)]:
    point = point_bytes(parameters, multiple(parameters, random.randrange(1, 1000)))
    refuse("SP1Precompiles.c", curve_name + "_add", point + point, len(point))
    if parameters is not BN254:
        size = size_of(parameters)
        memory = flag(0) + little(0, without_point(parameters), size=size)
        refuse("SP1Precompiles.c", curve_name + "_decompress", memory, 2 * size)
refuse("SP1Precompiles.c", "ed_decompress", flag(0) + little(0, without_edwards_point()))

refuse("SP1Hooks.c", "ecrecover", bytes([3]) + big(1, 4), 65)
refuse("SP1Hooks.c", "ecrecover", bytes([1]) + big(1), 65)
refuse("SP1Hooks.c", "ed_decompress", bytes(31), 1)
refuse("SP1Hooks.c", "rsa_mul_mod", bytes(511), 512)
refuse("SP1Hooks.c", "rsa_mul_mod", bytes(768), 512)
refuse("SP1Hooks.c", "bls12381_sqrt", bytes(47), 49)
refuse("SP1Hooks.c", "bls12381_inverse", bytes(48), 48)
refuse("SP1Hooks.c", "fp_sqrt", (32).to_bytes(4, "big") + big(1, K1["p"]), 33)
refuse("SP1Hooks.c", "fp_sqrt", (32).to_bytes(4, "big") + big(K1["p"], K1["p"], 3), 33)
refuse("SP1Hooks.c", "fp_inverse", (32).to_bytes(4, "big") + big(0, K1["p"]), 32)
refuse("SP1Hooks.c", "fp_inverse", (1 << 31).to_bytes(4, "big") + big(1, K1["p"]), 32)

refuse("RISCZeroAccelerators.c", "bigint", little(1 << 128, 1 << 128, 0), 32)
