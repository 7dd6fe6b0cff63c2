# pragma version 0.4.3
"""
@title Signatures
@notice Signed messages of EIP-191 and who signed them.
"""
from modules import limits

# The answer of EIP-1271 for a valid signature: the selector of isValidSignature(bytes32,bytes).
EIP1271_VALID: constant(bytes4) = 0x1626ba7e

EIP1271_INVALID: constant(bytes4) = 0xffffffff

# Half the order of secp256k1. Of the two values of s that sign the same, only the low one counts
# (EIP-2), so that nobody can turn a signature into another one.
S_MAX: constant(uint256) = (
    57896044618658097711785492504343953926418782139537452191302581570759080747168
)


@internal
@pure
def _message_hash(message: Bytes[limits.ENCODED_STRUCT_BYTE_COUNT_MAX]) -> bytes32:
    """
    @notice The digest that a wallet signs for these bytes (EIP-191, version 0x45).
    """
    length: String[78] = uint2str(len(message))
    return keccak256(
        concat(b"\x19Ethereum Signed Message:\n", convert(length, Bytes[78]), message)
    )


@internal
@view
def _recover(digest: bytes32, signature: Bytes[limits.SIGNATURE_BYTE_COUNT_MAX]) -> address:
    """
    @notice Who signed the digest; the zero address for anything that is not a signature. The form
            is r, s, v with v 27 or 28.
    """
    if len(signature) != 65:
        return empty(address)
    s: uint256 = convert(slice(signature, 32, 32), uint256)
    v: uint256 = convert(slice(signature, 64, 1), uint256)
    if s > S_MAX or (v != 27 and v != 28):
        return empty(address)
    return ecrecover(digest, v, convert(slice(signature, 0, 32), uint256), s)


@internal
@view
def _is_signed_by(
    signer: address, digest: bytes32, signature: Bytes[limits.SIGNATURE_BYTE_COUNT_MAX]
) -> bool:
    """
    @notice Whether the signer signed the digest. Nobody is the zero address.
    """
    return signer != empty(address) and self._recover(digest, signature) == signer
