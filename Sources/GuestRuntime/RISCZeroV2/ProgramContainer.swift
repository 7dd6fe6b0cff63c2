import Bytes

/// An R0BF file: the user's ELF and the kernel's, which runs it, of RISC Zero v2 and v3
/// (reference/zkvm.md 1.9). All integers are 32 bits, least significant byte first.
///
///     "R0BF" | 1 | header length | header | user length | user ELF | kernel ELF, to the end
///     header: number of entries, then each entry's length and bytes
struct ProgramContainer {
    /// How such a file begins.
    static let magic: [UInt8] = Array("R0BF".utf8)

    /// The guest's own ELF.
    let userELF: [UInt8]

    /// The ELF of the kernel that answers the guest's environment calls.
    let kernelELF: [UInt8]

    /// Whether a program begins as a container does.
    static func isContainer(_ bytes: [UInt8]) -> Bool { bytes.starts(with: magic) }

    /// Takes a container apart. Any bytes may be given.
    init(parsing file: [UInt8]) throws(ContainerError) {
        guard file.count <= GuestRuntimeLimits.containerByteCountMax else {
            throw .tooLong(byteCount: file.count)
        }
        var reader = ByteReader(file.span)
        guard reader.readBytes(4) == Self.magic else { throw .notContainer }
        let version = try Self.word(&reader, "format version")
        guard version == 1 else { throw .unknownFormatVersion(version) }
        let headerByteCount = try Self.word(&reader, "header length")
        guard let header = reader.readBytes(Int(headerByteCount)) else {
            throw .truncated(part: "header")
        }
        try ContainerHeader.check(header)
        let userByteCount = try Self.word(&reader, "length of the user's ELF")
        guard let user = reader.readBytes(Int(userByteCount)) else {
            throw .truncated(part: "user's ELF")
        }
        guard !user.isEmpty else { throw .noUserELF }
        guard let kernel = reader.readBytes(reader.remainingCount), !kernel.isEmpty else {
            throw .noKernelELF
        }
        userELF = user
        kernelELF = kernel
    }

    private static func word(
        _ reader: inout ByteReader, _ part: String
    ) throws(ContainerError) -> UInt32 {
        guard let value = reader.readUInt32() else { throw .truncated(part: part) }
        return value.byteSwapped
    }
}
