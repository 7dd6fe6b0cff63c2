/// The general registers of x86-64, numbered as instructions name them (Intel SDM volume 2, 2.2.1.2),
/// and what generated code uses each for.
///
///     rsp            the context (`tandem_context`): slot n is guest register xn
///     r15            where guest address 0 is
///     r13            the budget, packed (`CycleBudget`)
///     rax, rcx       scratch within one guest instruction
///     the others     guest registers (`RegisterPlan`)
enum HostRegister: UInt8 {
    case rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15

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
    var register: HostRegister? { code & 0x80 == 0 ? HostRegister(rawValue: code) : nil }

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
