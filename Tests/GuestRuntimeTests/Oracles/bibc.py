"""RISC Zero's bytecode for BIGINT2, written from reference/zkvm.md 1.4, on Python's integers.

Standard input: a line for each run: x and the program, the memory, and 32 registers as addresses in the
memory, all in hexadecimal, separated by spaces. Standard output: the memory after the run, or "error".
"""
import struct
import sys


class Wrong(Exception):
    pass


def truncated(a, b):
    if b == 0:
        raise Wrong
    quotient = abs(a) // abs(b)
    quotient = -quotient if (a < 0) != (b < 0) else quotient
    return quotient, a - quotient * b


def sections(program):
    if len(program) < 24:
        raise Wrong
    magic, version, inputs, types, constants, operations = struct.unpack_from("<4s5I", program)
    sizes = (24, 16 * inputs, 32 * types, 8 * constants, 8 * operations)
    if magic != b"bibc" or version != 1 or sum(sizes) > len(program):
        raise Wrong
    start = 24 + 16 * inputs
    kinds = [struct.unpack_from("<Q", program, start + 32 * i)[0] for i in range(types)]
    start += 32 * types
    limbs = struct.unpack_from("<%dQ" % constants, program, start)
    return kinds, limbs, struct.unpack_from("<%dQ" % operations, program, start + 8 * constants)


def run(program, memory, registers):
    kinds, limbs, operations = sections(program)
    results = [0] * len(operations)

    def place(kind, a):
        if kind >= len(kinds) or a >> 16 >= len(registers):
            raise Wrong
        start, size = registers[a >> 16] + 16 * (a & 0xFFFF), (kinds[kind] + 15) // 16 * 16
        if size and start + size > len(memory):
            raise Wrong
        return slice(start, start + size)

    for index, bits in enumerate(operations):
        code, kind, a, b = bits & 15, bits >> 4 & 0xFFF, bits >> 16 & 0xFFFFFF, bits >> 40
        if code == 2:
            if b and a + b > len(limbs):
                raise Wrong
            results[index] = sum(limb << 64 * i for i, limb in enumerate(limbs[a:a + b]))
        elif code == 3:
            results[index] = int.from_bytes(memory[place(kind, a)], "little")
        elif code == 4:
            target = place(kind, a)
            if b >= len(results) or results[b] < 0 or results[b] >> 8 * (target.stop - target.start):
                raise Wrong
            memory[target] = results[b].to_bytes(target.stop - target.start, "little")
        elif code in (8, 9, 10, 11, 12, 14):
            if a >= index or b >= index:
                raise Wrong
            x, y = results[a], results[b]
            if code == 14:
                x, y = abs(x), abs(y)
                try:
                    results[index] = pow(x, -1, y) if y > 1 else None
                except ValueError:
                    results[index] = None
                if results[index] is None:
                    raise Wrong
            else:
                results[index] = {
                    8: lambda: x + y,
                    9: lambda: x - y,
                    10: lambda: x * y,
                    11: lambda: truncated(x, y)[1],
                    12: lambda: truncated(x, y)[0],
                }[code]()
        else:
            raise Wrong


for line in sys.stdin:
    program, memory, *registers = line.split()
    memory = bytearray.fromhex(memory)
    try:
        run(bytes.fromhex(program[1:]), memory, [int(register, 16) for register in registers])
        print(memory.hex())
    except Wrong:
        print("error")
