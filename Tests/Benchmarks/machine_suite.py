"""The suite on every machine: same checksums, and how the times compare.

Times are processor time, less what a run of no rounds takes, which is how a process starts. Runs
alternate between the machines. A ratio is the median of those of runs side by side, which a slow spell
of a shared host hits together; the best run of each machine would favour the host's own programs, which
find a quiet moment more often because they are shorter. Seconds are those of the best run.
"""
import dataclasses
import math
import statistics
import sys

from machine_programs import (
    ALL_ROUND_COUNTS, ROUND_COUNTS, Host, Qemu, Run, Tandem, offers)

SECTION = "The suite (Guests/Suite), by processor time"
CHECK_ROUND_COUNT = 3
# Runs of no rounds; they are short.
START_COUNT = 5
# Of the rounds; the interpreter needs no more for a figure.
INTERPRETER_SHARE = 0.1


class Machines:
    """What this build of tandem offers, beside the host and qemu."""

    def __init__(self):
        self.host = Host("native")
        self.qemu = Qemu("qemu")
        self.interpreter = Tandem("interpreter", "sp1", "--engine", "interpreter")
        self.translator = self.unmetered = self.risc0 = None
        self.checked = [Tandem("interpreter, risc0", "risc0", "--engine", "interpreter")]
        if offers("translator"):
            self.translator = Tandem("translator", "sp1", "--engine", "translator")
            self.risc0 = Tandem("translator, risc0", "risc0", "--engine", "translator")
        if offers("--unmetered"):
            self.unmetered = Tandem(
                "unmetered", "sp1", "--engine", "translator", "--unmetered")

    @property
    def timed(self):
        machines = [self.host, self.translator, self.unmetered, self.risc0, self.qemu]
        return [machine for machine in machines if machine is not None]

    @property
    def all(self):
        return [*self.timed, self.interpreter, *self.checked]


@dataclasses.dataclass
class Times:
    """The runs of one program, in the order they were made, by the name of the machine."""

    program: str
    runs: dict[str, list[Run]]
    start: dict[str, float]

    def cpu(self, name):
        return min(self.cpus(name))

    def cpus(self, name):
        return [max(run.cpu_seconds - self.start[name], 1e-6) for run in self.runs[name]]

    def ratio(self, name, by):
        if name not in self.runs or by not in self.runs:
            return math.nan
        return median_ratio(self.cpus(name), self.cpus(by))

    def clock_ratio(self, name, by):
        if name not in self.runs or by not in self.runs:
            return math.nan
        return median_ratio(*([run.seconds for run in self.runs[key]] for key in (name, by)))

    @property
    def interpreter_mips(self):
        run = self.runs["interpreter"][0]
        return run.instructions / self.cpu("interpreter") / 1e6


def measure(bench, programs, run_count, scale):
    machines = Machines()
    bench.say(f"building {len(programs)} programs, {run_count} runs each")
    print(HEADER, flush=True)
    everything = []
    for program in programs:
        for machine in machines.all:
            machine.build(bench.scratch, program)
        check(machines, program)
        times = time_program(machines, program, run_count, scale)
        print(row(times), flush=True)
        everything.append(times)
    report(bench.report, machines, everything)


def check(machines, program):
    """Every machine says what the host says, before anything is timed."""
    expected = machines.host.run(program, CHECK_ROUND_COUNT).checksum
    for machine in machines.all:
        same(program, machine, machine.run(program, CHECK_ROUND_COUNT), expected)


def same(program, machine, run, expected):
    if run.checksum != expected:
        sys.exit(f"{program}: {machine.name} says {run.checksum}, the host says {expected}")


