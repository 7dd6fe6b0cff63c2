"""How fast guest text becomes host code: megabytes of text that compilers wrote, translated once.

What `tandem exec` takes with the translator, less what it takes with the interpreter, on a program
that does nothing: both read, check and decode the ELF.
"""
import struct

from machine_programs import ALL_ROUND_COUNTS, ROOT, TANDEM, Tandem, command, offers, timed

SECTION = "Translation"
SOURCE = ROOT / "Tests/Benchmarks/Guests/MuchText.c"
TEXT_BYTE_COUNT = 4 << 20
PROGRAM_HEADER = struct.Struct("<8I")
KIND_LOADED, FLAG_EXECUTABLE = 1, 1


def measure(bench, run_count):
    if not offers("translator"):
        return
    elf, byte_count = build(bench.scratch)
    bench.say(f"translating {byte_count:,} bytes of text, best of {run_count}")
    best = {
        engine: min(run(elf, engine) for _ in range(run_count))
        for engine in ("translator", "interpreter")}
    seconds = max(best["translator"] - best["interpreter"], 1e-6)
    bench.report.add(SECTION, f"of {byte_count:,} bytes of text", seconds * 1000, "ms")
    bench.report.add(
        SECTION, "guest text per second", byte_count / seconds / 1e6, "MB", at_least=40)


def run(elf, engine):
    _, cpu_seconds = timed(
        TANDEM, "exec", "--vm", "sp1", "--max-cycles", 1 << 30, "--json", "--engine", engine, elf)
    return cpu_seconds


def build(directory):
    suite = Tandem("text", "sp1")
    for program in ALL_ROUND_COUNTS:
        suite.build(directory, program)
    text = b"".join(text_of(suite.files[program].read_bytes()) for program in ALL_ROUND_COUNTS)
    text *= -(-TEXT_BYTE_COUNT // len(text))
    (directory / "MuchText.bin").write_bytes(text)
    assembly = directory / "MuchText.S"
    assembly.write_text(
        '.section .text.much, "ax", @progbits\n.balign 4\n.globl much_text\n'
        f'much_text:\n.incbin "{directory}/MuchText.bin"\n')
    elf = directory / "MuchText.elf"
    command(TANDEM, "program", "build", "--vm", "sp1", "-o", elf, SOURCE, assembly)
    return elf, len(text_of(elf.read_bytes()))


def text_of(elf):
    """The bytes of the executable segments of an ELF32 file."""
    offset, count = struct.unpack_from("<I", elf, 28)[0], struct.unpack_from("<H", elf, 44)[0]
    text = b""
    for index in range(count):
        fields = PROGRAM_HEADER.unpack_from(elf, offset + index * PROGRAM_HEADER.size)
        kind, begin, _, _, byte_count, _, flags, _ = fields
        if kind == KIND_LOADED and flags & FLAG_EXECUTABLE:
            text += elf[begin:begin + byte_count]
    return text
