/// Which numbers SP1's file descriptors have (reference/zkvm.md 2.4).
///
/// Nothing in an ELF says which version of SP1 it was built for. What a guest does says it: the first
/// write to a descriptor that only one family of versions gives a meaning decides for the rest of the run.
/// Until then the rules that both share hold, and where they differ the one that lets the guest go on:
/// an unknown descriptor is ignored as in v1 to v3, HINT_LEN without input answers as in v4 and later.
enum SP1Dialect {
    /// Not known yet.
    case undecided
    /// v1 to v3: public values 3, hints 4, ecrecover hook 5; all others are ignored.
    case early
    /// v4 and later: public values 13, hints 14, hooks 15 to 21; 0 and 3 to 10 are errors.
    case late

    /// What a write to a descriptor does.
    enum Target: Equatable {
        case standardOutput
        case publicValues
        case hintLast
        case hintNext
        case hook(SP1Hook)
        case ignored
        case refused
    }

    /// What a write to this descriptor does; decides the dialect when it can.
    mutating func target(of descriptor: UInt32) -> Target {
        if self == .undecided { decide(by: descriptor) }
        switch (self, descriptor) {
        case (_, 1), (_, 2): return .standardOutput
        case (.early, 3), (.late, 13): return .publicValues
        case (.early, 4): return .hintLast
        case (.late, 14): return .hintNext
        case (.early, 5): return .hook(.recoverKey)
        case (.late, 0), (.late, 3...10): return .refused
        case (.late, _): return SP1Hook(descriptor: descriptor).map(Target.hook) ?? .ignored
        default: return .ignored
        }
    }

    private mutating func decide(by descriptor: UInt32) {
        switch descriptor {
        case 3...5: self = .early
        case 13...21: self = .late
        default: break
        }
    }
}
