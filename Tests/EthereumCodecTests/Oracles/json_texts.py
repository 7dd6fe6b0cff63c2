"""Seeded JSON texts: one line each with the text as a hexadecimal string and its compact form as
Python's json module writes it (also hexadecimal). Numbers are integers, so that both write the same."""
import json
import random
import sys

random.seed(int(sys.argv[1]))
LETTERS = "a\"\\/\b\f\n\r\t\x01\x1f é漢😀\u2028"


def text():
    return "".join(random.choice(LETTERS) for _ in range(random.randrange(8)))


def value(depth):
    kind = random.randrange(7 if depth else 5)
    if kind == 5:
        return [value(depth - 1) for _ in range(random.randrange(4))]
    if kind == 6:
        return {text(): value(depth - 1) for _ in range(random.randrange(4))}
    return [None, True, False, random.getrandbits(90) - 2**89, text()][kind]


for _ in range(int(sys.argv[2])):
    tree = value(6)
    spaced = json.dumps(tree, indent=random.choice([None, 1, "\t"]),
                        ensure_ascii=random.choice([True, False]))
    compact = json.dumps(tree, separators=(",", ":"), ensure_ascii=True)
    print(spaced.encode().hex(), compact.encode().hex())
