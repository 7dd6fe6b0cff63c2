"""Jobs created onchain: createJob, cancelJob, submitResult."""
import itertools

import pytest
from conftest import PROGRAM_ID
from eth_utils import keccak
from in_process_chain import events
from messages import OnchainResult, job_id, malformed_signatures, sign

PENDING, CANCELLED, COMPLETED = 1, 2, 3
ONCHAIN_INPUT = b"onchain input"
MAX_CYCLES = 1_000_000
NOT_RELAYER = "JobManager: caller is not the relayer"
BAD_OPERATOR_SIGNATURE = "JobManager: invalid operator signature on the result"
NOT_PENDING = "JobManager: job is not pending"


@pytest.fixture
def job(deployment):
    """A pending job of the consumer: its id."""
    create = deployment.consumer.functions.requestJob(PROGRAM_ID, ONCHAIN_INPUT, MAX_CYCLES)
    deployment.chain.send(create, deployment.owner)
    return job_id(1, deployment.consumer.address)


def result_for(job, output=b"output"):
    return OnchainResult(job, keccak(ONCHAIN_INPUT), MAX_CYCLES, PROGRAM_ID, output)


def test_created_job_is_pending_and_announced(deployment):
    create = deployment.consumer.functions.requestJob(PROGRAM_ID, ONCHAIN_INPUT, MAX_CYCLES)
    receipt = deployment.chain.send(create, deployment.owner)
    (event,) = events(deployment.manager, "JobCreated", receipt)
    identifier = job_id(1, deployment.consumer.address)
    assert dict(event.args) == dict(
        jobID=identifier, nonce=1, consumer=deployment.consumer.address, maxCycles=MAX_CYCLES,
        programID=PROGRAM_ID, onchainInput=ONCHAIN_INPUT)
    assert tuple(deployment.manager.functions.getJobMetadata(identifier).call()) == (
        PROGRAM_ID, MAX_CYCLES, deployment.consumer.address, PENDING)
    functions = deployment.consumer.functions
    assert functions.getOnchainInputForJob(identifier).call() == ONCHAIN_INPUT
    assert functions.getNextNonce().call() == 2


def test_unknown_job_is_all_zeros(deployment):
    metadata = deployment.manager.functions.getJobMetadata(bytes(32)).call()
    assert tuple(metadata) == (b"", 0, "0x" + "00" * 20, 0)


def test_jobs_of_one_consumer_have_increasing_nonces(deployment):
    create = deployment.consumer.functions.requestJob(PROGRAM_ID, ONCHAIN_INPUT, MAX_CYCLES)
    for nonce in (1, 2, 3):
        assert create.call({"from": deployment.owner.address}) == job_id(
            nonce, deployment.consumer.address)
        deployment.chain.send(create, deployment.owner)


def test_only_the_owner_of_a_consumer_requests_and_cancels(deployment, job):
    functions = deployment.consumer.functions
    for call in (functions.requestJob(PROGRAM_ID, b"", 1), functions.cancelJob(job)):
        reason = deployment.chain.refusal(call, deployment.stranger)
        assert reason == "Ownable: caller is not the owner"


def test_account_without_code_cannot_create_a_job(deployment):
    create = deployment.manager.functions.createJob(1, PROGRAM_ID, ONCHAIN_INPUT, MAX_CYCLES)
    deployment.chain.refusal(create, deployment.stranger)


def test_result_reaches_the_consumer(deployment, job):
    result = result_for(job)
    receipt = deployment.chain.send(deployment.submit_onchain(result), deployment.relayer)
    (completed,) = events(deployment.manager, "JobCompleted", receipt)
    assert (completed.args.jobID, completed.args.result) == (job, b"output")
    (received,) = events(deployment.consumer, "ResultReceived", receipt)
    assert (received.args.jobID, received.args.result) == (job, b"output")
    assert deployment.consumer.functions.getResult(job).call() == b"output"
    assert deployment.status(job) == COMPLETED


VIOLATIONS = {
    NOT_RELAYER: dict(relayer="stranger"),
    BAD_OPERATOR_SIGNATURE: dict(operator="stranger"),
    NOT_PENDING: dict(job_id=keccak(b"no such job")),
    "JobManager: result is for another onchain input": dict(onchain_input_hash=keccak(b"other")),
    "JobManager: result is of another program": dict(program_id=keccak(b"other")),
    "JobManager: result has another cycle limit": dict(max_cycles=MAX_CYCLES + 1),
}


