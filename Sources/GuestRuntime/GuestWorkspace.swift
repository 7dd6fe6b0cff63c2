import RISCV

/// What a thread keeps between the guests that it runs one after the other: the address space, and the
/// registers and the stack of translated code. Nothing that one guest wrote is there for the next: it is
/// cleared by `tidy`, at the latest before the next begins.
package struct GuestWorkspace: ~Copyable {
    private var reservation: GuestReservation?
    private var context: GuestContext?

    /// A workspace that takes what it needs when the first guest runs.
    package init() {}

    /// Clears what the last guest wrote. It takes microseconds, for which its outcome need not wait.
    package func tidy() {
        reservation?.tidy(keptUnitCountMax: RISCVLimits.keptUnitCountMax)
    }

    /// Whether the last guest has to run once more, with `closeUnits` before, to tell whether it may write
    /// to as much as it did.
    var isLastCapDoubtful: Bool { reservation?.isLastCapDoubtful ?? false }

    /// Leaves nothing open for the next guest: each unit counts from its first write on.
    func closeUnits() {
        reservation?.tidy(keptUnitCountMax: 0)
        // A refusal spoils the reservation, and another one is taken.
        _ = reservation?.closeUnits()
    }

    /// The address space for the next guest.
    ///
    /// - Throws: `hostRefused`.
    mutating func takeReservation() throws(GuestMemoryError) -> GuestReservation {
        tidy()
        if let reservation, !reservation.isSpoiled { return reservation }
        let fresh = try GuestReservation()
        reservation = fresh
        return fresh
    }

    /// What translated code of the next guest runs in.
    ///
    /// - Throws: `hostRefused`.
    mutating func takeContext() throws(GuestMemoryError) -> GuestContext {
        if let context { return context }
        let fresh = try GuestContext()
        context = fresh
        return fresh
    }
}
