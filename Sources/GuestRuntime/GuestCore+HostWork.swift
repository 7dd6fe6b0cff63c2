extension GuestCore {
    /// How much computation on large integers the host may still do for the guest. One unit is about one
    /// product of two limbs of 64 bits, a nanosecond or less.
    var hostWorkLeft: UInt64 {
        // Cycles are at most 2^62, of which 2^60 or more are never reached.
        let allowed =
            GuestRuntimeLimits.hostWorkMax &+ cycles &* GuestRuntimeLimits.hostWorkPerCycle
        return allowed > hostWork ? allowed - hostWork : 0
    }

    /// Counts work that is about to be done, or was done after a look at `hostWorkLeft`.
    mutating func countHostWork(_ units: UInt64) throws(GuestStop) {
        guard units <= hostWorkLeft else { throw .tooMuchHostWork }
        // Below 2^63, as what it is compared with.
        hostWork += units
    }
}

extension GuestStop {
    /// The guest had the host compute more than its cycles allow.
    static let tooMuchHostWork = GuestStop.failed(
        .hostWorkLimitExceeded,
        detail: "a job may take \(GuestRuntimeLimits.hostWorkMax) steps of arithmetic on large "
            + "integers, and \(GuestRuntimeLimits.hostWorkPerCycle) more for each cycle")
}
