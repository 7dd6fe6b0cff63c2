extension RandomProgram {
    /// How a program ends.
    public enum Ending: Sendable, CaseIterable {
        /// EBREAK.
        case breakpoint
        /// Nothing: behind the last instruction the text ends.
        case endOfText
        /// Linux's `write` of the registers and the data to standard output, and `exit`.
        case linux
        /// SP1's WRITE of the same to the public values, and HALT.
        case sp1
        /// RISC Zero's SYS_WRITE of the same to the journal, and HALT.
        case riscZero

        private static let syscallName = "risc0_zkvm_platform::syscall::nr::SYS_WRITE"

        static let dataByteCount = 64

        /// What the ending needs behind the data: the name of RISC Zero's syscall.
        var data: [UInt8] {
            let name = self == .riscZero ? Array(Self.syscallName.utf8) : []
            return name + [UInt8](repeating: 0, count: Self.dataByteCount - name.count)
        }

        /// Stores x0 to x31 over the lowest bytes of the data, commits all of it and ends the program.
        func write(_ writer: inout CodeWriter, data: Range<UInt32>) {
            switch self {
            case .breakpoint: return writer.append(Assembler.ebreak)
            case .endOfText: return
            case .linux, .sp1, .riscZero: break
            }
            // That is the far end of the stack.
            writer.append(Assembler.li(RandomProgram.base, data.lowerBound))
            for register in 0..<32 as Range<UInt32> {
                let offset = Int32(register) * 4
                writer.append(Assembler.store(2, register, offset, RandomProgram.base))
            }
            let byteCount = UInt32(data.count)
            switch self {
            case .linux:
                set(&writer, [(17, 64), (10, 1), (11, data.lowerBound), (12, byteCount)])
                set(&writer, [(17, 93), (10, 0)])
            case .sp1:
                set(&writer, [(5, 2), (10, 13), (11, data.lowerBound), (12, byteCount)])
                set(&writer, [(5, 0), (10, 0)])
            default:
                let name = data.upperBound
                set(
                    &writer,
                    [
                        (5, 2), (10, 0), (11, 0), (12, name), (13, 3), (14, data.lowerBound),
                        (15, byteCount),
                    ])
                // Any 32 bytes that are not all zero do for a digest.
                set(&writer, [(5, 0), (10, 0), (11, name)])
            }
        }

        private func set(_ writer: inout CodeWriter, _ registers: [(UInt32, UInt32)]) {
            for (register, value) in registers { writer.append(Assembler.li(register, value)) }
            writer.append(Assembler.ecall)
        }
    }
}
