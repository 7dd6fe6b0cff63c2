"""`tandem exec --profile` and `--trace` on the example programs, and on programs that fail."""
import json
import subprocess
import xml.etree.ElementTree as ElementTree

import eth_abi
import pytest
from running_node import ROOT, TANDEM, tandem

NUMBER = eth_abi.encode(["uint256"], [10**6])
SVG = "{http://www.w3.org/2000/svg}"

WALK = """
#include "tandem.h"
struct node { struct node *volatile next; volatile int value; };
__attribute__((noinline)) int walk(struct node *node, int steps) {
    int sum = 0;
    for (int step = 0; step < steps; step += 1) { sum += node->value; node = node->next; }
    return sum;
}
int main(void) {
    struct node last = {(struct node *)4, 3}, first = {&last, 4};
    return walk(&first, 1000);
}
"""


def inputs(vm, *buffers):
    """The arguments of `exec` that give a program these inputs."""
    if vm == "sp1":
        return [word for buffer in buffers for word in ("--buffer", buffer.hex())]
    framed = b"".join(len(buffer).to_bytes(4, "little") + buffer for buffer in buffers)
    return ["--stdin", (framed + bytes(4)).hex()]


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """Programs with symbols: {(name, vm): path}."""
    directory = tmp_path_factory.mktemp("named")
    (directory / "walk.c").write_text(WALK)
    built = {}
    for vm in ("sp1", "risc0"):
        for name, source in (
            ("square-root", ROOT / "Sources/Programs/square-root"),
            ("balance", ROOT / "Sources/Programs/balance"),
            ("walk", directory / "walk.c"),
        ):
            path = directory / f"{name}.{vm}.elf"
            tandem("program", "build", "--vm", vm, "--symbols", "-o", path, source)
            built[name, vm] = path
    return built


