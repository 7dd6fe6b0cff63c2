/// Instruction words of RV32IM, put together field by field (The RISC-V Instruction Set Manual, volume
/// I, chapter 2.2), for tests that need a program.
public enum Assembler {
    /// R format.
    public static func register(
        _ function7: UInt32, _ function3: UInt32, _ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32
    ) -> UInt32 {
        function7 << 25 | rs2 << 20 | rs1 << 15 | function3 << 12 | rd << 7 | 0x33
    }

    /// I format.
    public static func immediate(
        _ opcode: UInt32, _ function3: UInt32, _ rd: UInt32, _ rs1: UInt32, _ value: Int32
    ) -> UInt32 {
        UInt32(bitPattern: value) << 20 | rs1 << 15 | function3 << 12 | rd << 7 | opcode
    }

    /// S format; `width` is 0 for SB, 1 for SH, 2 for SW.
    public static func store(
        _ width: UInt32, _ rs2: UInt32, _ offset: Int32, _ rs1: UInt32
    ) -> UInt32 {
        let bits = UInt32(bitPattern: offset)
        return (bits >> 5 & 0x7f) << 25 | rs2 << 20 | rs1 << 15 | width << 12 | (bits & 31) << 7
            | 0x23
    }

    /// B format.
    public static func branch(
        _ function3: UInt32, _ rs1: UInt32, _ rs2: UInt32, _ offset: Int32
    ) -> UInt32 {
        let bits = UInt32(bitPattern: offset)
        let high = (bits >> 12 & 1) << 31 | (bits >> 5 & 0x3f) << 25
        let low = (bits >> 1 & 15) << 8 | (bits >> 11 & 1) << 7
        return high | rs2 << 20 | rs1 << 15 | function3 << 12 | low | 0x63
    }

    public static func jal(_ rd: UInt32, _ offset: Int32) -> UInt32 {
        let bits = UInt32(bitPattern: offset)
        let high = (bits >> 20 & 1) << 31 | (bits >> 1 & 0x3ff) << 21
        return high | (bits >> 11 & 1) << 20 | (bits >> 12 & 0xff) << 12 | rd << 7 | 0x6f
    }

    public static func jalr(_ rd: UInt32, _ rs1: UInt32, _ offset: Int32) -> UInt32 {
        immediate(0x67, 0, rd, rs1, offset)
    }

    public static func addi(_ rd: UInt32, _ rs1: UInt32, _ value: Int32) -> UInt32 {
        immediate(0x13, 0, rd, rs1, value)
    }

    /// `function3`: 0 LB, 1 LH, 2 LW, 4 LBU, 5 LHU.
    public static func load(
        _ function3: UInt32, _ rd: UInt32, _ offset: Int32, _ rs1: UInt32
    ) -> UInt32 {
        immediate(0x03, function3, rd, rs1, offset)
    }

    public static func lui(_ rd: UInt32, _ upper: UInt32) -> UInt32 { upper << 12 | rd << 7 | 0x37 }

    public static func auipc(_ rd: UInt32, _ upper: UInt32) -> UInt32 {
        upper << 12 | rd << 7 | 0x17
    }

    /// LUI and ADDI: any value, always two instructions.
    public static func li(_ rd: UInt32, _ value: UInt32) -> [UInt32] {
        let low = Int32(bitPattern: value << 20) >> 20
        return [lui(rd, (value &- UInt32(bitPattern: low)) >> 12), addi(rd, rd, low)]
    }

    public static let ecall: UInt32 = 0x0000_0073
    public static let ebreak: UInt32 = 0x0010_0073
}
