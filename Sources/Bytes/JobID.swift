/// The identity of a job: keccak256(abi.encodePacked(uint64 nonce, address consumer)).
package struct JobID: FixedWidthBytes {
    package static var byteCount: Int { 32 }

    /// The identity as a digest.
    package let hash: Hash32

    /// The identity with this digest.
    package init(_ hash: Hash32) {
        self.hash = hash
    }

    package init(unchecked bytes: Span<UInt8>) {
        hash = Hash32(unchecked: bytes)
    }

    package func append(to output: inout [UInt8]) {
        hash.append(to: &output)
    }

    package static func < (left: JobID, right: JobID) -> Bool {
        left.hash < right.hash
    }
}
