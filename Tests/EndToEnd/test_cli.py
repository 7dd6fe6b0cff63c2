"""The subcommands as a person or a script uses them."""
import json
import os
import random
import subprocess

import eth_abi
import pytest
from eth_account import Account
from jobs import SIGNER, Job
from running_node import PATIENCE_SECONDS, ROOT, TANDEM, tandem

NUMBER = eth_abi.encode(["uint256"], [10**6])


@pytest.fixture(scope="module")
def signer_key(tmp_path_factory):
    """The app's key in a keystore that eth_account made."""
    directory = tmp_path_factory.mktemp("keys")
    keystore = Account.encrypt(SIGNER.key, "a password", iterations=2)
    (directory / "signer.json").write_text(json.dumps(keystore))
    (directory / "password").write_text("a password\n")
    return ["--key-file", directory / "signer.json", "--password-file", directory / "password"]


def test_every_command_helps():
    for command in (
        [], ["node"], ["demo"], ["program"], ["program", "build"], ["program", "id"],
        ["program", "submit"], ["program", "show"], ["job"], ["job", "sign"], ["job", "submit"],
        ["job", "result"], ["job", "cancel"], ["exec"], ["key"], ["key", "new"], ["key", "import"],
        ["key", "address"], ["contracts", "deploy"], ["store", "check"], ["outbox", "list"],
        ["outbox", "retry"],
    ):
        assert "USAGE" in tandem(*command, "--help").stdout, command


def test_keys(tmp_path):
    (tmp_path / "password").write_text("secret\n")
    arguments = ["--out", tmp_path / "new.json", "--password-file", tmp_path / "password", "--json"]
    made = tandem("key", "new", *arguments)
    secret = Account.decrypt((tmp_path / "new.json").read_text(), "secret")
    assert Account.from_key(secret).address.lower() == made["address"]
    assert (tmp_path / "new.json").stat().st_mode & 0o777 == 0o600
    again = tandem("key", "new", *arguments, check=False)
    assert again.returncode == 1 and "new.json" in again.stderr
    imported = tandem(
        "key", "import", "--key-fd", 0, "--out", tmp_path / "imported.json",
        "--password-file", tmp_path / "password", "--json", text_input=SIGNER.key.hex() + "\n")
    assert imported["address"] == SIGNER.address.lower()
    shown = tandem(
        "key", "address", "--key-file", tmp_path / "imported.json",
        "--password-file", tmp_path / "password", "--json")
    assert shown == {"address": SIGNER.address.lower()}
    (tmp_path / "password").write_text("wrong\n")
    wrong = tandem(
        "key", "address", "--key-file", tmp_path / "new.json",
        "--password-file", tmp_path / "password", check=False)
    assert wrong.returncode == 1 and "password" in wrong.stderr


def test_a_job_from_program_to_result(node, elfs, signer_key, tmp_path):
    elf = tmp_path / "square-root.elf"
    elf.write_bytes(elfs["square-root", "sp1"])
    identity = tandem("program", "id", "--vm", "sp1", elf, "--json")["program_id"]
    submitted = tandem("program", "submit", "--vm", "sp1", elf, "--node", node.rest, "--json")
    assert submitted["program_id"] == identity
    shown = tandem("program", "show", identity, "--node", node.rest, "--json")
    assert shown == {"program_id": identity, "registered": True}

    fields = [
        "--consumer", SIGNER.address, "--program", identity, "--max-cycles", 100_000,
        "--onchain-input", NUMBER.hex(),
    ]
    nonce = random.getrandbits(48)
    signed = tandem("job", "sign", *fields, "--nonce", nonce, *signer_key, "--json")
    expected = Job(nonce, bytes.fromhex(identity[2:]), max_cycles=100_000, onchain=NUMBER)
    assert signed["job_id"] == expected.id
    assert signed["request"] == "0x" + expected.request.hex()
    assert signed["signature"] == "0x" + expected.signature.hex()

    done = tandem(
        "job", "submit", *fields, "--nonce", nonce, *signer_key, "--node", node.rest, "--wait", 30, "--json")
    assert (done["id"], done["status"]) == (expected.id, "DONE")
    result = tandem("job", "result", expected.id, "--node", node.rest, "--json")
    assert result["result_with_metadata"] == done["result_with_metadata"]
    late = tandem("job", "cancel", expected.id, *signer_key, "--node", node.rest, check=False)
    assert late.returncode == 2 and "JOB_FINISHED" in late.stderr
    chosen = tandem("job", "submit", *fields, *signer_key, "--node", node.rest, "--wait", 30, "--json")
    assert chosen["nonce"] > nonce


