# pragma version 0.4.3
"""
@title JobManager
@license Apache-2.0
@notice Keeps the status of every job and lets results through to consumers that the coprocessor's
        operator signed and that fit the job they answer.
"""
from interfaces import IConsumer
from modules import limits
from modules import ownable
from modules import signatures

initializes: ownable

exports: (ownable.owner, ownable.transferOwnership)


event JobCreated:
    jobID: indexed(bytes32)
    nonce: indexed(uint64)
    consumer: indexed(address)
    maxCycles: uint64
    programID: Bytes[limits.PROGRAM_ID_BYTE_COUNT_MAX]
    onchainInput: Bytes[limits.PAYLOAD_BYTE_COUNT_MAX]


event JobCancelled:
    jobID: indexed(bytes32)


event JobCompleted:
    jobID: indexed(bytes32)
    result: Bytes[limits.PAYLOAD_BYTE_COUNT_MAX]


struct JobMetadata:
    programID: Bytes[limits.PROGRAM_ID_BYTE_COUNT_MAX]
    maxCycles: uint64
    consumer: address
    status: uint8


# What the operator signs for a job created onchain.
struct ResultWithMetadata:
    jobID: bytes32
    onchainInputHash: bytes32
    maxCycles: uint64
    programID: Bytes[limits.PROGRAM_ID_BYTE_COUNT_MAX]
    result: Bytes[limits.PAYLOAD_BYTE_COUNT_MAX]


# What the operator signs for a job that a signed request created.
struct OffchainResultWithMetadata:
    jobID: bytes32
    onchainInputHash: bytes32
    offchainInputHash: bytes32
    stateHash: bytes32
    maxCycles: uint64
    programID: Bytes[limits.PROGRAM_ID_BYTE_COUNT_MAX]
    result: Bytes[limits.PAYLOAD_BYTE_COUNT_MAX]


# What the app signs.
struct OffchainJobRequest:
    nonce: uint64
    maxCycles: uint64
    consumer: address
    programID: Bytes[limits.PROGRAM_ID_BYTE_COUNT_MAX]
    onchainInput: Bytes[limits.PAYLOAD_BYTE_COUNT_MAX]
    offchainInputHash: bytes32
    stateHash: bytes32


# The status of a job that nobody created is 0.
PENDING: constant(uint8) = 1
CANCELLED: constant(uint8) = 2
COMPLETED: constant(uint8) = 3

jobs: HashMap[bytes32, JobMetadata]
relayer: address
coprocessor_operator: address


@deploy
def __init__(relayer: address, coprocessorOperator: address):
    ownable.__init__()
    self.relayer = relayer
    self.coprocessor_operator = coprocessorOperator


@external
@view
def getRelayer() -> address:
    """
    @notice Who may submit the results of jobs created onchain.
    """
    return self.relayer


@external
def setRelayer(relayer: address):
    """
    @notice For the owner.
    """
    ownable._check_owner()
    self.relayer = relayer


@external
@view
def getCoprocessorOperator() -> address:
    """
    @notice Whose signature makes a result valid.
    """
    return self.coprocessor_operator


@external
def setCoprocessorOperator(coprocessorOperator: address):
    """
    @notice For the owner.
    """
    ownable._check_owner()
    self.coprocessor_operator = coprocessorOperator


@external
@view
def getJobMetadata(jobID: bytes32) -> JobMetadata:
    """
    @notice The job, with status 1 pending, 2 cancelled, 3 completed; all zeros for an unknown job.
    """
    return self.jobs[jobID]


@external
def createJob(
    nonce: uint64,
    programID: Bytes[limits.PROGRAM_ID_BYTE_COUNT_MAX],
    onchainInput: Bytes[limits.PAYLOAD_BYTE_COUNT_MAX],
    maxCycles: uint64,
) -> bytes32:
    """
    @notice A consumer asks for a job. The node finds it by the event.
    """
    job_id: bytes32 = self._job_id(nonce, msg.sender)
    self._create_job(job_id, nonce, programID, maxCycles, msg.sender)
    log JobCreated(
        jobID=job_id,
        nonce=nonce,
        consumer=msg.sender,
        maxCycles=maxCycles,
        programID=programID,
        onchainInput=onchainInput,
    )
    return job_id


@external
def cancelJob(jobID: bytes32):
    """
    @notice A pending job will have no result. For its consumer, and for the owner as a veto.
    """
    assert msg.sender == self.jobs[jobID].consumer or msg.sender == ownable.owner, (
        "JobManager: caller is neither the job's consumer nor the owner"
    )
    assert self.jobs[jobID].status == PENDING, "JobManager: job is not pending"
    self.jobs[jobID].status = CANCELLED
    log JobCancelled(jobID=jobID)


