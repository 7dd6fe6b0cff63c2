// A running total, the smallest stateful program.
//
//   on-chain input    abi.encode(StatefulAppOnchainInput(bytes32 inputStateRoot, bytes amounts))
//   off-chain input   more amounts
//   state             abi.encode(uint256 total, uint256 count); empty before the first job
//   output            abi.encode(StatefulProgramResult(bytes32 nextStateHash, bytes nextState))
//
// Amounts are 32-byte big-endian numbers, one after the other. The state's hash is keccak256 of its
// bytes: the consumer contract holds the hash of the last state and takes a result only for a job
// that names it, and `inputStateRoot` must be that same hash. The result carries the next state
// itself, so that whoever reads it can send the next job. A total above 2^256 - 1 fails the job.
import Tandem

struct Accumulator {
    var total: UInt256
    var count: UInt256

    /// The state as it was committed to; nil when it is neither empty nor one state long.
    init?(state: InputBytes) {
        total = .zero
        count = .zero
        if state.isEmpty { return }
        guard state.count == 64 else { return nil }
        var decoder = ABIDecoder(state, headWordCount: 2)
        total = decoder.uint256()
        count = decoder.uint256()
    }

    var encoded: [UInt8] {
        var encoder = ABIEncoder(headWordCount: 2)
        encoder.append(total)
        encoder.append(count)
        return encoder.encoded
    }

    /// Adds up the amounts; false when they are not whole numbers.
    mutating func add(_ amounts: InputBytes) -> Bool {
        guard amounts.count % 32 == 0 else { return false }
        var decoder = ABIDecoder(amounts, headWordCount: amounts.count / 32)
        for _ in 0..<amounts.count / 32 {
            total += decoder.uint256()
            count += 1
        }
        return true
    }
}

var request = ABIDecoder(dynamicTuple: Program.onchainInput, headWordCount: 2)
let inputStateRoot = request.hash()
let onchainAmounts = request.bytes()
request.finish()
let offchainAmounts = Program.offchainInput
let state = Program.state

guard Keccak256.hash(state) == inputStateRoot else {
    Program.fail("the state is not the one whose hash the input names")
}
guard var accumulator = Accumulator(state: state) else {
    Program.fail("the state is neither empty nor 64 bytes")
}
guard accumulator.add(onchainAmounts), accumulator.add(offchainAmounts) else {
    Program.fail("an amount is not 32 bytes")
}
let nextState = accumulator.encoded
var result = ABIEncoder(headWordCount: 2)
result.append(Keccak256.hash(nextState))
result.append(bytes: nextState)
Program.commit(result.encodedAsDynamicTuple)
