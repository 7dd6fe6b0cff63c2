# pragma version 0.4.3
"""
@title Bounds
@notice Vyper byte arrays have a bound. These are the bounds of everything that crosses a contract
        border; a longer value is refused when it is decoded.
"""

# An onchain input and a result, in bytes.
PAYLOAD_BYTE_COUNT_MAX: constant(uint256) = 4096

# A program id, in bytes. The ids of Tandem have 32.
PROGRAM_ID_BYTE_COUNT_MAX: constant(uint256) = 256

# Signatures as consumers accept them: r, s, v take 65 bytes, those of contract wallets more.
SIGNATURE_BYTE_COUNT_MAX: constant(uint256) = 1024

# abi.encode of one struct: an offset word, the head, and two tails of a length word and bytes each.
# The largest struct has seven head words.
ENCODED_STRUCT_BYTE_COUNT_MAX: constant(uint256) = (
    32 + 7 * 32 + 32 + PROGRAM_ID_BYTE_COUNT_MAX + 32 + PAYLOAD_BYTE_COUNT_MAX
)

# The inner result of a stateful program, so that with its offset, state hash, offset and length it
# is still a result.
INNER_RESULT_BYTE_COUNT_MAX: constant(uint256) = PAYLOAD_BYTE_COUNT_MAX - 4 * 32
