"""What tandem_signatures.h must answer (Signatures.c): signatures made, and judged again after a
bit was changed, by cryptography (OpenSSL), eth_keys and coincurve.
"""
import hashlib
import random
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, encode_dss_signature
from eth_keys import keys
from eth_keys.exceptions import BadSignature, ValidationError

from guest_cases import (ED, K1, P256, Cases, add_points, big, edwards_multiple, flag, little,
                         multiple, root)

random.seed(int(sys.argv[1]))
COUNT = int(sys.argv[2])
cases = Cases("Signatures.c")


def changed(content, start, end):
    """One bit between two bytes turned."""
    result = bytearray(content)
    result[random.randrange(start, end)] ^= 1 << random.randrange(8)
    return bytes(result)


def recovered(digest, signature):
    """The key, as Ethereum recovers it; None when there is none."""
    r, s = (int.from_bytes(signature[place:place + 32], "big") for place in (0, 32))
    v = signature[64] - 27 if signature[64] >= 27 else signature[64]
    if v > 1 or not 0 < r < K1["n"] or not 0 < s < K1["n"]:
        return None
    try:
        found = keys.Signature(vrs=(v, r, s)).recover_public_key_from_msg_hash(digest)
    except (BadSignature, ValidationError, ValueError):
        return None
    return found


def recover_case(digest, signature):
    key = recovered(digest, signature)
    address = flag(0) + bytes(20)
    public = flag(0) + bytes(64)
    if key is not None:
        address, public = flag(1) + key.to_canonical_address(), flag(1) + key.to_bytes()
    cases.add("ecrecover", digest + signature, address)
    cases.add("secp256k1_recover", digest + signature, public)


def recoveries():
    order = K1["n"]
    for count in range(COUNT):
        key, digest = keys.PrivateKey(random.randbytes(32)), random.randbytes(32)
        signature = key.sign_msg_hash(digest)
        content = big(signature.r, signature.s)
        for v in {signature.v, signature.v + 27, 1 - signature.v, random.randrange(256)}:
            recover_case(digest, content + bytes([v]))
        recover_case(digest, big(signature.r, order - signature.s) + bytes([28 - signature.v]))
        recover_case(digest, changed(content + bytes([signature.v]), 0, 64))
        assert recovered(digest, content + bytes([signature.v])) == key.public_key
    digest = random.randbytes(32)
    for r, s in [(0, 1), (1, 0), (1, 1), (order - 1, order - 1), (order, 1), (1, order),
                 ((1 << 256) - 1, 1), (1, (1 << 256) - 1), (K1["p"], 1)]:
        for v in (27, 28):
            recover_case(digest, big(r, s) + bytes([v]))
    for digest in (0, 1, order - 1, order, order + 1, (1 << 256) - 1):
        recover_case(big(digest), keys.PrivateKey(big(7)).sign_msg_hash(big(digest)).to_bytes())
    # s R = e G, so that the key would be the point at infinity: with R = G, s is e.
    x, y = K1["g"]
    for v in (y & 1, 1 - (y & 1)):
        recover_case(big(5), big(x, 5) + bytes([27 + v]))


def ecdsa_is_right(curve, key, digest, signature):
    r, s = (int.from_bytes(signature[place:place + 32], "big") for place in (0, 32))
    x, y = (int.from_bytes(key[place:place + 32], "big") for place in (0, 32))
    try:
        public = ec.EllipticCurvePublicNumbers(x, y, curve).public_key()
        public.verify(encode_dss_signature(r, s), digest, ec.ECDSA(Prehashed(hashes.SHA256())))
    except (InvalidSignature, ValueError):
        return False
    return True


def ecdsa(name, curve, order):
    for count in range(COUNT):
        private = ec.derive_private_key(random.randrange(1, order), curve)
        numbers = private.public_key().public_numbers()
        key, digest, nonce = big(numbers.x, numbers.y), random.randbytes(32), 0
        parameters = K1 if curve.name == "secp256k1" else P256
        nonce = random.randrange(1, order)
        r = multiple(parameters, nonce)[0] % order
        secret = private.private_numbers().private_value
        s = pow(nonce, -1, order) * (int.from_bytes(digest, "big") + r * secret) % order
        good = big(r, s)
        tries = [(key, digest, good), (key, digest, big(r, order - s)),
                 (key, digest, changed(good, 0, 64)), (key, changed(digest, 0, 32), good),
                 (changed(key, 0, 64), digest, good), (key, digest, big(s, r)),
                 (key, digest, big(r, s + order) if s + order < 1 << 256 else big(r, 0)),
                 (key, digest, big(0, s)), (key, digest, big(order, s))]
        for tried in tries:
            answer = ecdsa_is_right(curve, *tried)
            cases.add(name, tried[1] + tried[2] + tried[0], flag(answer))
        assert ecdsa_is_right(curve, key, digest, good)
    # The points of the sum are equal or opposite: the key is the generator.
    parameters = K1 if curve.name == "secp256k1" else P256
    key = big(*parameters["g"])
    for scalar in (1, 2, order - 1):
        r = parameters["g"][0] % order
        for digest in (big(r), big(order - r), bytes(32), big(scalar)):
            for signature in (big(r, r), big(r, scalar), big(r, (2 * r) % order)):
                answer = ecdsa_is_right(curve, key, digest, signature)
                cases.add(name, digest + signature + key, flag(answer))
    cases.add(name, digest + signature + bytes(64), flag(0))


