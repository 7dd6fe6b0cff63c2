import CMachine

// What the system lets a guest's code do with each frame. Translated code does not compare addresses:
// an access that may not be, or that has to be looked at, faults.
//
// The frames that lie wholly in the guest's range can be read, and written once their unit was touched.
// A frame that lies partly in the range (an "edge") is closed while translated code runs; the host and
// the interpreter open it when they come there.

extension GuestMemory {
    /// Makes sure that the host can access a range that lies inside the guest's frames.
    func openEdges(for address: UInt32, byteCount: Int) {
        let open = openRange
        if Int(address) < open.lowerBound || Int(address) + byteCount > open.upperBound {
            reservation.openEdges()
        }
    }

    /// What became of units that are about to be written.
    enum Touch {
        case ready
        case capReached
        case hostRefused
    }

    /// Makes units ready to be written and counts them, all or none.
    mutating func touch(units: ClosedRange<Int>) -> Touch {
        // What a precompile writes is mostly there already.
        if units.count == 1, isTouched(units.lowerBound) { return .ready }
        let untouched = units.filter { !isTouched($0) }
        guard !untouched.isEmpty else { return .ready }
        let byteCount = untouched.count * RISCVLimits.unitByteCount
        guard byteCount <= byteCountMax - touchedByteCount - savedByteCount else {
            return .capReached
        }
        // The touched units between them may be written already: once more does no harm.
        guard reservation.protect(opened(units), TANDEM_ACCESS_READ_WRITE) else {
            return .hostRefused
        }
        for unit in untouched {
            setTouched(unit, true)
            // There are 65,536 units.
            touchedUnits.append(UInt16(truncatingIfNeeded: unit))
        }
        return .ready
    }

    /// Makes the units zero, gives their pages back and no longer counts them. False when the system
    /// refuses, which spoils the reservation.
    func forget(_ units: ArraySlice<UInt16>) -> Bool {
        let units = units.sorted().map(Int.init)
        var index = 0
        while index < units.count {
            var last = index
            while last + 1 < units.count, units[last + 1] == units[last] + 1 { last += 1 }
            for unit in units[index...last] { setTouched(unit, false) }
            guard forget(units[index]...units[last]) else { return false }
            index = last + 1
        }
        return true
    }

    /// Gives everything back.
    func close() {
        for page in knownPages { setState(of: Int(page), to: PageState.unknown) }
        // A refusal spoils the reservation, which then is not used again.
        _ = forget(touchedUnits[...])
        reservation.isInUse = false
    }

    private func forget(_ units: ClosedRange<Int>) -> Bool {
        let shift = RISCVLimits.unitShift
        return reservation.discard(units.lowerBound << shift..<(units.upperBound + 1) << shift)
            && reservation.protect(opened(units), TANDEM_ACCESS_READ)
    }

    /// The part of the units that the guest's code may access.
    private func opened(_ units: ClosedRange<Int>) -> Range<Int> {
        let shift = RISCVLimits.unitShift
        return (units.lowerBound << shift..<(units.upperBound + 1) << shift).clamped(
            to: reservation.openRange)
    }

    private func isTouched(_ unit: Int) -> Bool {
        // Callers pass address >> unitShift of a 32-bit address; there is a state for each.
        unsafe reservation.unitStates.load(fromByteOffset: unit, as: Bool.self)
    }

    private func setTouched(_ unit: Int, _ isTouched: Bool) {
        // As in `isTouched`.
        unsafe reservation.unitStates.storeBytes(of: isTouched, toByteOffset: unit, as: Bool.self)
    }
}
