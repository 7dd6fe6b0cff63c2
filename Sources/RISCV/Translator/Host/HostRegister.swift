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
    /// The number of the host register, or that of the guest register with the top bit set.
    private let code: UInt8

    /// A host register.
    static func register(_ register: HostRegister) -> HostPlace {
        HostPlace(code: register.rawValue)
    }

    /// The slot of a guest register, 0 to 31.
    static func slot(_ index: UInt8) -> HostPlace { HostPlace(code: 0x80 | index) }

    /// The host register; nil for a slot.
    var register: HostRegister? { isRegister ? HostRegister(rawValue: code) : nil }

    /// The number of the host register (0 to 15); only when it is one.
    var registerNumber: UInt8 { code & 15 }

    var isRegister: Bool { code & 0x80 == 0 }

    /// The distance of the slot from the context, 0 to 124; only when it is one.
    var displacement: UInt8 { (code & 31) * 4 }
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
