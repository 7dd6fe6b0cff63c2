@testable import RISCV

/// Instructions as the assembler writes them, each with the text that a disassembler should read.
struct EncodedForms: ~Copyable {
    var assembler: HostAssembler
    private(set) var expected: [HostDisassembler.Line] = []

    static let registers: [HostRegister] = (0..<16).compactMap { HostRegister(rawValue: $0) }
    /// What holds guest registers and temporary values: all but rsp.
    static let operands = registers.filter { $0 != .rsp }
    static let places =
        operands.map(HostPlace.register) + [0, 1, 5, 31].map { HostPlace.slot($0) }
    static let immediates: [UInt32] = [
        0, 1, 127, 128, 0xff, 0x1000, 0x7fff_ffff, 0x8000_0000, 0xffff_ff7f, 0xffff_ff80,
        0xffff_ffff,
    ]
    static let displacements: [Int32] = [0, 1, 127, 128, 2047, -1, -128, -129, -2048]

    init() throws {
        assembler = try HostAssembler(capacity: 4 << 20)
    }

    /// Writes one instruction, for which there is this text.
    mutating func add(_ text: String, _ write: (inout HostAssembler) -> Void) {
        // Each form stands alone.
        assembler.forgetHeld()
        expected.append(.init(offset: assembler.count, text: text))
        write(&assembler)
    }

    // MARK: Names

    static func name(_ register: HostRegister, _ byteCount: Int) -> String {
        let number = Int(register.rawValue)
        let old = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"]
        if number >= 8 {
            return "r\(number)" + [1: "b", 2: "w", 4: "d", 8: ""][byteCount, default: "?"]
        }
        switch byteCount {
        case 1: return number < 4 ? String(old[number].prefix(1)) + "l" : old[number] + "l"
        case 2: return old[number]
        case 4: return "e" + old[number]
        default: return "r" + old[number]
        }
    }

    static func name(_ place: HostPlace, _ byteCount: Int = 4) -> String {
        if let register = place.register { return name(register, byteCount) }
        // Slots are words, from the stack pointer on.
        let slot = (0..<32 as Range<UInt8>).first { HostPlace.slot($0) == place } ?? .max
        return "dword ptr [rsp\(distance(Int32(slot) * 4))]"
    }

    /// A displacement in an address, left out when it is zero.
    static func distance(_ displacement: Int32) -> String {
        if displacement == 0 { return "" }
        return (displacement < 0 ? " - " : " + ") + number(UInt32(displacement.magnitude))
    }

    static func number(_ value: UInt32) -> String { "0x" + String(value, radix: 16) }

    /// A text in which numbers say the same however they are spelled: immediates as unsigned ones of the
    /// operand's size.
    static func normal(_ text: String) -> String {
        let isByte = text.contains(" byte ptr") || text.hasPrefix("test")
        let isHalf = text.contains(" word ptr")
        let mask: UInt32 = isByte ? 0xff : isHalf ? 0xffff : 0xffff_ffff
        let words = text.split(separator: " ").map { word in
            let isNegative = word.hasPrefix("-0x")
            guard isNegative || word.hasPrefix("0x"), !word.hasSuffix("]"),
                let magnitude = UInt32(word.drop { $0 == "-" }.dropFirst(2), radix: 16)
            else { return String(word) }
            return number((isNegative ? 0 &- magnitude : magnitude) & mask)
        }
        return words.joined(separator: " ")
    }
}
