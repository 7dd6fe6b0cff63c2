"""The stateful consumer: results form one chain of states."""
import pytest
from conftest import INITIAL_STATE_HASH
from eth_utils import keccak
from in_process_chain import events
from messages import StatefulProgramResult

NOT_LATEST_STATE = "StatefulConsumer: job did not run on the latest state"
NEXT_STATE_HASH = keccak(b"state 1")


def submit(deployment, nonce, state_hash, next_state_hash, output=b"output"):
    request = deployment.request(deployment.stateful, nonce=nonce, state_hash=state_hash)
    inner = StatefulProgramResult(next_state_hash, output)
    result = request.offchain_result(inner.encoded())
    return result.job_id, deployment.submit_offchain(request, result)


def test_result_advances_the_state(deployment):
    functions = deployment.stateful.functions
    assert functions.getLatestStateHash().call() == INITIAL_STATE_HASH
    job_id, call = submit(deployment, 1, INITIAL_STATE_HASH, NEXT_STATE_HASH)
    receipt = deployment.chain.send(call, deployment.relayer)
    (event,) = events(deployment.stateful, "StateAdvanced", receipt)
    assert (event.args.jobID, event.args.nextStateHash) == (job_id, NEXT_STATE_HASH)
    assert functions.getLatestStateHash().call() == NEXT_STATE_HASH
    assert functions.getResult(job_id).call() == b"output"


def test_states_form_a_chain(deployment):
    states = [INITIAL_STATE_HASH] + [keccak(b"state %d" % index) for index in range(1, 5)]
    for nonce, (before, after) in enumerate(zip(states, states[1:]), start=1):
        _, call = submit(deployment, nonce, before, after)
        deployment.chain.send(call, deployment.relayer)
    assert deployment.stateful.functions.getLatestStateHash().call() == states[-1]


def test_job_on_an_old_or_foreign_state_is_refused_and_can_be_sent_later(deployment):
    _, early = submit(deployment, 2, NEXT_STATE_HASH, keccak(b"state 2"))
    assert deployment.chain.refusal(early, deployment.relayer) == NOT_LATEST_STATE
    _, first = submit(deployment, 1, INITIAL_STATE_HASH, NEXT_STATE_HASH)
    deployment.chain.send(first, deployment.relayer)
    _, stale = submit(deployment, 3, INITIAL_STATE_HASH, keccak(b"fork"))
    assert deployment.chain.refusal(stale, deployment.relayer) == NOT_LATEST_STATE
    deployment.chain.send(early, deployment.relayer)
    assert deployment.stateful.functions.getLatestStateHash().call() == keccak(b"state 2")


@pytest.mark.parametrize(
    "result", [b"", b"\0" * 31, bytes(31) + b"\x20" + bytes(63) + b"\x40", b"\xff" * 128],
    ids=["empty", "cut word", "no tail", "huge offsets"])
def test_result_that_is_no_stateful_result_is_refused(deployment, result):
    request = deployment.request(deployment.stateful)
    call = deployment.submit_offchain(request, request.offchain_result(result))
    deployment.chain.refusal(call, deployment.relayer)
    functions = deployment.stateful.functions
    assert functions.getLatestStateHash().call() == INITIAL_STATE_HASH


def test_largest_inner_result_passes(deployment):
    job_id, call = submit(deployment, 1, INITIAL_STATE_HASH, NEXT_STATE_HASH, b"\x5a" * 3968)
    deployment.chain.send(call, deployment.relayer)
    assert deployment.stateful.functions.getResult(job_id).call() == b"\x5a" * 3968
