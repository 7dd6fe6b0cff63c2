"""Seeded keys from passwords, AES-CTR texts and P-256 signatures, by hashlib and PyCryptodome.

Lines: scrypt password salt n r p key / pbkdf2 password salt iterations key /
aes key iv plaintext ciphertext / p256 point digest r s. Byte strings have an x in front."""
import hashlib
import random
import sys

from Crypto.Cipher import AES
from Crypto.Hash import SHA256
from Crypto.PublicKey import ECC
from Crypto.Signature import DSS

random.seed(int(sys.argv[1]))
count = int(sys.argv[2])


def some_bytes(limit):
    return random.randbytes(random.choice([0, 1, 16, random.randrange(limit)]))


def show(*fields):
    print(*["x" + field.hex() if isinstance(field, bytes) else field for field in fields])


for _ in range(count):
    password, salt = some_bytes(100), some_bytes(100)
    n, r, p = 2 ** random.randrange(1, 12), random.randrange(1, 9), random.randrange(1, 4)
    length = random.choice([1, 32, 64, random.randrange(1, 200)])
    key = hashlib.scrypt(password, salt=salt, n=n, r=r, p=p, dklen=length)
    show("scrypt", password, salt, n, r, p, key)
    rounds = random.randrange(1, 3000)
    key = hashlib.pbkdf2_hmac("sha256", password, salt, rounds, length)
    show("pbkdf2", password, salt, rounds, key)
    key, iv, text = random.randbytes(16), random.randbytes(16), some_bytes(300)
    if random.randrange(4) == 0:
        iv = b"\xff" * 15 + bytes([random.randrange(250, 256)])
    cipher = AES.new(key, AES.MODE_CTR, nonce=b"", initial_value=iv)
    show("aes", key, iv, text, cipher.encrypt(text))
    private = ECC.generate(curve="P-256", randfunc=random.randbytes)
    message = SHA256.new(some_bytes(100))
    signature = DSS.new(private, "deterministic-rfc6979").sign(message)
    point = private.public_key().export_key(format="raw")
    show("p256", point, message.digest(), signature[:32], signature[32:])