def run(path, vm, buffers, *options, limit=1_000_000):
    """What `exec --json` prints, whether the program succeeds or not."""
    arguments = ["exec", "--vm", vm, "--max-cycles", limit, *inputs(vm, *buffers), *options, "--json", path]
    done = subprocess.run([TANDEM, *map(str, arguments)], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def check_totals(answer):
    profile = answer["profile"]
    cycles = answer["cycles"]
    assert profile["cycles"] == cycles and profile["instructions"] == answer["instructions"]
    assert sum(function["self_cycles"] for function in profile["functions"]) == cycles
    assert sum(stack["cycles"] for stack in profile["stacks"]) == cycles
    for function in profile["functions"]:
        assert function["self_cycles"] <= function["inclusive_cycles"] <= cycles
    calls = {line["name"]: line for line in profile["functions"] if line["kind"] == "syscall"}
    assert {"ecall " + call["name"] for call in profile["syscalls"]} == set(calls)
    for call in profile["syscalls"]:
        assert calls["ecall " + call["name"]]["self_cycles"] == call["cycles"] >= call["count"] > 0
    for block in profile["blocks"]:
        assert block["cycles"] >= block["executions"] * len(block["instructions"]) > 0


def check_picture(path, cycles):
    """A well-formed picture whose frames stand on each other, each with its cycles."""
    root = ElementTree.parse(path).getroot()
    assert root.tag == SVG + "svg"
    frames = []
    for group in root.findall(SVG + "g"):
        rectangle = group.find(SVG + "rect")
        frame = {name: float(rectangle.get(name)) for name in ("x", "y", "width", "height")}
        frame["start"], frame["share"] = float(group.get("data-s")), float(group.get("data-w"))
        frame["title"] = group.find(SVG + "title").text
        frame["name"] = group.find(SVG + "text").get("data-n")
        assert frame["title"].startswith(frame["name"] + "\n")
        frames.append(frame)
    lowest = max(frames, key=lambda frame: frame["y"])
    assert lowest["name"] == "all" and lowest["share"] == 1 and f"{cycles:,} cycles" in lowest["title"]
    assert root.find(SVG + "script").text and "href" not in path.read_text()
    for frame in frames:
        if frame is lowest:
            continue
        below = [
            other for other in frames
            if abs(other["y"] - frame["y"] - 17) < 0.1
            and other["start"] <= frame["start"] + 1e-9
            and other["start"] + other["share"] >= frame["start"] + frame["share"] - 1e-9
        ]
        assert len(below) == 1, frame
    for first in frames:
        for second in frames:
            if first is not second and first["y"] == second["y"]:
                apart = first["start"] + first["share"] <= second["start"] + 1e-9
                assert apart or second["start"] + second["share"] <= first["start"] + 1e-9
    return frames


@pytest.mark.parametrize("vm", ["sp1", "risc0"])
def test_cycles_are_told_apart(named, tmp_path, vm):
    path = named["square-root", vm]
    plain = run(path, vm, [NUMBER, b""])
    picture, folded = tmp_path / "flames.svg", tmp_path / "stacks.folded"
    answer = run(path, vm, [NUMBER, b""], f"--profile={picture}", "--folded", folded)
    assert {name: answer[name] for name in ("output", "cycles", "instructions")} == {
        name: plain[name] for name in ("output", "cycles", "instructions")}
    check_totals(answer)
    profile = answer["profile"]
    assert profile["has_symbols"] and profile["note"] is None and not profile["stacks_are_cut"]
    names = {function["name"] for function in profile["functions"]}
    assert {"_start", "main", "Program.squareRoot(of: Tandem.UInt256) -> Tandem.UInt256"} <= names
    hash_call = {"sp1": "SHA_COMPRESS", "risc0": "SHA"}[vm]
    counts = {call["name"]: call["count"] for call in profile["syscalls"]}
    assert counts["HALT"] == 1 and counts[hash_call] >= 1
    entries = {function["name"]: function["entries"] for function in profile["functions"]}
    assert entries["main"] == 1
    frames = check_picture(picture, answer["cycles"])
    assert {"all", "_start", "main"} <= {frame["name"] for frame in frames}
    lines = [line.rsplit(" ", 1) for line in folded.read_text().splitlines()]
    assert sum(int(cycles) for _, cycles in lines) == answer["cycles"]
    assert all(stack.startswith("_start") for stack, _ in lines)


@pytest.mark.parametrize("vm", ["sp1", "risc0"])
def test_text_adds_up(named, vm):
    path = named["balance", vm]
    address = eth_abi.encode(["address"], ["0x" + "45" * 20])
    shown = tandem("exec", "--vm", vm, "--max-cycles", 100_000, *inputs(vm, address, b""), "--profile", path).stdout
    table = shown.split("Cycles by function")[1].split("\n\n")[1].splitlines()
    rows = [int(line.split()[0].replace(",", "")) for line in table[1:]]
    assert sum(rows[:-1]) == rows[-1] > 1000 and table[-1].endswith("(all)")
    assert "main" in shown and "Calls of the host" in shown and "Hottest blocks" in shown


def test_without_symbols(elfs, tmp_path):
    path = tmp_path / "stripped.elf"
    path.write_bytes(elfs["square-root", "sp1"])
    picture = tmp_path / "flames.svg"
    answer = run(path, "sp1", [NUMBER, b""], "--profile", "--flame-graph", picture)
    check_totals(answer)
    profile = answer["profile"]
    assert not profile["has_symbols"] and "--symbols" in profile["note"]
    functions = [function for function in profile["functions"] if function["kind"] == "function"]
    assert len(functions) > 10 and all(function["name"] == function["address"] for function in functions)
    check_picture(picture, answer["cycles"])


def test_symbols_change_no_instruction(named, elfs, tmp_path):
    """Under RISC Zero, the id is that of the memory image."""
    path = tmp_path / "stripped.elf"
    path.write_bytes(elfs["square-root", "risc0"])
    ids = [
        tandem("program", "id", "--vm", "risc0", elf, "--json")["program_id"]
        for elf in (path, named["square-root", "risc0"])
    ]
    assert ids[0] == ids[1]


def test_names_may_be_anything(named, tmp_path):
    """A name that would end the text of a picture, or is no text at all."""
    elf = named["square-root", "sp1"].read_bytes()
    for hostile in (b'<&">\']]>\x01\x1b\n;', b"\xff\xfe\x80</title>", b"--><script>x("):
        name = b"\0tandem_machine_sha256\0"
        assert elf.count(name) == 1
        path = tmp_path / "hostile.elf"
        path.write_bytes(elf.replace(name, b"\0" + hostile.ljust(len(name) - 2, b"!") + b"\0"))
        picture, folded = tmp_path / "hostile.svg", tmp_path / "hostile.folded"
        answer = run(path, "sp1", [NUMBER, b""], f"--profile={picture}", "--folded", folded)
        check_totals(answer)
        frames = check_picture(picture, answer["cycles"])
        assert any("!!!" in frame["name"] for frame in frames)
        assert sum(int(line.rsplit(" ", 1)[1]) for line in folded.read_text().splitlines()) == answer["cycles"]


@pytest.mark.parametrize("vm", ["sp1", "risc0"])
def test_a_trace_ends_where_the_program_fails(named, vm):
    answer = run(named["walk", vm], vm, [b"", b""], "--trace", "--trace-count", 12)
    assert answer["status"] == "failed" and "invalid memory access" in answer["reason"]
    trace = answer["trace"]
    assert len(trace) == 12 and [entry["executed"] for entry in trace] == [True] * 11 + [False]
    last = trace[-1]
    assert last["function"] == "walk" and last["text"].startswith("lw ")
    assert last["address"] in answer["reason"] and last["cycle"] == answer["cycles"]
    assert last["memory"]["kind"] == "load" and last["memory"]["value"] is None
    assert int(last["memory"]["address"], 16) in (4, 8)
    # The address came from the load of `next`, a few instructions earlier.
    loads = [entry for entry in trace[:-1] if entry["memory"] and entry["memory"]["value"] == "0x00000004"]
    assert loads and "0x00000004" in loads[-1]["writes"].values()
    shown = subprocess.run(
        [TANDEM, "exec", "--vm", vm, "--max-cycles", "10000", *inputs(vm, b"", b""), "--trace", str(named["walk", vm])],
        capture_output=True, text=True)
    assert shown.returncode == 1
    assert "walk:" in shown.stdout and "not executed: invalid memory access" in shown.stdout


def test_windows_of_a_trace(named):
    path = named["balance", "sp1"]
    address = eth_abi.encode(["address"], ["0x" + "45" * 20])
    limit = run(path, "sp1", [address, b""])["cycles"]
    whole = run(path, "sp1", [address, b""], "--trace", "--trace-count", 100_000)["trace"]
    assert [entry["cycle"] for entry in whole] == list(range(limit))
    assert whole[-1]["syscall"] == "HALT" and all(entry["executed"] for entry in whole)
    piece = run(path, "sp1", [address, b""], "--trace-start", 100, "--trace-count", 7)["trace"]
    assert piece == whole[100:107]
    assert run(path, "sp1", [address, b""], "--trace-start", limit)["trace"] == []
    short = run(path, "sp1", [address, b""], "--trace", "--profile", limit=200)
    assert [entry["cycle"] for entry in short["trace"]] == list(range(137, 201))
    assert not short["trace"][-1]["executed"]
    check_totals(short)


def test_engines_agree(named):
    """A profile is the interpreter's; its run is that of either engine."""
    path = named["balance", "sp1"]
    address = eth_abi.encode(["address"], ["0x" + "45" * 20])
    answers = [
        run(path, "sp1", [address, b""], *options)
        for options in ([], ["--engine", "interpreter"], ["--profile"], ["--engine", "interpreter", "--trace"])
    ]
    kept = ["status", "output", "cycles", "instructions", "exit_code"]
    assert len({tuple(answer[name] for name in kept) for answer in answers}) == 1


@pytest.mark.parametrize("options", [
    ["--trace-count", 0], ["--trace-count", 100_001], ["--trace-start", -1],
    ["--engine", "translator", "--profile"], ["--engine", "nothing"],
])
def test_wrong_options(named, options):
    path = named["balance", "sp1"]
    wrong = tandem("exec", "--vm", "sp1", "--max-cycles", 1000, *options, path, check=False)
    assert wrong.returncode == 64


def test_files_that_cannot_be_written(named, tmp_path):
    path = named["balance", "sp1"]
    before = path.read_bytes()
    over = tandem("exec", "--vm", "sp1", "--max-cycles", 1000, f"--profile={path}", path, check=False)
    assert over.returncode == 64 and "program itself" in over.stderr and path.read_bytes() == before
    nowhere = tandem(
        "exec", "--vm", "sp1", "--max-cycles", 1000, "--folded", tmp_path / "no" / "where", path, check=False)
    assert nowhere.returncode == 1 and "no/where" in nowhere.stderr
