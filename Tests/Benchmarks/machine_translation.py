"""How fast guest text becomes host code: megabytes of text that compilers wrote, translated once.

What `tandem exec` takes, from the first look at the ELF to code that is ready to run, on a program that does
nothing; less what it takes on the same program without the text, which is the start of a process.
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
    text = suite_text(bench.scratch)
    elf, byte_count = build(bench.scratch, "MuchText", text * -(-TEXT_BYTE_COUNT // len(text)))
    small, _ = build(bench.scratch, "LittleText", bytes.fromhex("67800000"))
    bench.say(f"loading and translating {byte_count:,} bytes of text, best of {run_count}")
    # In turns, so that both see the same machine.
    times = [(run(elf), run(small)) for _ in range(run_count)]
    seconds = max(min(much for much, _ in times) - min(little for _, little in times), 1e-6)
    bench.report.add(SECTION, f"of {byte_count:,} bytes of text", seconds * 1000, "ms")
    bench.report.add(
        SECTION, "guest text per second", byte_count / seconds / 1e6, "MB", at_least=40)


def run(elf):
    _, cpu_seconds = timed(
        TANDEM, "exec", "--vm", "sp1", "--max-cycles", 1 << 30, "--json",
        "--engine", "translator", elf)
    return cpu_seconds


def suite_text(directory):
    suite = Tandem("text", "sp1")
    for program in ALL_ROUND_COUNTS:
        suite.build(directory, program)
    return b"".join(text_of(suite.files[program].read_bytes()) for program in ALL_ROUND_COUNTS)


def build(directory, name, text):
    """A program that does nothing but has this text as well; and how much it has in all."""
    (directory / f"{name}.bin").write_bytes(text)
    assembly = directory / f"{name}.S"
    assembly.write_text(
        '.section .text.much, "ax", @progbits\n.balign 4\n.globl much_text\n'
        f'much_text:\n.incbin "{directory}/{name}.bin"\n')
    elf = directory / f"{name}.elf"
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
