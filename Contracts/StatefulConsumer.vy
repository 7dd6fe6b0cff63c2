# pragma version 0.4.3
"""
@title A consumer with state offchain
@license Apache-2.0
@notice The state lives offchain and its hash here. Each job runs on the latest state and names the
        next one, so that results form one chain: a job that ran on any other state is refused.
"""
from modules import consumer
from modules import limits
from modules import ownable
from modules import single_offchain_signer

initializes: ownable
initializes: consumer[ownable := ownable]
initializes: single_offchain_signer[ownable := ownable]

exports: (ownable.owner, ownable.transferOwnership)
exports: consumer.__interface__
exports: (
    single_offchain_signer.getOffchainSigner,
    single_offchain_signer.setOffchainSigner,
    single_offchain_signer.isValidSignature,
)


event StateAdvanced:
    jobID: indexed(bytes32)
    nextStateHash: bytes32


struct StatefulProgramResult:
    nextStateHash: bytes32
    result: Bytes[limits.INNER_RESULT_BYTE_COUNT_MAX]


latest_state_hash: bytes32


@deploy
def __init__(jobManager: address, offchainSigner: address, initialStateHash: bytes32):
    ownable.__init__()
    consumer.__init__(jobManager)
    single_offchain_signer.__init__(offchainSigner)
    self.latest_state_hash = initialStateHash


@external
@view
def getLatestStateHash() -> bytes32:
    """
    @notice keccak256 of the state that the next job has to run on.
    """
    return self.latest_state_hash


@external
def receiveResult(jobID: bytes32, result: Bytes[limits.PAYLOAD_BYTE_COUNT_MAX]):
    """
    @notice The job is done: checks the state it ran on, then stores the next state's hash and the
            inner result. From the JobManager only.
    """
    consumer._check_job_manager()
    assert consumer.inputs[jobID].stateHash == self.latest_state_hash, (
        "StatefulConsumer: job did not run on the latest state"
    )
    output: StatefulProgramResult = abi_decode(result, StatefulProgramResult)
    self.latest_state_hash = output.nextStateHash
    log StateAdvanced(jobID=jobID, nextStateHash=output.nextStateHash)
    consumer._store_result(jobID, output.result)
