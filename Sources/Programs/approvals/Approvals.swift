// Counts who signed a message: a multi-signature wallet's decision, off the chain.
//
//   on-chain input    abi.encode(bytes32 message, bytes owners), 20 bytes for each owner
//   off-chain input   signatures of 65 bytes, in the order of their owners in the list
//   output            abi.encode(bytes32 message, uint256 approvals)
//
// Owners sign as wallets do (EIP-191, "personal_sign") the 32 bytes of the message. The order makes
// sure that each owner counts once. A signature by nobody in the list, or out of order, fails the job.
import Tandem

let addressByteCount = 20
let signatureByteCount = 65

var request = ABIDecoder(Program.onchainInput, headWordCount: 2)
let message = request.hash()
let owners = request.bytes()
request.finish()
let signatures = Program.offchainInput

guard owners.count % addressByteCount == 0, signatures.count % signatureByteCount == 0 else {
    Program.fail("an owner is not 20 bytes, or a signature not 65")
}

let digest = EthereumSignature.personalDigest(of: message)
var nextOwner = 0

/// Moves behind this owner in the rest of the list; false when it is not there.
func pass(_ signer: Address) -> Bool {
    while nextOwner < owners.count {
        let owner = owners.part(at: nextOwner, count: addressByteCount).flatMap { Address($0) }
        nextOwner += addressByteCount
        if owner == signer { return true }
    }
    return false
}

var approvals: UInt64 = 0
for offset in stride(from: 0, to: signatures.count, by: signatureByteCount) {
    guard let signature = signatures.part(at: offset, count: signatureByteCount),
        let signer = EthereumSignature.signer(of: digest, signature), pass(signer)
    else { Program.fail("a signature is by nobody in the list, or out of order") }
    approvals += 1
}

var result = ABIEncoder(headWordCount: 2)
result.append(message)
result.append(UInt256(approvals))
Program.commit(result.encoded)
