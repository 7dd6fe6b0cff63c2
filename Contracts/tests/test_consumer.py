"""What both consumers do by themselves: EIP-1271, and setters that only the JobManager may call."""
import pytest
from eth_account.messages import _hash_eip191_message, encode_defunct
from eth_utils import keccak
from in_process_chain import events
from messages import malformed_signatures, sign

VALID, INVALID = bytes.fromhex("1626ba7e"), bytes.fromhex("ffffffff")
MESSAGE = b"any bytes"
DIGEST = bytes(_hash_eip191_message(encode_defunct(MESSAGE)))
JOB_ID = keccak(b"job")


@pytest.fixture(params=["consumer", "stateful"])
def consumer(request, deployment):
    return getattr(deployment, request.param)


def test_signature_of_the_signer_is_valid(deployment, consumer):
    signature = sign(deployment.signer, MESSAGE)
    assert consumer.functions.isValidSignature(DIGEST, signature).call() == VALID


def test_signature_of_anybody_else_is_not(deployment, consumer):
    for somebody in (deployment.owner, deployment.operator, deployment.stranger):
        signature = sign(somebody, MESSAGE)
        assert consumer.functions.isValidSignature(DIGEST, signature).call() == INVALID


def test_signature_over_another_hash_is_not(deployment, consumer):
    signature = sign(deployment.signer, MESSAGE + b"!")
    assert consumer.functions.isValidSignature(DIGEST, signature).call() == INVALID


@pytest.mark.parametrize("name", malformed_signatures(bytes(64) + b"\x1b"))
def test_malformed_signature_is_invalid_and_no_revert(deployment, consumer, name):
    signature = malformed_signatures(sign(deployment.signer, MESSAGE))[name]
    assert consumer.functions.isValidSignature(DIGEST, signature).call() == INVALID


def test_former_signer_no_longer_counts(deployment, consumer):
    change = consumer.functions.setOffchainSigner(deployment.stranger.address)
    receipt = deployment.chain.send(change, deployment.owner)
    (event,) = events(consumer, "OffchainSignerChanged", receipt)
    assert event.args.signer == deployment.stranger.address
    answers = [
        consumer.functions.isValidSignature(DIGEST, sign(account, MESSAGE)).call()
        for account in (deployment.signer, deployment.stranger)]
    assert answers == [INVALID, VALID]


def test_without_a_signer_nothing_is_valid(deployment, consumer):
    unset = consumer.functions.setOffchainSigner("0x" + "00" * 20)
    deployment.chain.send(unset, deployment.owner)
    assert consumer.functions.isValidSignature(DIGEST, bytes(65)).call() == INVALID


@pytest.mark.parametrize("setter, arguments", [
    ("updateLatestNonce", (7,)),
    ("setInputsForJob", (JOB_ID, b"input", bytes(32), bytes(32))),
    ("receiveResult", (JOB_ID, b"result")),
])
def test_setters_are_for_the_job_manager_only(deployment, consumer, setter, arguments):
    call = consumer.functions[setter](*arguments)
    for somebody in (deployment.owner, deployment.operator, deployment.relayer):
        reason = deployment.chain.refusal(call, somebody)
        assert reason == "Consumer: caller is not the JobManager"


@pytest.mark.parametrize("setter, arguments", [
    ("updateLatestNonce", (7,)),
    ("setInputsForJob", (JOB_ID, b"input", bytes(32), bytes(32))),
])
def test_job_manager_may_call_the_setters(deployment, setter, arguments):
    manager = deployment.stranger  # any account can stand in for it
    consumer = deployment.chain.deploy(
        "SingleOffchainSignerConsumer", manager.address, deployment.signer.address,
        sender=deployment.owner)
    deployment.chain.send(consumer.functions[setter](*arguments), manager)
    expected = {"updateLatestNonce": (8, b""), "setInputsForJob": (1, b"input")}[setter]
    assert expected == (
        consumer.functions.getNextNonce().call(),
        consumer.functions.getOnchainInputForJob(JOB_ID).call())


def test_result_that_is_not_there_is_refused(deployment, consumer):
    assert not consumer.functions.hasResult(JOB_ID).call()
    reason = deployment.chain.refusal(consumer.functions.getResult(JOB_ID), deployment.stranger)
    assert reason == "Consumer: no result for this job"
