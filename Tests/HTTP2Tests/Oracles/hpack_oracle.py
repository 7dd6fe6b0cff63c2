"""HPACK by the `hpack` package, both directions.

encode SEED COUNT: prints one header block in hexadecimal for each line, then its fields; now and then the
table size changes ("size N", to be allowed before the next block).
decode: reads lines "size N" or "block HEX" and prints the fields of each block.
Fields: name=value pairs as hexadecimal, joined by commas.
"""
import random
import sys

from hpack import Decoder, Encoder, HeaderTuple, NeverIndexedHeaderTuple

NAMES = [
    ":method", ":path", ":status", "content-type", "content-length", "x-request-id", "accept",
    "grpc-timeout", "user-agent", "cookie", "authorization", "x", "date",
]


def text(fields):
    return ",".join(f"{name.hex()}={value.hex()}" for name, value in fields)


def word(source, longest):
    kind = source.randrange(3)
    size = source.randrange(longest)
    if kind == 0:
        return bytes(source.choice(b"abcdefghijklmnopqrstuvwxyz0123456789-") for _ in range(size))
    if kind == 1:
        return bytes(source.randrange(256) for _ in range(size))
    return bytes(source.choice(b"AZ{}~^|<>\\ %") for _ in range(size))


def fields(source, seen):
    result = []
    for _ in range(source.randrange(1, 12)):
        if seen and source.random() < 0.5:
            result.append(source.choice(seen))
            continue
        name = source.choice(NAMES).encode() if source.random() < 0.7 else b"x-" + word(source, 20)
        field = (name, word(source, source.choice([4, 40, 400])))
        seen.append(field)
        result.append(field)
    return result


def encode(seed, count):
    source = random.Random(seed)
    encoder = Encoder()
    seen = []
    for _ in range(count):
        if source.random() < 0.1:
            size = source.choice([0, 33, 100, 1000, 4096])
            encoder.header_table_size = size
        chosen = fields(source, seen)
        tuples = [
            (NeverIndexedHeaderTuple if source.random() < 0.1 else HeaderTuple)(*field)
            for field in chosen
        ]
        print(encoder.encode(tuples, huffman=source.random() < 0.7).hex(), text(chosen))


def decode():
    decoder = Decoder(max_header_list_size=1 << 24)
    for line in sys.stdin:
        kind, value = line.split()
        if kind == "size":
            decoder.max_allowed_table_size = int(value)
        else:
            print(text(decoder.decode(bytes.fromhex(value), raw=True)))


if sys.argv[1] == "encode":
    encode(int(sys.argv[2]), int(sys.argv[3]))
else:
    decode()
