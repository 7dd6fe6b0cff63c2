"""What is committed is what the sources compile to, and has the interface that clients know."""
import json

import compile as contract_compiler
import pytest
from eth_utils import keccak
from eth_utils.abi import abi_to_signature
from in_process_chain import CONTRACTS

CONSUMER_FUNCTIONS = {
    "getOnchainInputForJob(bytes32)": "bytes",
    "getOffchainInputHashForJob(bytes32)": "bytes32",
    "getStateHashForJob(bytes32)": "bytes32",
    "getNextNonce()": "uint64",
    "setInputsForJob(bytes32,bytes,bytes32,bytes32)": "",
    "updateLatestNonce(uint64)": "",
    "receiveResult(bytes32,bytes)": "",
    "requestJob(bytes,bytes,uint64)": "bytes32",
    "cancelJob(bytes32)": "",
    "isValidSignature(bytes32,bytes)": "bytes4",
}
FUNCTIONS = {
    "JobManager": {
        "createJob(uint64,bytes,bytes,uint64)": "bytes32",
        "cancelJob(bytes32)": "",
        "submitResult(bytes,bytes)": "",
        "submitResultForOffchainJob(bytes,bytes,bytes,bytes)": "",
        "getJobMetadata(bytes32)": "(bytes,uint64,address,uint8)",
        "setRelayer(address)": "",
        "getRelayer()": "address",
        "setCoprocessorOperator(address)": "",
        "getCoprocessorOperator()": "address",
    },
    "SingleOffchainSignerConsumer": CONSUMER_FUNCTIONS,
    "StatefulConsumer": dict(CONSUMER_FUNCTIONS, **{"getLatestStateHash()": "bytes32"}),
}
# Event signature -> names of the indexed inputs.
EVENTS = {
    "JobCreated(bytes32,uint64,address,uint64,bytes,bytes)": ["jobID", "nonce", "consumer"],
    "JobCancelled(bytes32)": ["jobID"],
    "JobCompleted(bytes32,bytes)": ["jobID"],
}


def abi_of(name):
    return json.loads((CONTRACTS / "artifacts" / f"{name}.json").read_text())["abi"]


def output_type(entry):
    def type_of(item):
        if item["type"] != "tuple":
            return item["type"]
        return "(" + ",".join(map(type_of, item["components"])) + ")"

    return ",".join(map(type_of, entry["outputs"]))


def test_committed_files_equal_a_fresh_compile():
    files = contract_compiler.generated_files()
    assert len(files) == 4
    assert contract_compiler.out_of_date(files) == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_have_the_types_that_clients_call(name):
    functions = {
        abi_to_signature(entry): output_type(entry)
        for entry in abi_of(name) if entry["type"] == "function"}
    assert FUNCTIONS[name].items() <= functions.items()


def test_events_have_the_types_that_clients_read():
    events = {
        abi_to_signature(entry): [item["name"] for item in entry["inputs"] if item["indexed"]]
        for entry in abi_of("JobManager") if entry["type"] == "event"}
    assert EVENTS.items() <= events.items()


def test_valid_answer_of_eip_1271_is_its_selector():
    assert keccak(b"isValidSignature(bytes32,bytes)")[:4] == bytes.fromhex("1626ba7e")
