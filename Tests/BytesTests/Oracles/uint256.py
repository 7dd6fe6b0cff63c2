"""Seeded 256-bit arithmetic: one line of results for each pair of operands."""
import random
import sys

random.seed(int(sys.argv[1]))
RANGE = 1 << 256


def operand():
    return random.getrandbits(random.choice([1, 8, 63, 64, 65, 128, 192, 255, 256]))


for _ in range(int(sys.argv[2])):
    left, right = operand(), operand()
    small = random.getrandbits(random.choice([8, 32, 64])) or 1
    print(
        hex(left), hex(right), small, left,
        hex((left + right) % RANGE), int(left + right >= RANGE),
        hex((left - right) % RANGE),
        hex(left * small % RANGE), int(left * small >= RANGE),
        hex(left // small), left % small,
    )
