"""Arithmetic on integers of any size, by Python's own.

Standard input: a line for each question, an operation and its operands in hexadecimal, separated by
spaces. Standard output: a line for each answer; several values are separated by spaces.
"""
import sys


def inverse(a, n):
    """1 / a modulo n, or -."""
    try:
        return pow(a, -1, n)
    except ValueError:
        return None


def add_points(x1, y1, x2, y2, p):
    """The sum of two points of a short Weierstrass curve that are no neighbours."""
    slope = (y2 - y1) * pow(x2 - x1, -1, p) % p
    x3 = (slope * slope - x1 - x2) % p
    return x3, (slope * (x1 - x3) - y1) % p


OPERATIONS = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "divmod": divmod,
    "mulmod": lambda a, b, n: a * b % n,
    "mulmod256": lambda a, b, n: a * b % (n or 1 << 256),
    "inverse": inverse,
    "pow": pow,
    "add_points": add_points,
}


def text(value):
    if isinstance(value, tuple):
        return " ".join(text(part) for part in value)
    return "-" if value is None else "%x" % value


for line in sys.stdin:
    name, *operands = line.split()
    print(text(OPERATIONS[name](*(int(operand, 16) for operand in operands))))
