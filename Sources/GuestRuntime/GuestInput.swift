package import Bytes

/// What a guest reads, and the seed of what it takes for randomness.
package struct GuestInput: Hashable, Sendable {
    /// SP1's input stream: each hint read takes one buffer.
    package var buffers: [[UInt8]]

    /// RISC Zero's standard input.
    package var stdin: [UInt8]

    /// The seed of RISC Zero's SYS_RANDOM. A job's is its id, so that a run can be repeated.
    package var randomSeed: Hash32

    /// An input with these parts; what the guest's machine does not read is ignored.
    package init(buffers: [[UInt8]] = [], stdin: [UInt8] = [], randomSeed: Hash32 = .zero) {
        self.buffers = buffers
        self.stdin = stdin
        self.randomSeed = randomSeed
    }

    /// The input of a job, framed as InfinityVM does (reference/infinityvm.md, "Program input
    /// framing").
    ///
    /// - Parameters:
    ///   - offchainInput: nil for a job that was created onchain.
    ///   - state: nil in dialect B, which has none.
    package static func job(
        vm: GuestVM, onchainInput: [UInt8], offchainInput: [UInt8]?, state: [UInt8]?,
        randomSeed: Hash32 = .zero
    ) -> GuestInput {
        switch vm {
        case .risc0:
            var stdin: [UInt8] = []
            append(onchainInput, to: &stdin)
            if let offchainInput {
                append(offchainInput, to: &stdin)
                if let state { append(state, to: &stdin) }
            }
            return GuestInput(stdin: stdin, randomSeed: randomSeed)
        case .sp1:
            var buffers = [onchainInput, offchainInput ?? []]
            if let state, !state.isEmpty { buffers.append(state) }
            return GuestInput(buffers: buffers, randomSeed: randomSeed)
        }
    }

    /// A length of four bytes, least significant first, and the bytes.
    private static func append(_ bytes: [UInt8], to stdin: inout [UInt8]) {
        precondition(bytes.count <= UInt32.max, "job inputs are limited to megabytes")
        stdin.append(littleEndian: UInt32(bytes.count))
        stdin.append(contentsOf: bytes)
    }
}