@pytest.mark.parametrize("reasons", [
    *[(reason,) for reason in VIOLATIONS], *itertools.combinations(VIOLATIONS, 2)], ids=" + ".join)
def test_first_broken_rule_is_the_reason(deployment, job, reasons):
    broken = {}
    for reason in reasons:
        broken.update(VIOLATIONS[reason])
    relayer = getattr(deployment, broken.pop("relayer", "relayer"))
    operator = getattr(deployment, broken.pop("operator", "operator"))
    call = deployment.submit_onchain(result_for(job).changed(**broken), operator)
    assert deployment.chain.refusal(call, relayer) == reasons[0]
    assert deployment.status(job) == PENDING


@pytest.mark.parametrize("name", malformed_signatures(bytes(64) + b"\x1b"))
def test_malformed_operator_signature_is_refused(deployment, job, name):
    message = result_for(job).encoded()
    signature = malformed_signatures(sign(deployment.operator, message))[name]
    call = deployment.manager.functions.submitResult(message, signature)
    assert deployment.chain.refusal(call, deployment.relayer) == BAD_OPERATOR_SIGNATURE


def test_unset_operator_lets_nothing_through(deployment, job):
    functions = deployment.manager.functions
    deployment.chain.send(functions.setCoprocessorOperator("0x" + "00" * 20), deployment.owner)
    call = functions.submitResult(result_for(job).encoded(), bytes(65))
    assert deployment.chain.refusal(call, deployment.relayer) == BAD_OPERATOR_SIGNATURE


def test_completed_job_takes_no_second_result(deployment, job):
    deployment.chain.send(deployment.submit_onchain(result_for(job)), deployment.relayer)
    call = deployment.submit_onchain(result_for(job, b"another"))
    assert deployment.chain.refusal(call, deployment.relayer) == NOT_PENDING
    assert deployment.consumer.functions.getResult(job).call() == b"output"


@pytest.mark.parametrize("length", range(0, 294, 14))
def test_truncated_result_is_refused(deployment, job, length):
    message = result_for(job).encoded()
    assert len(message) - 26 == 294  # the last 26 bytes are padding
    call = deployment.manager.functions.submitResult(
        message[:length], sign(deployment.operator, message[:length]))
    deployment.chain.refusal(call, deployment.relayer)
    assert deployment.status(job) == PENDING


def test_largest_result_passes_and_one_byte_more_is_refused(deployment, job):
    too_long = deployment.submit_onchain(result_for(job, bytes(4097)))
    deployment.chain.refusal(too_long, deployment.relayer)
    largest = deployment.submit_onchain(result_for(job, b"\x5a" * 4096))
    deployment.chain.send(largest, deployment.relayer)
    assert deployment.consumer.functions.getResult(job).call() == b"\x5a" * 4096


def test_consumer_cancels_a_pending_job(deployment, job):
    cancel = deployment.consumer.functions.cancelJob(job)
    receipt = deployment.chain.send(cancel, deployment.owner)
    (event,) = events(deployment.manager, "JobCancelled", receipt)
    assert event.args.jobID == job
    assert deployment.status(job) == CANCELLED
    assert deployment.chain.refusal(cancel, deployment.owner) == NOT_PENDING
    call = deployment.submit_onchain(result_for(job))
    assert deployment.chain.refusal(call, deployment.relayer) == NOT_PENDING


def test_owner_of_the_manager_cancels_any_job_and_strangers_none(deployment, job):
    cancel = deployment.manager.functions.cancelJob(job)
    for nobody in (deployment.stranger, deployment.relayer, deployment.operator):
        reason = deployment.chain.refusal(cancel, nobody)
        assert reason == "JobManager: caller is neither the job's consumer nor the owner"
    deployment.chain.send(cancel, deployment.owner)
    assert deployment.status(job) == CANCELLED


def test_completed_job_is_not_cancelled(deployment, job):
    deployment.chain.send(deployment.submit_onchain(result_for(job)), deployment.relayer)
    cancel = deployment.manager.functions.cancelJob(job)
    assert deployment.chain.refusal(cancel, deployment.owner) == NOT_PENDING
    assert deployment.status(job) == COMPLETED
