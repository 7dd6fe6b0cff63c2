/// The general registers of x86-64, numbered as instructions name them (Intel SDM volume 2, 2.2.1.2),
/// and what generated code uses each for.
///
///     rsp            the context (`tandem_context`): slot n is guest register xn
///     r15            where guest address 0 is
///     r13            the budget, packed (`CycleBudget`)
///     rax, rcx       scratch within one guest instruction
///     the others     guest registers (`RegisterPlan`)
struct HostRegister: Equatable {
    /// The number, 0 to 15.
    let rawValue: UInt8

    static let rax = HostRegister(rawValue: 0)
    static let rcx = HostRegister(rawValue: 1)
    static let rdx = HostRegister(rawValue: 2)
    static let rbx = HostRegister(rawValue: 3)
    static let rsp = HostRegister(rawValue: 4)
    static let rbp = HostRegister(rawValue: 5)
    static let rsi = HostRegister(rawValue: 6)
    static let rdi = HostRegister(rawValue: 7)
    static let r8 = HostRegister(rawValue: 8)
    static let r9 = HostRegister(rawValue: 9)
    static let r10 = HostRegister(rawValue: 10)
    static let r11 = HostRegister(rawValue: 11)
    static let r12 = HostRegister(rawValue: 12)
    static let r13 = HostRegister(rawValue: 13)
    static let r14 = HostRegister(rawValue: 14)
    static let r15 = HostRegister(rawValue: 15)

    static let budget = HostRegister.r13
    static let memory = HostRegister.r15
    static let context = HostRegister.rsp

    /// The registers that hold guest registers, those with shorter encodings first.
    static let pinnable: [HostRegister] = [
        .rsi, .rdi, .rbx, .rbp, .rdx, .r8, .r9, .r10, .r11, .r12, .r14,
    ]

    /// What a called function gives back unchanged (System V ABI 3.2.1), beside rsp.
    static let calleeSaved: [HostRegister] = [.rbx, .rbp, .r12, .r13, .r14, .r15]
}

/// Where a guest register is: in a host register, or in its slot of the context.
struct HostPlace: Equatable {
    /// An instruction with it as its operand (Intel SDM volume 2, 2.1.3 and 2.2.1), the first byte lowest:
    ///
    ///     63     56  39                     16  15     8  7             0
    ///     | count  |  ModRM, SIB, displacement | (opcode) | REX: 0100000B |
    ///
    /// The opcode is zero, and so is the register number of ModRM. The count is that of all bytes but REX.
    private let code: UInt64

    /// A host register.
    @inline(__always)
    static func register(_ register: HostRegister) -> HostPlace {
        let number = UInt64(register.rawValue)
        return HostPlace(code: 0x40 | number >> 3 | (0xc0 | number & 7) << 16 | 2 << 56)
    }

    /// The slot of a guest register, 0 to 31: [rsp + displacement of 8 bits].
    @inline(__always)
    static func slot(_ index: UInt8) -> HostPlace {
        let displacement = UInt64(index & 31) << 2
        return HostPlace(code: 0x40 | (0x44 | 0x24 << 8 | displacement << 16) << 16 | 4 << 56)
    }

    /// The host register; nil for a slot.
    var register: HostRegister? {
        @inline(__always) get { isRegister ? HostRegister(rawValue: registerNumber) : nil }
    }

    /// The number of the host register (0 to 15); only when it is one.
    var registerNumber: UInt8 {
        @inline(__always) get { UInt8(truncatingIfNeeded: code >> 16 & 7) | highBit << 3 }
    }

    var isRegister: Bool {
        @inline(__always) get { code & 0x80_0000 != 0 }
    }

    /// The bit B of REX.
    var highBit: UInt8 {
        @inline(__always) get { UInt8(truncatingIfNeeded: code & 1) }
    }

    /// ModRM, SIB and displacement with this register number, of which the lower three bits count.
    @inline(__always)
    func operand(_ number: UInt8) -> HostBytes {
        let bits = code >> 16 & 0xff_ffff | UInt64(number & 7) << 3
        return HostBytes(bits, count: Int(truncatingIfNeeded: code >> 56) &- 1)
    }

    /// REX (left out where it says nothing), an opcode of one byte, behind 0F with `escape`, and the operands:
    /// a register number and this place.
    @inline(__always)
    func instruction(
        _ opcode: UInt8, _ number: UInt8, wide: Bool, byteRegisters: Bool, escape: Bool
    ) -> HostBytes {
        // The bits W and R of REX, and the number in ModRM.
        let operands =
            code & 0xff_ffff_ffff | (wide ? 8 : 0) | UInt64(number & 8) >> 1
            | UInt64(number & 7) << 19
        let bits =
            escape
            ? operands & 0xff | 0x0f << 8 | UInt64(opcode) << 16 | (operands & ~0xffff) << 8
            : operands | UInt64(opcode) << 8
        let count = Int(truncatingIfNeeded: code >> 56) &+ (escape ? 1 : 0)
        // Without REX the numbers 4 to 7 name ah, ch, dh and bh as byte registers.
        let hasREX = byteRegisters || operands & 0xf != 0
        return HostBytes(hasREX ? bits : bits >> 8, count: count &+ (hasREX ? 1 : 0))
    }
}

/// The condition of a jump or SETcc (Intel SDM volume 2, appendix B.1.4.7).
enum HostCondition: UInt8 {
    case below = 2, aboveOrEqual, equal, notEqual, belowOrEqual, above
    case less = 12, greaterOrEqual, lessOrEqual, greater

    /// The condition that holds when this does not.
    var negated: HostCondition {
        switch self {
        case .below: .aboveOrEqual
        case .aboveOrEqual: .below
        case .equal: .notEqual
        case .notEqual: .equal
        case .belowOrEqual: .above
        case .above: .belowOrEqual
        case .less: .greaterOrEqual
        case .greaterOrEqual: .less
        case .lessOrEqual: .greater
        case .greater: .lessOrEqual
        }
    }

    /// The condition with both operands of the comparison exchanged.
    var mirrored: HostCondition {
        switch self {
        case .below: .above
        case .above: .below
        case .aboveOrEqual: .belowOrEqual
        case .belowOrEqual: .aboveOrEqual
        case .less: .greater
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        case .lessOrEqual: .greaterOrEqual
        case .equal, .notEqual: self
        }
    }
}