@pytest.mark.parametrize("vm,framed", [("sp1", False), ("risc0", True)])
def test_exec(elfs, tmp_path, vm, framed):
    elf = tmp_path / "square-root.elf"
    elf.write_bytes(elfs["square-root", vm])
    framing = len(NUMBER).to_bytes(4, "little") + NUMBER + bytes(8)
    inputs = ["--stdin", framing.hex()] if framed else ["--buffer", NUMBER.hex(), "--buffer", ""]
    arguments = ["exec", "--vm", vm, *inputs, elf, "--json", "--max-cycles"]
    run = tandem(*arguments, 1_000_000)
    assert set(run) == {"status", "output", "cycles", "instructions", "exit_code", "reason", "seconds"}
    assert (run["status"], run["exit_code"], run["reason"]) == ("succeeded", 0, None)
    assert run["output"] == "0x" + eth_abi.encode(["uint256", "uint256"], [10**6, 1000]).hex()
    assert tandem(*arguments, run["cycles"])["status"] == "succeeded"
    short = subprocess.run(
        [TANDEM, *map(str, arguments), str(run["cycles"] - 1)], capture_output=True, text=True)
    assert short.returncode == 1
    answer = json.loads(short.stdout)
    assert answer["status"] == "failed" and "limit" in answer["reason"]


def test_configuration_problems_come_all_at_once(tmp_path):
    file = tmp_path / "node.yaml"
    file.write_text("api:\n  listen: nowhere\njobs:\n  maxCyclesMax: lots\n  quewe: 3\nchain:\n  rpcURL: ftp://x\n")
    run = tandem(
        "node", "--config", file, "--set", "log.level=loud", check=False,
        env={"TANDEM_API_LISTENN": "1"})
    assert run.returncode != 0
    for word in (
        "api.listen", "jobs.maxCyclesMax", "jobs.quewe", "chain.rpcURL", "log.level",
        "TANDEM_API_LISTENN",
    ):
        assert word in run.stderr, run.stderr


def test_a_node_without_keys_says_so(tmp_path):
    environment = {k: v for k, v in os.environ.items() if "PRIVATE_KEY" not in k}
    run = subprocess.run(
        [TANDEM, "node", "--data", tmp_path / "data"], capture_output=True, text=True, env=environment,
        timeout=PATIENCE_SECONDS, cwd=ROOT)
    assert run.returncode != 0
    assert "ZKVM_OPERATOR_PRIVATE_KEY" in run.stderr


def test_one_store_has_one_owner(node):
    environment = {**os.environ, "ZKVM_OPERATOR_PRIVATE_KEY": "11" * 32}
    second = subprocess.run(
        [TANDEM, "node", "--data", node.directory / "data", "--listen", "127.0.0.1:0", "--grpc", "off",
         "--metrics", "off"], capture_output=True, text=True, env=environment, timeout=PATIENCE_SECONDS)
    assert second.returncode != 0
    assert "in use" in second.stderr


def test_wrong_use(node):
    assert tandem("exec", "--vm", "z80", "x", check=False).returncode == 64
    assert tandem("job", "result", "0x12", check=False).returncode == 64
    gone = tandem("job", "result", "0x" + "00" * 32, "--node", node.rest, check=False)
    assert gone.returncode == 2 and "job not found" in gone.stderr
    nobody = tandem("job", "result", "0x" + "00" * 32, "--node", "http://127.0.0.1:9", check=False)
    assert nobody.returncode == 1 and "cannot be reached" in nobody.stderr
