/// The identity of a registered program, 32 bytes: a RISC Zero image id, the SHA-256 of an SP1 ELF, or
/// the label that the submitter of an SP1 ELF named.
package struct ProgramID: FixedWidthBytes {
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

    package static func < (left: ProgramID, right: ProgramID) -> Bool {
        left.hash < right.hash
    }
}