def time_program(machines, program, run_count, scale):
    round_count = max(1, round(ALL_ROUND_COUNTS[program] * scale))
    runs = {machine.name: [] for machine in [*machines.timed, machines.interpreter]}
    start = {}
    for machine in [*machines.timed, machines.interpreter]:
        start[machine.name] = statistics.median(
            machine.run(program, 0).cpu_seconds for _ in range(START_COUNT))
    for _ in range(run_count):
        for machine in machines.timed:
            run = machine.run(program, round_count)
            runs[machine.name].append(run)
            same(program, machine, run, runs[machines.host.name][0].checksum)
    fewer = max(1, round(round_count * INTERPRETER_SHARE))
    for _ in range(run_count):
        runs[machines.interpreter.name].append(machines.interpreter.run(program, fewer))
    return Times(program, runs, start)


def median_ratio(ones, others):
    return statistics.median(one / other for one, other in zip(ones, others))


HEADER = (
    f"  {'':<13}{'native':>9}{'tandem':>9}{'qemu':>9}{'tandem':>9}{'by the':>8}{'risc0':>8}"
    f"{'qemu':>8}{'meter-':>8}{'GIPS':>7}{'interp.':>8}\n"
    f"  {'':<13}{'s':>9}{'s':>9}{'s':>9}{'/native':>9}{'clock':>8}{'/native':>8}"
    f"{'/tandem':>8}{'ing %':>8}{'':>7}{'MIPS':>8}"
)


def row(times):
    seconds = [times.cpu(name) if name in times.runs else math.nan
               for name in ("native", "translator", "qemu")]
    ran = times.runs.get("translator")
    gips = ran[0].instructions / times.cpu("translator") / 1e9 if ran else math.nan
    metering = 100 * (times.ratio("translator", "unmetered") - 1)
    return (
        f"  {times.program:<13}" + "".join(f"{value:9.3f}" for value in seconds)
        + f"{times.ratio('translator', 'native'):9.2f}"
        f"{times.clock_ratio('translator', 'native'):8.2f}"
        f"{times.ratio('translator, risc0', 'native'):8.2f}{times.ratio('qemu', 'translator'):8.2f}"
        f"{metering:8.1f}{gips:7.2f}{times.interpreter_mips:8.0f}"
    )


def geometric_mean(values):
    values = list(values)
    return math.exp(sum(map(math.log, values)) / len(values))


def report(to, machines, everything):
    suite = [times for times in everything if times.program in ROUND_COUNTS]
    if suite:
        mips = geometric_mean(times.interpreter_mips for times in suite)
        to.add(SECTION, "interpreter, geometric mean", mips, "MIPS", at_least=300)
    if machines.translator is None:
        print("  this build has no translator on this machine: the rest is left out")
        return
    if suite:
        report_native(to, suite)
        report_qemu(to, suite)
    if suite and machines.unmetered is not None:
        metered = geometric_mean(times.ratio("translator", "unmetered") for times in suite)
        to.add(SECTION, "metering, geometric mean", 100 * (metered - 1), "%", at_most=5)
    for times in everything:
        if times not in suite:
            ratio = times.ratio("translator", "native")
            to.add(SECTION, f"translator / native, 64-bit: {times.program}", ratio, "times")


def report_native(to, suite):
    for name, vm in (("translator", "sp1"), ("translator, risc0", "risc0")):
        ratios = {times.program: times.ratio(name, "native") for times in suite}
        mean, worst = geometric_mean(ratios.values()), max(ratios, key=ratios.get)
        title = f"translator, {vm} / native"
        to.add(SECTION, f"{title}, geometric mean", mean, "times", at_most=1.6)
        to.add(SECTION, f"{title}, worst: {worst}", ratios[worst], "times", at_most=3)


def report_qemu(to, suite):
    ratios = {times.program: times.ratio("qemu", "translator") for times in suite}
    mean, worst = geometric_mean(ratios.values()), min(ratios, key=ratios.get)
    to.add(SECTION, "qemu-riscv32 / translator, geometric mean", mean, "times", at_least=2)
    to.add(
        SECTION, f"qemu-riscv32 / translator, worst: {worst}", ratios[worst], "times", at_least=1)
