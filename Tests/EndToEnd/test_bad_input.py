"""What is wrong is refused over the real socket, by field and rule, and the node goes on."""
import json
import os
import random
import socket
import threading

import eth_abi
import pytest
from eth_account import Account
from eth_keys.constants import SECPK1_N
from jobs import FIELDS_A, Job, sign
from running_node import PATIENCE_SECONDS

NUMBER = eth_abi.encode(["uint256"], [16])


@pytest.fixture
def job(square_root):
    """A good job, with a nonce of its own."""
    return Job(random.getrandbits(48), square_root, onchain=NUMBER)


@pytest.fixture(autouse=True)
def the_node_goes_on(node, square_root):
    yield
    job = Job(random.getrandbits(48), square_root, onchain=NUMBER)
    assert node.submit(job).status_code == 200
    assert node.wait_until(job.id, "DONE")["status"] == "DONE"


def refused(answer, status, reason, word=""):
    body = answer.json()
    assert (answer.status_code, body["reason"]) == (status, reason), body
    assert word in body["message"], body
    assert isinstance(body["grpc_code"], int)


def test_every_truncation_of_the_request(node, job):
    request = job.request
    for count in range(0, len(request), 7):
        cut = request[:count]
        answer = node.submit(job, request=cut.hex(), signature=sign(cut).hex())
        assert answer.status_code == 400, (count, answer.text)
        assert answer.json()["reason"] == "INVALID_REQUEST_ENCODING"
        assert "invalid ABI-encoding of job request" in answer.json()["message"]


