"""The curve and field precompiles and hooks of SP1, with Python's integers.

Each line of standard input is a name and operands in hexadecimal; each line of the output the bytes that the
guest finds afterwards, the results of a hook separated by blanks, or "fails". Inverses are powers, so that
1/0 is 0.
"""

import sys

K1 = (1 << 256) - (1 << 32) - 977
R1 = (1 << 256) - (1 << 224) + (1 << 192) + (1 << 96) - 1
BN = 0x30644E72E131A029B85045B68181585D97816A916871CA8D3C208C16D87CFD47
BLS = int(
    "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab", 16)
ED = (1 << 255) - 19
D = -121665 * pow(121666, -1, ED) % ED
B_R1 = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
CURVES = {"SECP256K1": (K1, 0, 7), "SECP256R1": (R1, -3, B_R1), "BN254": (BN, 0, 3), "BLS12381": (BLS, 0, 4)}
ORDERS = {
    "SECP256K1": 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141,
    "SECP256R1": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
}


class Fails(Exception):
    pass


def width(p):
    return (p.bit_length() + 7) // 8


def numbers(data, size):
    return [int.from_bytes(data[i:i + size], "little") for i in range(0, len(data), size)]


def text(values, p):
    return b"".join(v.to_bytes(width(p), "little") for v in values).hex()


def inverse(v, p):
    return pow(v, p - 2, p)


