import RISCV

/// What a thread keeps between the guests that it runs one after the other: the address space, and the
/// registers and the stack of translated code. Nothing that one guest wrote is there for the next.
package struct GuestWorkspace: ~Copyable {
    private var reservation: GuestReservation?
    private var context: GuestContext?

    /// A workspace that takes what it needs when the first guest runs.
    package init() {}

    /// The address space for the next guest.
    ///
    /// - Throws: `hostRefused`.
    mutating func takeReservation() throws(GuestMemoryError) -> GuestReservation {
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
