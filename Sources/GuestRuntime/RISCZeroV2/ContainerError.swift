package import RISCV

/// Why an R0BF container is refused. The description says what is wrong and what would be right.
package enum ContainerError: Error, Hashable, Sendable {
    case notContainer
    case tooLong(byteCount: Int)
    case truncated(part: String)
    case unknownFormatVersion(UInt32)
    case tooManyEntries(UInt32)
    case bytesBehindHeader(count: Int)
    case versionEntries(count: Int)
    case malformedVersion
    case unknownABI(UInt8)
    case unknownABIVersion(String)
    case noUserELF
    case noKernelELF
    case user(ELFError)
    case kernel(ELFError)
    case kernelTooLarge
    case kernelTextOutside(start: UInt32, end: UInt32)
}

extension ContainerError: CustomStringConvertible {
    package var description: String { "the R0BF container " + detail }

    private var detail: String {
        switch self {
        case .notContainer: "does not begin with the letters R0BF"
        case .tooLong(let byteCount):
            "has \(byteCount) bytes: at most \(GuestRuntimeLimits.containerByteCountMax) "
                + "are accepted"
        case .truncated(let part): "ends within its \(part)"
        case .unknownFormatVersion(let version): "has format version \(version): 1 is needed"
        case .noUserELF: "holds no ELF for the user: one is needed"
        case .noKernelELF: "holds no ELF for the kernel: one is needed behind the user's"
        case .user(let error): "holds a user's ELF that cannot run: \(error)"
        case .kernel(let error): "holds a kernel's ELF that cannot run: \(error)"
        case .kernelTooLarge:
            "holds a kernel of more than \(GuestRuntimeLimits.kernelMemoryByteCountMax) bytes"
        case .kernelTextOutside(let start, let end):
            "holds a kernel with instructions from \(HexText.word(start)) to "
                + "\(HexText.word(end)): they have to lie from 0xc0000000 to 0xff000000"
        default: headerDetail
        }
    }

    private var headerDetail: String {
        switch self {
        case .tooManyEntries(let count):
            "has a header of \(count) entries: at most "
                + "\(GuestRuntimeLimits.containerEntryCountMax) are accepted"
        case .bytesBehindHeader(let count): "has \(count) bytes behind its header's last entry"
        case .versionEntries(let count):
            "names the version of its calls \(count) times: once is needed"
        case .malformedVersion:
            "has a version of its calls that is not three decimal numbers with dots"
        case .unknownABI(let kind):
            "is for calls of kind \(kind): 0 (those of RISC Zero v1) is needed"
        case .unknownABIVersion(let version): "is for version \(version) of the calls: 1 is needed"
        default: ""
        }
    }
}
