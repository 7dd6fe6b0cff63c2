"""Keccak-f[1600], which hashlib has only inside its hashes: checked against them when loaded."""
import hashlib


def keccak_permutation(state):
    """FIPS 202 section 3, a step at a time."""
    def turned(lane, count):
        return (lane << count % 64 | lane >> (64 - count) % 64) % (1 << 64) if count % 64 else lane

    lanes = [[state[x + 5 * y] for y in range(5)] for x in range(5)]
    register = 1
    for _ in range(24):
        parity = [column[0] ^ column[1] ^ column[2] ^ column[3] ^ column[4] for column in lanes]
        for x in range(5):
            effect = parity[x - 1] ^ turned(parity[(x + 1) % 5], 1)
            lanes[x] = [lane ^ effect for lane in lanes[x]]
        x, y, current = 1, 0, lanes[1][0]
        for step in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            current, lanes[x][y] = lanes[x][y], turned(current, (step + 1) * (step + 2) // 2)
        for y in range(5):
            row = [lanes[x][y] for x in range(5)]
            for x in range(5):
                lanes[x][y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5])
        for place in range(7):
            register = (register << 1 ^ (register >> 7) * 0x71) % 256
            if register & 2:
                lanes[0][0] ^= 1 << ((1 << place) - 1)
    return [lanes[x][y] for y in range(5) for x in range(5)]


def sponge(message):
    """SHA3-256 by the permutation above."""
    padded = bytearray(message + b"\x06")
    padded += bytes(-len(padded) % 136)
    padded[-1] |= 0x80
    state = [0] * 25
    for start in range(0, len(padded), 136):
        for lane in range(17):
            place = start + 8 * lane
            state[lane] ^= int.from_bytes(padded[place:place + 8], "little")
        state = keccak_permutation(state)
    return b"".join(lane.to_bytes(8, "little") for lane in state[:4])


for length in (0, 1, 135, 136, 200):
    assert sponge(bytes(range(length))) == hashlib.sha3_256(bytes(range(length))).digest()
