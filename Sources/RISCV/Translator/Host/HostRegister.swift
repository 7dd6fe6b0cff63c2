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
    /// How instructions name it as their operand (Intel SDM volume 2, 2.1.3 and 2.2.1):
    ///
    ///     31      25  24  23                     0
    ///     | bytes   | B | ModRM, SIB, displacement, the first lowest |
    ///
    /// The register number of ModRM is left out; B is the bit of that name in REX.
    private let code: UInt32

    /// A host register.
    @inline(__always)
    static func register(_ register: HostRegister) -> HostPlace {
        let number = UInt32(register.rawValue)
        return HostPlace(code: 0xc0 | number & 7 | (number >> 3) << 24 | 1 << 25)
    }

    /// The slot of a guest register, 0 to 31: [rsp + displacement of 8 bits].
    @inline(__always)
    static func slot(_ index: UInt8) -> HostPlace {
        HostPlace(code: 0x44 | 0x24 << 8 | UInt32(index & 31) << 18 | 3 << 25)
    }

    /// The host register; nil for a slot.
    var register: HostRegister? {
        @inline(__always) get { isRegister ? HostRegister(rawValue: registerNumber) : nil }
    }

    /// The number of the host register (0 to 15); only when it is one.
    var registerNumber: UInt8 {
        @inline(__always) get { UInt8(truncatingIfNeeded: code & 7) | highBit << 3 }
    }

    var isRegister: Bool {
        @inline(__always) get { code & 0x80 != 0 }
    }

    /// The bit B of REX.
    var highBit: UInt8 {
        @inline(__always) get { UInt8(truncatingIfNeeded: code >> 24 & 1) }
    }

    /// ModRM, SIB and displacement with this register number, of which the lower three bits count.
    @inline(__always)
    func operand(_ number: UInt8) -> HostBytes {
        HostBytes(UInt64(code & 0xff_ffff | UInt32(number & 7) << 3), count: Int(code >> 25))
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