def eddsa_is_right(key, signature, message):
    """RFC 8032 section 5.1.7 without the cofactor, and by OpenSSL where both must agree."""
    s = int.from_bytes(signature[32:], "little")
    point = edwards_point(key)
    if s >= ED["n"] or point is None:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(digest, "little") % ED["n"]
    minus = (ED["p"] - point[0], point[1])
    x, y = add_edwards(multiple(ED, s), edwards_multiple(challenge, minus))
    return little(y | (x & 1) << 255) == signature[:32]


def add_edwards(left, right):
    return add_points(ED, left, right)


def edwards_point(content):
    value, prime = int.from_bytes(content, "little"), ED["p"]
    y, sign = value % (1 << 255), value >> 255
    if y >= prime:
        return None
    x = root((y * y - 1) * pow(ED["d"] * y * y + 1, -1, prime), prime)
    if x is None or (x == 0 and sign):
        return None
    return (x if x & 1 == sign else prime - x), y


def eddsa_case(key, signature, message):
    answer = eddsa_is_right(key, signature, message)
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        assert answer or edwards_point(key) is None
    except (InvalidSignature, ValueError):
        assert not answer
    cases.add("ed25519_verify", key + signature + message, flag(answer))
    return answer


def eddsa():
    order = ED["n"]
    for count in range(COUNT):
        private = ed25519.Ed25519PrivateKey.from_private_bytes(random.randbytes(32))
        key = private.public_key().public_bytes_raw()
        message = random.randbytes(random.choice([0, 1, 31, 47, 48, 49, 63, 64, 200]))
        good = private.sign(message)
        assert eddsa_case(key, good, message)
        eddsa_case(key, changed(good, 0, 32), message)
        eddsa_case(key, changed(good, 32, 64), message)
        eddsa_case(changed(key, 0, 32), good, message)
        eddsa_case(key, good, message + b"\0")
        s = int.from_bytes(good[32:], "little")
        eddsa_case(key, good[:32] + little(s + order), message)
    # Keys of low order, and encodings that are not canonical.
    prime = ED["p"]
    low = [little(1), little(prime - 1), little(0), little(0 | 1 << 255)]
    odd = [little(prime), little(prime + 1), little(1 | 1 << 255), little((1 << 255) - 1)]
    for key in low + odd:
        for commitment in low + odd:
            for s in (0, 1):
                eddsa_case(key, commitment + little(s), random.randbytes(4))


def rsa_cases():
    for count in range(-(-COUNT // 4)):
        private = rsa.generate_private_key(65537, 2048)
        modulus = private.public_key().public_numbers().n
        content = modulus.to_bytes(256, "big")
        message = random.randbytes(50)
        digest = hashlib.sha256(message).digest()
        good = private.sign(message, padding.PKCS1v15(), hashes.SHA256())
        tries = [(digest, good), (digest, changed(good, 1, 256)), (changed(digest, 0, 32), good)]
        for tried in tries:
            try:
                private.public_key().verify(
                    tried[1], tried[0], padding.PKCS1v15(), Prehashed(hashes.SHA256()))
                answer = True
            except InvalidSignature:
                answer = False
            cases.add("rsa2048_verify_sha256", tried[0] + tried[1] + content, flag(answer))
        for value in [0, 1, modulus - 1, random.randrange(modulus)]:
            opened = flag(1) + big(pow(value, 65537, modulus), size=256)
            cases.add("rsa2048_open", big(value, modulus, size=256), opened)
        for value, divisor in [(modulus, modulus), ((1 << 2048) - 1, modulus), (1, modulus + 1),
                               (1, modulus >> 1 | 1), (0, 0)]:
            cases.add("rsa2048_open", big(value, divisor, size=256), flag(0) + bytes(256))


def sha512():
    for length in [0, 1, 111, 112, 113, 127, 128, 129, 239, 240, 241, 1000]:
        message = random.randbytes(length)
        cases.add("sha512", message, hashlib.sha512(message).digest())


recoveries()
ecdsa("secp256k1_verify", ec.SECP256K1(), K1["n"])
ecdsa("p256_verify", ec.SECP256R1(), P256["n"])
eddsa()
rsa_cases()
sha512()
cases.print()
