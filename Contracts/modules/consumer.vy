# pragma version 0.4.3
"""
@title The part that all consumers have
@notice Keeps the inputs and results of jobs and the highest nonce. Only the JobManager writes them.
"""
from interfaces import IJobManager
from modules import limits
from modules import ownable

uses: ownable


event ResultReceived:
    jobID: indexed(bytes32)
    result: Bytes[limits.PAYLOAD_BYTE_COUNT_MAX]


struct JobInputs:
    onchainInput: Bytes[limits.PAYLOAD_BYTE_COUNT_MAX]
    offchainInputHash: bytes32
    stateHash: bytes32


jobManager: public(immutable(address))

max_nonce: uint64
inputs: HashMap[bytes32, JobInputs]
results: HashMap[bytes32, Bytes[limits.PAYLOAD_BYTE_COUNT_MAX]]
has_result: HashMap[bytes32, bool]


@deploy
def __init__(job_manager: address):
    jobManager = job_manager


@external
@view
def getOnchainInputForJob(jobID: bytes32) -> Bytes[limits.PAYLOAD_BYTE_COUNT_MAX]:
    """
    @notice The input that the job was created with; empty for an unknown job.
    """
    return self.inputs[jobID].onchainInput


@external
@view
def getOffchainInputHashForJob(jobID: bytes32) -> bytes32:
    """
    @notice keccak256 of the offchain input; zero for jobs created onchain.
    """
    return self.inputs[jobID].offchainInputHash


@external
@view
def getStateHashForJob(jobID: bytes32) -> bytes32:
    """
    @notice keccak256 of the state that the job ran on; zero for jobs created onchain.
    """
    return self.inputs[jobID].stateHash


@external
@view
def getNextNonce() -> uint64:
    """
    @notice One more than the highest nonce that this consumer used.
    """
    return self.max_nonce + 1


@external
@view
def hasResult(jobID: bytes32) -> bool:
    """
    @notice Whether the result of the job is here. A result may be empty.
    """
    return self.has_result[jobID]


@external
@view
def getResult(jobID: bytes32) -> Bytes[limits.PAYLOAD_BYTE_COUNT_MAX]:
    """
    @notice The result of the job.
    """
    assert self.has_result[jobID], "Consumer: no result for this job"
    return self.results[jobID]


@external
def updateLatestNonce(nonce: uint64):
    """
    @notice A job with this nonce was created. Nonces may come in any order.
    """
    self._check_job_manager()
    if nonce > self.max_nonce:
        self.max_nonce = nonce


@external
def setInputsForJob(
    jobID: bytes32,
    onchainInput: Bytes[limits.PAYLOAD_BYTE_COUNT_MAX],
    offchainInputHash: bytes32,
    stateHash: bytes32,
):
    """
    @notice A job was created from a signed request with these inputs.
    """
    self._check_job_manager()
    self.inputs[jobID] = JobInputs(
        onchainInput=onchainInput, offchainInputHash=offchainInputHash, stateHash=stateHash
    )


@external
def requestJob(
    programID: Bytes[limits.PROGRAM_ID_BYTE_COUNT_MAX],
    onchainInput: Bytes[limits.PAYLOAD_BYTE_COUNT_MAX],
    maxCycles: uint64,
) -> bytes32:
    """
    @notice Creates a job onchain, with the next nonce. For the owner of the consumer.
    """
    ownable._check_owner()
    job_id: bytes32 = extcall IJobManager(jobManager).createJob(
        self.max_nonce + 1, programID, onchainInput, maxCycles
    )
    self.inputs[job_id].onchainInput = onchainInput
    return job_id


@external
def cancelJob(jobID: bytes32):
    """
    @notice Cancels a pending job. For the owner of the consumer.
    """
    ownable._check_owner()
    extcall IJobManager(jobManager).cancelJob(jobID)


@internal
@view
def _check_job_manager():
    assert msg.sender == jobManager, "Consumer: caller is not the JobManager"


@internal
def _store_result(job_id: bytes32, result: Bytes[limits.PAYLOAD_BYTE_COUNT_MAX]):
    self.has_result[job_id] = True
    self.results[job_id] = result
    log ResultReceived(jobID=job_id, result=result)