def test_encodings_that_are_not_canonical(node, job):
    request = job.request
    wrong = [request + bytes(32)]
    # The first byte of every number and address, the low bytes of offsets, a length by one too large.
    places = [(0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (0, 30), (4, 30), (5, 30), (8, 31)]
    for word, byte in places:
        changed = bytearray(request)
        changed[32 * word + byte] ^= 0x01
        wrong.append(bytes(changed))
    for encoding in wrong:
        answer = node.submit(job, request=encoding.hex(), signature=sign(encoding).hex())
        refused(answer, 400, "INVALID_REQUEST_ENCODING")


def test_random_bytes(node):
    random.seed(20261121)
    for _ in range(100):
        noise = random.randbytes(random.randrange(0, 600))
        body = {"request": noise.hex(), "signature": sign(noise).hex()}
        assert node.http.post("/v1/jobs", json=body).status_code == 400


def test_wrong_hashes(node, job):
    refused(node.submit(job, offchain_input="00"), 400, "OFFCHAIN_INPUT_HASH_MISMATCH", "offchain input hash")
    refused(node.submit(job, state="00"), 400, "STATE_HASH_MISMATCH", "state hash")


def test_cycle_limits(node, job):
    job.max_cycles = 0
    refused(node.submit(job), 400, "MAX_CYCLES_ZERO", "job max cycles must be positive")
    job.max_cycles = 2**36 + 1
    refused(node.submit(job), 400, "MAX_CYCLES_TOO_HIGH", str(2**36))


def test_signatures(node, job):
    good = job.signature
    refused(node.submit(job, signature=""), 400, "SIGNATURE_EMPTY", "signature must not be empty")
    for bad in (good[:64][:-1], good + b"\0", bytes(65), good[:64] + b"\x1d", b"\xff" * 65):
        refused(node.submit(job, signature=bad.hex()), 401, "SIGNATURE_INVALID", "signature")
    r, s, v = good[:32], int.from_bytes(good[32:64], "big"), good[64]
    high = r + (SECPK1_N - s).to_bytes(32, "big") + bytes([55 - v])
    refused(node.submit(job, signature=high.hex()), 401, "SIGNATURE_HIGH_S", "high s")
    foreign = sign(job.request, Account.create())
    refused(node.submit(job, signature=foreign.hex()), 403, "SIGNER_NOT_ALLOWED", "may not sign")


def test_other_forms_of_a_good_signature(node, square_root):
    forms = [
        lambda x: x[:64] + bytes([x[64] - 27]),
        lambda x: x[:32] + bytes([x[32] | (x[64] - 27) << 7]) + x[33:64],
    ]
    for form in forms:
        job = Job(random.getrandbits(48), square_root, onchain=NUMBER)
        assert node.submit(job, signature=form(job.signature).hex()).status_code == 200


def test_a_used_nonce(node, job, square_root):
    assert node.submit(job).json()["job_id"] == job.id
    assert node.submit(job).json()["job_id"] == job.id
    other = Job(job.nonce, square_root, onchain=NUMBER, max_cycles=999_999)
    refused(node.submit(other), 409, "NONCE_USED", str(job.nonce))


def test_two_at_once_on_one_nonce(node, square_root):
    for _ in range(20):
        nonce = random.getrandbits(48)
        rivals = [Job(nonce, square_root, onchain=NUMBER, max_cycles=10**6 + n) for n in range(2)]
        answers = [None, None]

        def submit(index):
            answers[index] = node.submit(rivals[index]).status_code

        threads = [threading.Thread(target=submit, args=(n,)) for n in range(2)]
        [t.start() for t in threads]
        [t.join() for t in threads]
        assert sorted(answers) == [200, 409]


def test_an_unknown_program(node, job):
    job.program = bytes(32)
    refused(node.submit(job), 404, "UNKNOWN_PROGRAM", "00" * 32)
    job.program = b""
    refused(node.submit(job), 400, "PROGRAM_ID_INVALID", "must not be empty")
    job.program = b"\x01" * 31
    refused(node.submit(job), 400, "PROGRAM_ID_INVALID", "31")


def elf_with(elf, offset, value):
    changed = bytearray(elf)
    changed[offset:offset + len(value)] = value
    return bytes(changed)


def test_programs_that_cannot_run(node, elfs):
    for vm in ("sp1", "risc0"):
        elf = elfs["balance", vm]
        program_header = int.from_bytes(elf[28:32], "little")
        cases = {
            "empty": b"\x7f",
            "cut": elf[:200],
            "64-bit": elf_with(elf, 4, b"\x02"),
            "big-endian": elf_with(elf, 5, b"\x02"),
            "dynamic": elf_with(elf, 16, b"\x03\x00"),
            "x86": elf_with(elf, 18, b"\x03\x00"),
            "entry": elf_with(elf, 24, b"\x02"),
            "wrapping": elf_with(elf, program_header + 8, b"\xfc\xff\xff\xff"),
            "huge": elf_with(elf, program_header + 20, b"\xff\xff\xff\x7f"),
            "offset": elf_with(elf, program_header + 4, b"\xff\xff\xff\xff"),
        }
        for name, bad in cases.items():
            answer = node.http.post("/v1/programs", json={"program_elf": bad.hex(), "vm_type": vm})
            assert answer.status_code == 400, (vm, name, answer.text)
            assert answer.json()["reason"] == "PROGRAM_INVALID", (vm, name, answer.text)
            assert len(answer.json()["message"]) > 20, (vm, name)
    refused(
        node.http.post("/v1/programs", json={"program_elf": "", "vm_type": "sp1"}), 400,
        "PROGRAM_EMPTY", "program elf must not be empty")


def test_program_ids(node, elfs):
    elf = elfs["balance", "risc0"]
    body = {"program_elf": elf.hex(), "vm_type": "risc0", "program_id": "11" * 32}
    refused(node.http.post("/v1/programs", json=body), 400, "PROGRAM_ID_MISMATCH", "image id")
    label = os.urandom(32)
    assert node.submit_program(elfs["balance", "sp1"], "sp1", label) == label
    assert node.submit_program(elfs["balance", "sp1"], "sp1", label) == label
    other = {"program_elf": elfs["square-root", "sp1"].hex(), "vm_type": "sp1", "program_id": label.hex()}
    refused(node.http.post("/v1/programs", json=other), 409, "PROGRAM_ID_TAKEN", label.hex())


@pytest.mark.parametrize("body", [
    b"{" * 100_000, b"[" * 100_000, b'{"request":' * 50_000, b'{"request":"00","request":"01"}',
    b'{"request":"\xff\xfe"}', b'{"request":"00"', b"null", b"", b'{"request":{"a":{"b":1}}}',
    b'{"request":"0"}', b'{"request":"zz"}', b'{"request":12}', b'{"relay_strategy":9}',
])
def test_bodies_that_are_no_submission(node, body):
    for path in ("/v1/jobs", "/v1/coprocessor_node/submit_job"):
        answer = node.http.post(path, content=body, headers={"content-type": "application/json"})
        assert answer.status_code == 400, answer.text
        assert answer.json()["reason"] in ("INVALID_BODY", "INVALID_FIELD"), answer.text


def test_routes_and_methods(node):
    refused(node.http.get("/v2/jobs"), 404, "UNKNOWN_ROUTE", "/v2/jobs")
    refused(node.http.put("/v1/jobs", content=b""), 405, "METHOD_NOT_ALLOWED", "POST")
    assert node.http.get("/v1/jobs").headers["allow"] == "POST"
    refused(node.job("0x1234"), 400, "INVALID_FIELD", "32 bytes")
    refused(node.job("0x" + "00" * 32), 404, "UNKNOWN_JOB", "job not found")


def test_bodies_over_the_limit(node):
    answer = node.http.post("/v1/jobs", content=b"x" * (8 * 2**20 + 1))
    assert answer.status_code == 413, answer.text
    job = Job(1, bytes(32), onchain=bytes(128 * 1024 + 1))
    refused(node.submit(job), 413, "REQUEST_TOO_LARGE", "onchain_input")


def test_noise_instead_of_http(node):
    random.seed(7)
    host, port = node.rest.removeprefix("http://").split(":")
    for _ in range(50):
        with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as connection:
            connection.sendall(random.randbytes(random.randrange(1, 300)) + b"\r\n\r\n")
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass


def test_errors_are_json_with_three_members(node):
    body = json.loads(node.http.get("/nowhere").content)
    assert set(body) == {"message", "grpc_code", "reason"}


def test_the_first_rule_that_breaks_is_the_reference_s(node, square_root):
    """A request that breaks every rule is told of the encoding, then of the cycles, and so on."""
    broken = eth_abi.encode([FIELDS_A], [(1, 0, "0x" + "00" * 20, b"", b"", bytes(32), bytes(32))])
    answer = node.http.post("/v1/jobs", json={"request": broken.hex(), "signature": ""})
    refused(answer, 400, "MAX_CYCLES_ZERO")
