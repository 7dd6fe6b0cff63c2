"""Seeded byte strings with their digests: bytes, keccak-256, SHA-256."""
import hashlib
import random
import sys

from eth_hash.auto import keccak

random.seed(int(sys.argv[1]))
lengths = list(range(0, 300)) + [random.randrange(300, 3000) for _ in range(int(sys.argv[2]))]
for length in lengths:
    data = random.randbytes(length)
    print("x" + data.hex(), keccak(data).hex(), hashlib.sha256(data).hexdigest())
