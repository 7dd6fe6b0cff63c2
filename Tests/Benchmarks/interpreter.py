"""The interpreter's speed on a program of many parts; see Guests/RealProgram.c.

The speed is instructions per second of processor time, which is the time that passes when nothing else
runs on the machine; that of the clock is shown too.
"""
import resource

from processes import ROOT, tandem
from programs import build

SECTION = "Interpreter (Guests/RealProgram.c without precompiles)"
# About 10^9 instructions.
ROUND_COUNT = 145
RUN_COUNT = 3


def measure(bench):
    source = ROOT / "Tests/Benchmarks/Guests/RealProgram.c"
    for vm in ("sp1", "risc0"):
        bench.say(f"{ROUND_COUNT} rounds of the real program, {vm}, best of {RUN_COUNT}")
        elf = build(bench.scratch, source, vm, "--no-precompiles")
        runs = [run(elf, vm) for _ in range(RUN_COUNT)]
        if len({(r["output"], r["cycles"], r["instructions"]) for r in runs}) != 1:
            raise SystemExit(f"the runs differ: {runs}")
        count = runs[0]["instructions"]
        goal = {"at_least": 300} if vm == "sp1" else {}
        bench.report.add(
            SECTION, f"{vm}, {count:,} instructions, of processor time",
            count / min(r["cpu_seconds"] for r in runs) / 1e6, "MIPS", **goal)
        bench.report.add(
            SECTION, f"{vm}, by the clock", count / min(r["seconds"] for r in runs) / 1e6, "MIPS")


def run(elf, vm):
    word = ROUND_COUNT.to_bytes(32, "big")
    # RISC Zero reads the lengths of its inputs, SP1 has buffers.
    framed = len(word).to_bytes(4, "little") + word
    given = ("--buffer", word.hex()) if vm == "sp1" else ("--stdin", framed.hex())
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = tandem("exec", "--vm", vm, *given, "--max-cycles", 1 << 36, "--json", elf)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if answer["status"] != "succeeded":
        raise SystemExit(f"the program failed: {answer}")
    user = after.ru_utime - before.ru_utime
    return {**answer, "cpu_seconds": user + after.ru_stime - before.ru_stime}