def root(v, p):
    """v^((p + 1) / 4) for p = 3 modulo 4; for ed25519 the even root."""
    if p == ED:
        r = pow(v, (p + 3) // 8, p)
        if r * r % p != v % p:
            r = r * pow(2, (p - 1) // 4, p) % p
        r = p - r if r % 2 else r
    else:
        r = pow(v, (p + 1) // 4, p)
    return r if r * r % p == v % p else None


def follow(slope, x1, y1, x2, p):
    x = (slope * slope - x1 - x2) % p
    return x, (slope * (x1 - x) - y1) % p


def add(curve, left, right):
    p, _, _ = CURVES[curve]
    (x1, y1), (x2, y2) = ([v % p for v in numbers(point, width(p))] for point in (left, right))
    if (x1, y1) == (x2, y2):
        raise Fails
    return text(follow((y2 - y1) * inverse(x2 - x1, p), x1, y1, x2, p), p)


def double(curve, point):
    p, a, _ = CURVES[curve]
    x, y = (v % p for v in numbers(point, width(p)))
    return text(follow((3 * x * x + a) * inverse(2 * y, p), x, y, x, p), p)


def decompress(curve, point, sign):
    p, a, b = CURVES[curve]
    _, x = numbers(point, width(p))
    sign = int.from_bytes(sign, "little")
    y = root(x**3 + a * x + b, p)
    if x >= p or y is None or sign > 1:
        raise Fails
    is_set = y > p - y if curve == "BLS12381" else y % 2 == 1
    return text((y if is_set == (sign == 1) else -y % p, x), p)


def ed_add(left, right):
    (x1, y1), (x2, y2) = ([v % ED for v in numbers(point, 32)] for point in (left, right))
    t = D * x1 * x2 * y1 * y2
    x = (x1 * y2 + x2 * y1) * inverse(1 + t, ED) % ED
    return text((x, (y1 * y2 + x1 * x2) * inverse(1 - t, ED) % ED), ED)


def ed_decompress(point, sign):
    y = numbers(point, 32)[1]
    plain, sign = y % (1 << 255), int.from_bytes(sign, "little")
    x = root((plain * plain - 1) * inverse(D * plain * plain + 1, ED) % ED, ED)
    if plain >= ED or x is None or sign > 1:
        raise Fails
    return text((ED - x if sign else x, y), ED)


def field(p, operation, left, right):
    (a, b) = ([v % p for v in numbers(value, width(p))] for value in (left, right))
    if operation == "ADD":
        return text([(u + v) % p for u, v in zip(a, b)], p)
    if operation == "SUB":
        return text([(u - v) % p for u, v in zip(a, b)], p)
    if len(a) == 1:
        return text([a[0] * b[0] % p], p)
    return text([(a[0] * b[0] - a[1] * b[1]) % p, (a[0] * b[1] + a[1] * b[0]) % p], p)


PRIMES = {"K1": K1, "R1": R1, "BN": BN, "BLS": BLS, "ED": ED}


def element(prime, operation, *operands):
    """An operation on field elements, spelled as big-endian integers."""
    p = PRIMES[prime]
    a, b = (int(v, 16) for v in operands)
    result = {
        "add": a + b, "subtract": a - b, "multiply": a * b, "divide": a * inverse(b, p),
        "power": pow(a, b, p),
    }[operation]
    return f"{result % p:x}"


def divide(prime, scale, value):
    """scale / value modulo any odd number, by the extended algorithm of Euclid."""
    p, scale, value = (int(v, 16) for v in (prime, scale, value))
    return f"{scale * pow(value, -1, p) % p:x}" if value else "0"


def hook_lift(data):
    curve = {1: "SECP256K1", 2: "SECP256R1"}.get(data[0] & 127)
    if curve is None or len(data) != 65:
        raise Fails
    p, order = CURVES[curve][0], ORDERS[curve]
    r, alpha = (int.from_bytes(data[i:i + 32], "big") for i in (1, 33))
    if r >= p or alpha >= p or (alpha == 0 and curve == "SECP256K1"):
        raise Fails
    y = root(alpha, p)
    if y is None:
        return "00 " + root(3 * alpha, p).to_bytes(32, "big").hex()
    if r == 0 or r >= order:
        raise Fails
    y = y if y % 2 == data[0] >> 7 else -y % p
    return f"01 {y.to_bytes(32, 'big').hex()} {pow(r, -1, order).to_bytes(32, 'big').hex()}"


def hook_recover(data):
    """Recovery by the definition: Q = (s·R - z·G) / r."""
    from py_ecc.secp256k1.secp256k1 import G, add as sum_of, multiply
    order = ORDERS["SECP256K1"]
    r, s = (int.from_bytes(data[i:i + 32], "big") for i in (0, 32))
    z, number = int.from_bytes(data[65:97], "big"), data[64]
    if len(data) != 97 or number > 3 or not (0 < r < order and 0 < s < order):
        raise Fails
    if s > order // 2:
        s, number = order - s, number ^ 1
    x = r + order * (number >> 1)
    y = root(x**3 + 7, K1)
    if x >= K1 or y is None:
        raise Fails
    y = y if y % 2 == number & 1 else K1 - y
    key = multiply(sum_of(multiply((x, y), s), multiply(G, -z % order)), pow(r, -1, order))
    if key == (0, 0):
        raise Fails
    return f"{2 + key[1] % 2:02x}{key[0].to_bytes(32, 'big').hex()} {pow(s, -1, order).to_bytes(32, 'big').hex()}"


def hook_ed_decompress(data):
    if len(data) < 32:
        raise Fails
    y = int.from_bytes(data[:32], "little") % (1 << 255)
    if y >= ED:
        return "00"
    v = int.from_bytes(data[32:], "little")
    if v >= ED:
        raise Fails
    ratio = (y * y - 1) * inverse(v, ED) % ED
    if root(ratio, ED) is not None:
        return "01"
    return f"00 {text([inverse(v, ED)], ED)} {text([root(2 * ratio, ED)], ED)}"


def hook_bls_root(data):
    a = int.from_bytes(data[:48], "big")
    if len(data) < 48:
        raise Fails
    y = root(a, BLS)
    if a < BLS and y is not None:
        return "01 " + y.to_bytes(48, "big").hex()
    hint = root(2 * a % BLS, BLS)
    if hint is None:
        raise Fails
    return "00 " + hint.to_bytes(48, "big").hex()


def hook_bls_inverse(data):
    a = int.from_bytes(data[:48], "big")
    if len(data) < 48 or a == 0:
        raise Fails
    return inverse(a, BLS).to_bytes(48, "big").hex()


def chain(name, count, point):
    """A point's doubles, each twice the one before."""
    doubles = []
    for _ in range(int(count)):
        data = bytes.fromhex(doubles[-1] if doubles else point)
        doubles.append(ed_add(data, data) if name == "ED" else double(name, data))
    return "".join(doubles)


def sequence(name, points, *steps):
    """Points side by side; a step I,J adds the second to the first, or doubles it, where both are one.

    For each step the first point afterwards, or "skip" for a sum that the curve's call refuses.
    """
    points = bytes.fromhex(points)
    size = 2 * width(ED if name == "ED" else CURVES[name][0])
    points = [points[i:i + size] for i in range(0, len(points), size)]
    results = []
    for step in steps:
        i, j = map(int, step.split(","))
        try:
            if name == "ED":
                result = ed_add(points[i], points[j])
            else:
                result = double(name, points[i]) if i == j else add(name, points[i], points[j])
            points[i] = bytes.fromhex(result)
            results.append(result)
        except Fails:
            results.append("skip")
    return " ".join(results)


HOOKS = {"5": hook_recover, "15": hook_lift, "16": hook_ed_decompress, "18": hook_bls_root, "19": hook_bls_inverse}
FIELDS = {"BLS12381_FP": BLS, "BLS12381_FP2": BLS, "BN254_FP": BN, "BN254_FP2": BN}


def answer(name, operands):
    if name == "HOOK":
        return HOOKS[operands[0]](bytes.fromhex(operands[1]) if len(operands) > 1 else b"")
    if name == "ELEMENT":
        return element(*operands)
    if name == "CHAIN":
        return chain(*operands)
    if name == "SEQUENCE":
        return sequence(*operands)
    if name == "DIVIDE":
        return divide(*operands)
    operands = [bytes.fromhex(operand) for operand in operands]
    if name == "ED_ADD":
        return ed_add(*operands)
    if name == "ED_DECOMPRESS":
        return ed_decompress(*operands)
    kind, operation = name.rsplit("_", 1)
    if kind in FIELDS:
        return field(FIELDS[kind], operation, *operands)
    return {"ADD": add, "DOUBLE": double, "DECOMPRESS": decompress}[operation](kind, *operands)


for line in sys.stdin:
    name, *operands = line.split()
    try:
        print(answer(name, operands))
    except Fails:
        print("fails")
