# pragma version 0.4.3
"""
@title A consumer whose job requests are signed by one account
@license Apache-2.0
@notice Stores the result of each job as it comes.
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


@deploy
def __init__(jobManager: address, offchainSigner: address):
    ownable.__init__()
    consumer.__init__(jobManager)
    single_offchain_signer.__init__(offchainSigner)


@external
def receiveResult(jobID: bytes32, result: Bytes[limits.PAYLOAD_BYTE_COUNT_MAX]):
    """
    @notice The job is done. From the JobManager only.
    """
    consumer._check_job_manager()
    consumer._store_result(jobID, result)