@external
@nonreentrant
def submitResult(
    resultWithMetadata: Bytes[limits.ENCODED_STRUCT_BYTE_COUNT_MAX],
    signature: Bytes[limits.SIGNATURE_BYTE_COUNT_MAX],
):
    """
    @notice The result of a job created onchain, signed by the operator. For the relayer.
    """
    assert msg.sender == self.relayer, "JobManager: caller is not the relayer"
    self._check_operator_signature(resultWithMetadata, signature)
    result: ResultWithMetadata = abi_decode(resultWithMetadata, ResultWithMetadata)
    self._complete_job(
        result.jobID, result.onchainInputHash, result.maxCycles, result.programID, result.result
    )


@external
@nonreentrant
def submitResultForOffchainJob(
    offchainResultWithMetadata: Bytes[limits.ENCODED_STRUCT_BYTE_COUNT_MAX],
    signatureOnResult: Bytes[limits.SIGNATURE_BYTE_COUNT_MAX],
    jobRequest: Bytes[limits.ENCODED_STRUCT_BYTE_COUNT_MAX],
    signatureOnRequest: Bytes[limits.SIGNATURE_BYTE_COUNT_MAX],
):
    """
    @notice A job that an app asked for offchain, together with its result: creates and completes it
            in one go. For anybody, since both signatures are checked.
    """
    request: OffchainJobRequest = abi_decode(jobRequest, OffchainJobRequest)
    job_id: bytes32 = self._job_id(request.nonce, request.consumer)
    answer: bytes4 = staticcall IConsumer(request.consumer).isValidSignature(
        signatures._message_hash(jobRequest), signatureOnRequest
    )
    assert answer == signatures.EIP1271_VALID, "JobManager: invalid signature on the job request"
    self._check_operator_signature(offchainResultWithMetadata, signatureOnResult)
    self._create_job(
        job_id, request.nonce, request.programID, request.maxCycles, request.consumer
    )
    extcall IConsumer(request.consumer).setInputsForJob(
        job_id, request.onchainInput, request.offchainInputHash, request.stateHash
    )
    result: OffchainResultWithMetadata = abi_decode(
        offchainResultWithMetadata, OffchainResultWithMetadata
    )
    assert result.jobID == job_id, "JobManager: result is for another job"
    assert result.offchainInputHash == request.offchainInputHash, (
        "JobManager: result is for another offchain input"
    )
    assert result.stateHash == request.stateHash, "JobManager: result is for another state"
    self._complete_job(
        job_id, result.onchainInputHash, result.maxCycles, result.programID, result.result
    )


@internal
@pure
def _job_id(nonce: uint64, consumer: address) -> bytes32:
    """
    @notice keccak256(abi.encodePacked(nonce, consumer)).
    """
    return keccak256(concat(convert(nonce, bytes8), convert(consumer, bytes20)))


@internal
@view
def _check_operator_signature(
    message: Bytes[limits.ENCODED_STRUCT_BYTE_COUNT_MAX],
    signature: Bytes[limits.SIGNATURE_BYTE_COUNT_MAX],
):
    digest: bytes32 = signatures._message_hash(message)
    assert signatures._is_signed_by(self.coprocessor_operator, digest, signature), (
        "JobManager: invalid operator signature on the result"
    )


@internal
def _create_job(
    job_id: bytes32,
    nonce: uint64,
    program_id: Bytes[limits.PROGRAM_ID_BYTE_COUNT_MAX],
    max_cycles: uint64,
    consumer: address,
):
    assert self.jobs[job_id].status == 0, "JobManager: nonce is already used by this consumer"
    self.jobs[job_id] = JobMetadata(
        programID=program_id, maxCycles=max_cycles, consumer=consumer, status=PENDING
    )
    extcall IConsumer(consumer).updateLatestNonce(nonce)


@internal
def _complete_job(
    job_id: bytes32,
    onchain_input_hash: bytes32,
    max_cycles: uint64,
    program_id: Bytes[limits.PROGRAM_ID_BYTE_COUNT_MAX],
    result: Bytes[limits.PAYLOAD_BYTE_COUNT_MAX],
):
    """
    @notice Checks that the operator ran what was asked for, then hands the result to the consumer.
    """
    job: JobMetadata = self.jobs[job_id]
    assert job.status == PENDING, "JobManager: job is not pending"
    onchain_input: Bytes[limits.PAYLOAD_BYTE_COUNT_MAX] = (
        staticcall IConsumer(job.consumer).getOnchainInputForJob(job_id)
    )
    assert keccak256(onchain_input) == onchain_input_hash, (
        "JobManager: result is for another onchain input"
    )
    assert keccak256(job.programID) == keccak256(program_id), (
        "JobManager: result is of another program"
    )
    assert job.maxCycles == max_cycles, "JobManager: result has another cycle limit"
    self.jobs[job_id].status = COMPLETED
    log JobCompleted(jobID=job_id, result=result)
    extcall IConsumer(job.consumer).receiveResult(job_id, result)
