"""Signatures checked by a guest through precompiles, next to native libraries on the same ones; and
the points that such checks are made of, one addition or doubling after the other.
"""
import hashlib
import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils

from machine_programs import CYCLES_MAX, NATIVE_FLAGS, ROOT, TANDEM, command, engine_flags, timed

# What a guest is compared with, if it has no native program of its own.
NATIVE_NAMES = {"bitwise": "verify"}
SOURCES = ROOT / "Tests/Benchmarks/Guests/Signatures"
CHECKS = "Signature checks through precompiles (the SDK, sp1)"
BITWISE = "Signature checks bit by bit, as guests of SP1's own library"
CHAINS = "Points through precompiles (sp1), each result affine"
CURVES = ["secp256k1", "P-256", "Ed25519"]
LIBRARIES = ["libsecp256k1", "OpenSSL", "OpenSSL"]
# The design's goal is for these two.
CURVES_WITH_GOAL = ["secp256k1", "Ed25519"]
CHECK_COUNT = 500
# Guests/Signatures/request.h has so many: as many keys and digests, checked in turn.
SIGNATURE_COUNT = 100
STEP_COUNT = 20_000


def measure(bench, run_count):
    bench.say(f"{CHECK_COUNT} signatures and {STEP_COUNT} steps per curve, best of {run_count}")
    for name in ("verify", "bitwise", "chain"):
        build(bench.scratch, name)
    for section, name in ((CHECKS, "verify"), (BITWISE, "bitwise")):
        for number in range(len(CURVES)):
            guest, native = compare(bench, name, verify_request(number), run_count)
            add_figures(
                bench, section, number, guest / CHECK_COUNT, native / CHECK_COUNT, "check")
    for number in range(len(CURVES)):
        guest, native = compare(bench, "chain", words(number, STEP_COUNT), run_count)
        operations = 2 * STEP_COUNT
        add_figures(bench, CHAINS, number, guest / operations, native / operations, "operation")


def add_figures(bench, section, number, guest, native, what):
    curve, library = CURVES[number], LIBRARIES[number]
    goal = {"at_most": 3} if curve in CURVES_WITH_GOAL else {}
    bench.report.add(section, f"{curve}, one {what} in the guest", guest * 1e6, "us")
    bench.report.add(section, f"{curve}, by {library}", native * 1e6, "us")
    bench.report.add(section, f"{curve}, guest / {library}", guest / native, "times", **goal)


def build(directory, name):
    source = SOURCES / f"{name}.c"
    command(TANDEM, "program", "build", "--vm", "sp1", "-o", directory / f"{name}.elf", source)
    native = SOURCES / f"{NATIVE_NAMES.get(name, name)}_native.c"
    command(
        "clang", *NATIVE_FLAGS, "-o", directory / f"{name}.native", native, "-lsecp256k1",
        "-lcrypto")


def compare(bench, name, request, run_count):
    """Least processor time of the guest and of the host, which must give the same answer."""
    nothing = request[:4] + words(0) + request[8:]
    least = {}
    for count, sent in ((run_count, request), (2, nothing)):
        for _ in range(count):
            expected, native = run_native(bench, name, sent)
            answer, guest = run_guest(bench, name, sent)
            if answer != expected:
                raise SystemExit(f"{name}: the guest says {answer}, the host {expected}")
            known = least.get(sent, (guest, native))
            least[sent] = min(known[0], guest), min(known[1], native)
    # Less what a process takes to start and end.
    return tuple(whole - start for whole, start in zip(least[request], least[nothing]))


def run_native(bench, name, request):
    text, cpu_seconds = timed(bench.scratch / f"{name}.native", request.hex())
    return text.split()[0], cpu_seconds


def run_guest(bench, name, request):
    text, cpu_seconds = timed(
        TANDEM, "exec", "--vm", "sp1", "--buffer", request.hex(), "--max-cycles", CYCLES_MAX,
        "--json", *engine_flags(), bench.scratch / f"{name}.elf")
    return json.loads(text)["output"].removeprefix("0x"), cpu_seconds


def words(*values):
    return b"".join(value.to_bytes(4, "little") for value in values)


def verify_request(number):
    """As Guests/Signatures/request.h has it, with keys and signatures that are all right."""
    signed = [signed_digest(CURVES[number], index + 1) for index in range(SIGNATURE_COUNT)]
    return words(number, CHECK_COUNT) + b"".join(signed)


def signed_digest(curve_name, index):
    secret, digest = (
        hashlib.sha256(f"{what} {index}".encode()).digest() for what in ("key", "message"))
    if curve_name == "Ed25519":
        private = ed25519.Ed25519PrivateKey.from_private_bytes(secret)
        key = private.public_key().public_bytes_raw() + bytes(32)
        return key + digest + private.sign(digest)
    curve = ec.SECP256K1() if curve_name == "secp256k1" else ec.SECP256R1()
    private = ec.derive_private_key(int.from_bytes(secret, "big") >> 1, curve)
    at = private.public_key().public_numbers()
    der = private.sign(digest, ec.ECDSA(utils.Prehashed(hashes.SHA256())))
    numbers = at.x, at.y, int.from_bytes(digest, "big"), *utils.decode_dss_signature(der)
    return b"".join(number.to_bytes(32, "big") for number in numbers)
