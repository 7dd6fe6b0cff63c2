"""Seeded eth-account signatures: private key, address, digest, signature (65 bytes), message, its
EIP-191 digest and the signature over that."""
import random
import sys

from eth_account import Account
from eth_account.messages import defunct_hash_message, encode_defunct

random.seed(int(sys.argv[1]))
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
KEYS = [1, 2, 3, ORDER - 1, ORDER - 2, 1 << 255]
for index in range(int(sys.argv[2])):
    key = KEYS[index] if index < len(KEYS) else random.randrange(1, ORDER)
    account = Account.from_key(key.to_bytes(32, "big"))
    digest = random.choice([random.randbytes(32), bytes(32), b"\xff" * 32])
    signature = account.unsafe_sign_hash(digest).signature
    message = random.randbytes(random.choice([0, 1, 9, 10, 99, 100, random.randrange(3000)]))
    signed = account.sign_message(encode_defunct(primitive=message))
    print(
        key.to_bytes(32, "big").hex(), account.address.lower(), digest.hex(), bytes(signature).hex(),
        "x" + message.hex(), defunct_hash_message(primitive=message).hex(),
        bytes(signed.signature).hex(),
    )
