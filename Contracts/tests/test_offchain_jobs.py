"""Jobs that a signed request creates: submitResultForOffchainJob."""
import itertools

import pytest
from eth_utils import keccak
from in_process_chain import events
from messages import malformed_signatures, sign

COMPLETED = 3
BAD_REQUEST_SIGNATURE = "JobManager: invalid signature on the job request"
BAD_OPERATOR_SIGNATURE = "JobManager: invalid operator signature on the result"
NONCE_USED = "JobManager: nonce is already used by this consumer"

# Each rule, in the order in which it is checked, and what breaks it. Fields are the result's.
VIOLATIONS = {
    BAD_REQUEST_SIGNATURE: dict(signer="stranger"),
    BAD_OPERATOR_SIGNATURE: dict(operator="stranger"),
    NONCE_USED: dict(nonce_used=True),
    "JobManager: result is for another job": dict(job_id=keccak(b"other")),
    "JobManager: result is for another offchain input": dict(offchain_input_hash=bytes(32)),
    "JobManager: result is for another state": dict(state_hash=bytes(32)),
    "JobManager: result is for another onchain input": dict(onchain_input_hash=bytes(32)),
    "JobManager: result is of another program": dict(program_id=b"other"),
    "JobManager: result has another cycle limit": dict(max_cycles=1),
}


def test_result_reaches_the_consumer(deployment):
    request = deployment.request()
    result = request.offchain_result(b"output")
    receipt = deployment.chain.send(
        deployment.submit_offchain(request, result), deployment.stranger)
    assert not events(deployment.manager, "JobCreated", receipt)
    (completed,) = events(deployment.manager, "JobCompleted", receipt)
    assert (completed.args.jobID, completed.args.result) == (result.job_id, b"output")
    functions = deployment.consumer.functions
    assert functions.getResult(result.job_id).call() == b"output"
    assert functions.hasResult(result.job_id).call()
    assert functions.getOnchainInputForJob(result.job_id).call() == request.onchain_input
    assert functions.getOffchainInputHashForJob(result.job_id).call() == request.offchain_input_hash
    assert functions.getStateHashForJob(result.job_id).call() == request.state_hash
    metadata = deployment.manager.functions.getJobMetadata(result.job_id).call()
    assert tuple(metadata) == (
        request.program_id, request.max_cycles, request.consumer, COMPLETED)


@pytest.mark.parametrize("reasons", [
    *[(reason,) for reason in VIOLATIONS], *itertools.combinations(VIOLATIONS, 2)], ids=" + ".join)
def test_first_broken_rule_is_the_reason(deployment, reasons):
    request = deployment.request()
    broken = {}
    for reason in reasons:
        broken.update(VIOLATIONS[reason])
    if broken.pop("nonce_used", False):
        deployment.chain.send(
            deployment.submit_offchain(request, request.offchain_result(b"")), deployment.relayer)
    signer = getattr(deployment, broken.pop("signer", "signer"))
    operator = getattr(deployment, broken.pop("operator", "operator"))
    result = request.offchain_result(b"output").changed(**broken)
    call = deployment.submit_offchain(request, result, operator, signer)
    assert deployment.chain.refusal(call, deployment.relayer) == reasons[0]


@pytest.mark.parametrize("name", malformed_signatures(bytes(64) + b"\x1b"))
@pytest.mark.parametrize("which, reason", [
    ("result", BAD_OPERATOR_SIGNATURE), ("request", BAD_REQUEST_SIGNATURE)])
def test_malformed_signature_is_refused(deployment, name, which, reason):
    request = deployment.request()
    messages = [request.offchain_result(b"output").encoded(), request.encoded()]
    signatures = [sign(deployment.operator, messages[0]), sign(deployment.signer, messages[1])]
    index = ["result", "request"].index(which)
    signatures[index] = malformed_signatures(signatures[index])[name]
    call = deployment.manager.functions.submitResultForOffchainJob(
        messages[0], signatures[0], messages[1], signatures[1])
    assert deployment.chain.refusal(call, deployment.relayer) == reason


@pytest.mark.parametrize("nonces, next_nonce", [
    ((5,), 6), ((5, 3), 6), ((3, 5), 6), ((0,), 1), ((2**64 - 2,), 2**64 - 1)])
def test_nonces_come_in_any_order(deployment, nonces, next_nonce):
    for nonce in nonces:
        request = deployment.request(nonce=nonce)
        call = deployment.submit_offchain(request, request.offchain_result(b"output"))
        deployment.chain.send(call, deployment.relayer)
    assert deployment.consumer.functions.getNextNonce().call() == next_nonce


def test_nonce_of_a_job_created_onchain_is_used(deployment):
    create = deployment.consumer.functions.requestJob(b"program", b"", 1)
    deployment.chain.send(create, deployment.owner)
    request = deployment.request(nonce=1)
    call = deployment.submit_offchain(request, request.offchain_result(b"output"))
    assert deployment.chain.refusal(call, deployment.relayer) == NONCE_USED


def test_consumers_have_their_own_nonces(deployment):
    for consumer in (deployment.consumer, deployment.chain.deploy(
            "SingleOffchainSignerConsumer", deployment.manager.address, deployment.signer.address,
            sender=deployment.owner)):
        request = deployment.request(consumer)
        call = deployment.submit_offchain(request, request.offchain_result(b"output"))
        deployment.chain.send(call, deployment.relayer)


def test_empty_inputs_and_result_pass(deployment):
    request = deployment.request(onchain_input=b"", program_id=b"")
    result = request.offchain_result(b"")
    deployment.chain.send(deployment.submit_offchain(request, result), deployment.relayer)
    assert deployment.consumer.functions.hasResult(result.job_id).call()
    assert deployment.consumer.functions.getResult(result.job_id).call() == b""


def test_largest_request_and_result_pass(deployment):
    request = deployment.request(onchain_input=b"\xa5" * 4096, program_id=b"\x01" * 256)
    result = request.offchain_result(b"\x5a" * 4096)
    deployment.chain.send(deployment.submit_offchain(request, result), deployment.relayer)
    assert deployment.consumer.functions.getResult(result.job_id).call() == b"\x5a" * 4096
    for field in ("onchain_input", "program_id"):
        too_long = request.changed(nonce=2, **{field: getattr(request, field) + b"\0"})
        call = deployment.submit_offchain(too_long, too_long.offchain_result(b""))
        deployment.chain.refusal(call, deployment.relayer)


@pytest.mark.parametrize("length", range(0, 365, 14))
def test_truncated_request_is_refused(deployment, length):
    request = deployment.request()
    request_bytes = request.encoded()[:length]
    assert len(request.encoded()) - 19 == 365  # the last 19 bytes are padding
    result_bytes = request.offchain_result(b"output").encoded()
    call = deployment.manager.functions.submitResultForOffchainJob(
        result_bytes, sign(deployment.operator, result_bytes),
        request_bytes, sign(deployment.signer, request_bytes))
    deployment.chain.refusal(call, deployment.relayer)


def test_consumer_without_code_is_refused(deployment):
    request = deployment.request().changed(consumer=deployment.stranger.address)
    call = deployment.submit_offchain(
        request, request.offchain_result(b"output"), signer=deployment.stranger)
    deployment.chain.refusal(call, deployment.relayer)
