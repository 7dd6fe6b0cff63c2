# pragma version 0.4.3
"""
@title One offchain signer
@notice EIP-1271 for a contract whose job requests are signed by one externally owned account.
"""
from modules import limits
from modules import ownable
from modules import signatures

uses: ownable


event OffchainSignerChanged:
    signer: indexed(address)


offchain_signer: address


@deploy
def __init__(signer: address):
    self._set_offchain_signer(signer)


@external
@view
def getOffchainSigner() -> address:
    """
    @notice Who signs job requests for this consumer.
    """
    return self.offchain_signer


@external
def setOffchainSigner(signer: address):
    """
    @notice Lets another account sign job requests, and the present one no longer.
    """
    ownable._check_owner()
    self._set_offchain_signer(signer)


@external
@view
def isValidSignature(
    hash: bytes32, signature: Bytes[limits.SIGNATURE_BYTE_COUNT_MAX]
) -> bytes4:
    """
    @notice 0x1626ba7e when the signer signed the hash (EIP-1271), and 0xffffffff otherwise.
    """
    if signatures._is_signed_by(self.offchain_signer, hash, signature):
        return signatures.EIP1271_VALID
    return signatures.EIP1271_INVALID


@internal
def _set_offchain_signer(signer: address):
    self.offchain_signer = signer
    log OffchainSignerChanged(signer=signer)
