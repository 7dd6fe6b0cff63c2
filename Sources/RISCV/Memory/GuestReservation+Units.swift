import CMachine

// The units of memory that guests write to: cleared behind each guest, and some of them left open for the
// next, because guests of one program write to the same few. That saves three system calls and a fault for
// each such unit, microseconds, in every run.

extension GuestReservation {
    /// Makes all that the last guest wrote zero, and leaves the first units that it wrote to open for the
    /// next, as many as are wanted. To be called when the guest's outcome is on its way: it takes about a
    /// microsecond for each of those units. Does nothing when all is tidy.
    package func tidy(keptUnitCountMax: Int) {
        guard !leftUnits.isEmpty, !isSpoiled else { return }
        precondition(!isInUse, "the guest is gone")
        var kept: [OpenUnit] = []
        var given: [UInt16] = []
        for (index, unit) in leftUnits.enumerated() {
            let canStay = kept.count < keptUnitCountMax && isWhollyOpen(unit)
            if canStay, let unit = cleared(unit, at: index) {
                kept.append(unit)
            } else {
                given.append(unit)
            }
        }
        leftUnits.removeAll(keepingCapacity: true)
        openUnits = kept
        // A refusal spoils the reservation, which then is not used again.
        _ = close(units: given[...])
    }

    /// Closes the units that are open for the next guest. False when the system refuses.
    package func closeUnits() -> Bool {
        let numbers = openUnits.map(\.number)
        openUnits = []
        return close(units: numbers[...])
    }

    /// Makes the units zero, gives their pages back and makes writes to them fault. False when the system
    /// refuses.
    func close(units: ArraySlice<UInt16>) -> Bool {
        let units = units.sorted().map(Int.init)
        var index = 0
        while index < units.count {
            var last = index
            while last + 1 < units.count, units[last + 1] == units[last] + 1 { last += 1 }
            for unit in units[index...last] {
                setState(ofUnit: unit, to: GuestMemory.UnitState.closed)
            }
            guard close(units[index]...units[last]) else { return false }
            index = last + 1
        }
        return true
    }

    /// The part of the units that the guest's code may access.
    func opened(_ units: ClosedRange<Int>) -> Range<Int> {
        Self.bytes(of: units).clamped(to: openRange)
    }

    /// The state of a unit: `GuestMemory.UnitState`.
    func state(ofUnit unit: Int) -> UInt8 {
        // Callers pass address >> unitShift of a 32-bit address; there is a state for each.
        unsafe unitStates.load(fromByteOffset: unit, as: UInt8.self)
    }

    /// Sets the state of a unit.
    func setState(ofUnit unit: Int, to state: UInt8) {
        // As in `state(ofUnit:)`.
        unsafe unitStates.storeBytes(of: state, toByteOffset: unit, as: UInt8.self)
    }

    /// Makes a unit zero that may be written to; nil when it has been idle for so long that it is better
    /// closed. `index` is its place in `leftUnits`.
    private func cleared(_ unit: UInt16, at index: Int) -> OpenUnit? {
        let number = Int(unit)
        let start = number << RISCVLimits.unitShift
        // The unit lies in `openRange` and is open: it can be read and written.
        let hadTraces =
            unsafe tandem_clear(bytes + start, RISCVLimits.unitByteCount) != 0
        let wasWritten = hadTraces || state(ofUnit: number) == GuestMemory.UnitState.written
        let idleCount = wasWritten ? 0 : openUnits[index].idleCount + 1
        guard idleCount <= RISCVLimits.idleUnitRunCountMax else { return nil }
        setState(ofUnit: number, to: GuestMemory.UnitState.closed)
        return OpenUnit(number: unit, idleCount: idleCount)
    }

    private func isWhollyOpen(_ unit: UInt16) -> Bool {
        let bytes = Self.bytes(of: Int(unit)...Int(unit))
        return bytes.clamped(to: openRange) == bytes
    }

    private func close(_ units: ClosedRange<Int>) -> Bool {
        discard(Self.bytes(of: units)) && protect(opened(units), TANDEM_ACCESS_READ)
    }

    private static func bytes(of units: ClosedRange<Int>) -> Range<Int> {
        units.lowerBound << RISCVLimits.unitShift..<(units.upperBound + 1) << RISCVLimits.unitShift
    }
}
