import TestSupport
import Testing

@testable import RISCV

/// Units of memory that stay open between guests. That engines are one machine there, too, is what
/// `Lockstep` shows, whose machines use reservations again and again.
@Suite struct OpenUnitTests {
    private static let unit = UInt32(RISCVLimits.unitByteCount)

    private func memory(
        _ reservation: GuestReservation, rules: ELFRules = .sp1, unitCountMax: Int = 64
    ) throws -> GuestMemory {
        try GuestMemory(
            rules: rules, text: 0..<0, byteCountMax: unitCountMax << RISCVLimits.unitShift,
            reservation: reservation)
    }

    /// Writes to each of the units, as a guest that then ends.
    private func write(
        to units: [UInt32], _ reservation: GuestReservation, rules: ELFRules = .sp1,
        byte: UInt8 = 0xff
    ) throws {
        var memory = try memory(reservation, rules: rules)
        let bytes: [UInt8] = [byte, byte, byte]
        for unit in units { try memory.write(unit * Self.unit + 77, bytes.span) }
    }

    @Test func theFirstUnitsStayOpen() throws {
        let reservation = try GuestReservation()
        try write(to: Array(20...40), reservation)
        reservation.tidy(keptUnitCountMax: 16)
        #expect(reservation.openUnits.map(\.number) == Array(20..<36))
        reservation.tidy(keptUnitCountMax: 0)
        #expect(reservation.openUnits.count == 16, "it was tidy")
        try write(to: [50], reservation)
        reservation.tidy(keptUnitCountMax: 2)
        #expect(reservation.openUnits.map(\.number) == [20, 21])
        #expect(reservation.closeUnits())
        #expect(reservation.openUnits.isEmpty)
    }

    @Test func everyByteOfAnOpenUnitIsZeroForTheNextGuest() throws {
        var random = SeededRandom(seed: 5)
        let reservation = try GuestReservation()
        for round in 0..<40 {
            var memory = try memory(reservation)
            for unit in 20..<30 as Range<UInt32> {
                let all = try memory.read(unit * Self.unit, byteCount: UInt64(Self.unit))
                #expect(all.allSatisfy { $0 == 0 }, "round \(round), unit \(unit)")
            }
            for _ in 0..<random.number(20) {
                let address = (20 + random.number(10)) * Self.unit + random.number(Self.unit - 9000)
                try memory.write(address, random.bytes(Int(1 + random.number(9000))).span)
            }
            memory.consume()
            reservation.tidy(keptUnitCountMax: Int(random.number(12)))
        }
    }

    @Test func anIdleUnitIsClosedAfterAWhile() throws {
        let reservation = try GuestReservation()
        try write(to: [20, 21], reservation)
        reservation.tidy(keptUnitCountMax: 16)
        for _ in 0..<RISCVLimits.idleUnitRunCountMax {
            try write(to: [21], reservation)
            reservation.tidy(keptUnitCountMax: 16)
            #expect(reservation.openUnits.map(\.number) == [20, 21])
        }
        try write(to: [21], reservation)
        reservation.tidy(keptUnitCountMax: 16)
        #expect(reservation.openUnits.map(\.number) == [21])
        // Writing zeros counts as well, as the host is seen writing.
        for _ in 0...RISCVLimits.idleUnitRunCountMax {
            try write(to: [21], reservation, byte: 0)
            reservation.tidy(keptUnitCountMax: 16)
        }
        #expect(reservation.openUnits.map(\.number) == [21])
    }

    /// Units that a guest does not have wholly, and those of other rules, do not stay open.
    @Test func onlyWholeUnitsOfTheSameRangeStayOpen() throws {
        let reservation = try GuestReservation()
        try write(to: [0, 20], reservation)
        reservation.tidy(keptUnitCountMax: 16)
        #expect(reservation.openUnits.map(\.number) == [20])
        try write(to: [21], reservation, rules: .riscZero)
        #expect(reservation.openUnits.isEmpty)
        reservation.tidy(keptUnitCountMax: 16)
        #expect(reservation.openUnits.map(\.number) == [21])
    }

    @Test func openUnitsCountUntilTheCapAndThenThereIsDoubt() throws {
        let reservation = try GuestReservation()
        try write(to: [20, 21, 22], reservation)
        reservation.tidy(keptUnitCountMax: 16)
        var memory = try memory(reservation, unitCountMax: 4)
        #expect(memory.touchedByteCount == 3 * Int(Self.unit))
        #expect(memory.doubtfulByteCount == 3 * Int(Self.unit))
        try memory.write(20 * Self.unit, [1].span)
        try memory.write(30 * Self.unit, [1].span)
        #expect(memory.touchedByteCount == 4 * Int(Self.unit))
        #expect(memory.doubtfulByteCount == 2 * Int(Self.unit))
        #expect(!reservation.isLastCapDoubtful)
        #expect(throws: GuestMemoryError.self) { try memory.write(31 * Self.unit, [1].span) }
        #expect(reservation.isLastCapDoubtful)
        // When all were written to there is none.
        memory.consume()
        reservation.tidy(keptUnitCountMax: 3)
        memory = try self.memory(reservation, unitCountMax: 3)
        #expect(!reservation.isLastCapDoubtful)
        for unit in reservation.openUnits {
            try memory.write(UInt32(unit.number) * Self.unit, [1].span)
        }
        #expect(memory.doubtfulByteCount == 0)
        #expect(throws: GuestMemoryError.self) { try memory.write(31 * Self.unit, [1].span) }
        #expect(!reservation.isLastCapDoubtful)
    }

    /// A write that a snapshot undoes leaves a unit unwritten; and what it undoes are the bytes that were
    /// there, not zeros.
    @Test func snapshotsOfOpenUnits() throws {
        let reservation = try GuestReservation()
        try write(to: [20, 21], reservation)
        reservation.tidy(keptUnitCountMax: 16)
        var memory = try memory(reservation)
        let (text, data) = (20 * Self.unit, 21 * Self.unit)
        // As translated code does it, unseen.
        unsafe memory.bytes.storeBytes(of: 0x55, toByteOffset: Int(text), as: UInt8.self)
        memory.takeSnapshot()
        try memory.write(text, [1].span)
        try memory.write(data, [1].span)
        #expect(memory.doubtfulByteCount == 2 * Int(Self.unit))
        memory.restoreSnapshot()
        #expect(try memory.read(text, byteCount: 1) == [0x55])
        #expect(try memory.read(data, byteCount: 1) == [0])
        #expect(memory.doubtfulByteCount == 2 * Int(Self.unit))
    }
}

extension GuestMemory {
    /// Ends it here.
    fileprivate consuming func consume() {}
}
