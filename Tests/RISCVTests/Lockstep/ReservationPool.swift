import RISCV
import Synchronization
import Testing

/// Address space for the machines of the tests, used again and again as the node's executors do: whatever
/// a guest leaves behind would show in the next one.
enum ReservationPool {
    /// Unchecked: a reservation in the pool is used by nobody, and each is taken out under the lock.
    private struct Idle: @unchecked Sendable {
        var reservations: [GuestReservation] = []
    }

    private static let idle = Mutex(Idle())

    /// A reservation for one machine; give it back when the machine is gone. Where units may be open since
    /// the machine before, the bytes written to are not counted exactly.
    static func take(withOpenUnits: Bool) throws -> GuestReservation {
        guard let idle = idle.withLock({ $0.reservations.popLast().map(Taken.init) }) else {
            return try GuestReservation()
        }
        if !withOpenUnits { #expect(idle.reservation.closeUnits()) }
        return idle.reservation
    }

    static func giveBack(_ reservation: GuestReservation) {
        reservation.tidy(keptUnitCountMax: RISCVLimits.keptUnitCountMax)
        let taken = Taken(reservation: reservation)
        idle.withLock { $0.reservations.append(taken.reservation) }
    }

    /// Carries a reservation through the lock; see `Idle`.
    private struct Taken: @unchecked Sendable {
        let reservation: GuestReservation
    }
}
