"""The programs of Guests/Suite: built for each machine, run, and timed."""
import dataclasses
import json
import os
import pathlib
import resource
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SUITE = ROOT / "Tests/Benchmarks/Guests/Suite"
SDK = ROOT / "Sources/GuestSDK"
TANDEM = pathlib.Path(os.environ.get("TANDEM", ROOT / ".build/release/tandem"))
RUN_SECONDS_MAX = 120
CYCLES_MAX = 1 << 40

# As many rounds as take the host about a quarter of a second (of 2023, 3 GHz).
ROUND_COUNTS = {
    "bigint": 4200,
    "bits": 2800,
    "blake2s": 770,
    "builder": 21000,
    "bytecode": 6400,
    "callbacks": 180,
    "compression": 170,
    "dispatch": 2400,
    "distance": 1300,
    "division": 380000,
    "graph": 510,
    "json": 890,
    "keccak": 300,
    "matrix": 240,
    "pointers": 250,
    "recursion": 2700,
    "sha256": 670,
    "sieve": 210,
    "softfloat": 120,
    "sorting": 96,
    "strings": 1700,
}

# Shown, and held to no goal: a 32-bit machine needs several instructions for each of the host's,
# whatever executes them.
WIDE_ROUND_COUNTS = {"keccak64": 560}
ALL_ROUND_COUNTS = {**ROUND_COUNTS, **WIDE_ROUND_COUNTS}

# What the SDK gives every guest (Sources/tandem/Build/GuestBuilder.swift), for qemu's build too.
GUEST_FLAGS = [
    "--target=riscv32-none-none-eabi", "-march=rv32im", "-mabi=ilp32", "-ffreestanding",
    "-std=c17", "-O2", "-fno-builtin", "-ffunction-sections", "-fdata-sections",
]
# What `tandem program build` gives the program alone.
PROGRAM_FLAGS = ["-Xclang", "-target-feature", "-Xclang", "+no-default-unroll"]
NATIVE_FLAGS = ["-std=c17", "-O2"]
# The SDK's arithmetic that compilers and softfloat.c call by name.
QEMU_RUNTIME = ["memory.c", "integers.c", "wide_integers.c", "double.c"]


@dataclasses.dataclass
class Run:
    checksum: str
    # By the clock, of the work alone as the program or `tandem exec` says it.
    seconds: float
    # Processor time of the whole process.
    cpu_seconds: float
    instructions: int = 0


def command(*arguments):
    """What a tool writes to standard output; ends the benchmark when it fails."""
    arguments = list(map(str, arguments))
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=RUN_SECONDS_MAX)
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)} ended with {done.returncode}: {done.stderr}{done.stdout}")
    return done.stdout


def timed(*arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    text = command(*arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    user, system = after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime
    return text, user + system


def offers(option):
    """Whether this build's `tandem exec` knows an option or a value of one."""
    return option in command(TANDEM, "exec", "--help-hidden")


def engine_flags():
    """The fastest engine of this build."""
    return ["--engine", "translator" if offers("translator") else "interpreter"]


class Machine:
    """Builds a program into a directory and runs what it built."""

    def __init__(self, name):
        self.name = name
        self.files = {}

    def run(self, program, round_count):
        raise NotImplementedError

    def build(self, directory, program):
        raise NotImplementedError


class Host(Machine):
    """The processor itself, by the compiler that also makes the guests."""

    def build(self, directory, program):
        extra = []
        if program == "softfloat":
            # It has the names of the C library's functions, with other types.
            extra.append(directory / "double.o")
            source = SDK / "Runtime/double.c"
            command("clang", *NATIVE_FLAGS, "-fno-builtin", "-c", source, "-o", extra[0])
        self.files[program] = directory / f"{program}.native"
        command(
            "clang", *NATIVE_FLAGS, "-o", self.files[program], SUITE / f"{program}.c",
            SUITE / "Entry/native.c", *extra)

    def run(self, program, round_count):
        text, cpu_seconds = timed(self.files[program], round_count)
        checksum, seconds = text.split()
        return Run(checksum, float(seconds), cpu_seconds)


class Qemu(Machine):
    """qemu-riscv32 in user mode, on the object code that Tandem's guests have."""

    def build(self, directory, program):
        sources = {
            "start": SUITE / "Entry/linux_start.S", "linux": SUITE / "Entry/linux.c",
            program: SUITE / f"{program}.c",
            **{name[:-2]: SDK / "Runtime" / name for name in QEMU_RUNTIME},
        }
        objects = []
        for name, source in sources.items():
            objects.append(directory / f"{name}.linux.o")
            flags = GUEST_FLAGS + (PROGRAM_FLAGS if name == program else [])
            command("clang", *flags, "-I", SDK / "include", "-c", source, "-o", objects[-1])
        self.files[program] = directory / f"{program}.linux"
        command(
            "ld.lld", "-m", "elf32lriscv", "-static", "--gc-sections", "-T",
            SUITE / "Entry/linux.ld", "-o", self.files[program], *objects)

    def run(self, program, round_count):
        text, cpu_seconds = timed("qemu-riscv32", self.files[program], round_count)
        checksum, nanoseconds = text.split()
        return Run(checksum, int(nanoseconds, 16) / 1e9, cpu_seconds)


class Tandem(Machine):
    """`tandem exec` with one of its engines, as SP1 or RISC Zero."""

    def __init__(self, name, vm, *flags):
        super().__init__(name)
        self.vm = vm
        self.flags = flags

    def build(self, directory, program):
        elf = directory / f"{program}.{self.vm}.elf"
        self.files[program] = elf
        if elf.exists():
            return
        command(
            TANDEM, "program", "build", "--vm", self.vm, "--no-precompiles", "-o", elf,
            SUITE / f"{program}.c", SUITE / "Entry/tandem.c")

    def run(self, program, round_count):
        word = round_count.to_bytes(4, "little")
        # RISC Zero reads the lengths of its inputs, SP1 has buffers.
        given = ["--buffer", word.hex()]
        if self.vm == "risc0":
            given = ["--stdin", (len(word).to_bytes(4, "little") + word).hex()]
        text, cpu_seconds = timed(
            TANDEM, "exec", "--vm", self.vm, *given, "--max-cycles", CYCLES_MAX, "--json",
            *self.flags, self.files[program])
        answer = json.loads(text)
        checksum = bytes.fromhex(answer["output"].removeprefix("0x"))[::-1].hex()
        if "--unmetered" in self.flags:
            # The process ran the program once before, to settle its registers.
            cpu_seconds = answer["seconds"]
        return Run(checksum, answer["seconds"], cpu_seconds, answer["instructions"])
