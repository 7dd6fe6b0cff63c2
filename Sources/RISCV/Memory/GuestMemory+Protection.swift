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
        if units.count == 1, reservation.state(ofUnit: units.lowerBound) == UnitState.written {
            return .ready
        }
        for unit in units { notice(unit) }
        let untouched = units.filter { reservation.state(ofUnit: $0) == UnitState.closed }
        guard !untouched.isEmpty else { return .ready }
        guard hasRoom(for: untouched.count * RISCVLimits.unitByteCount) else { return .capReached }
        // The touched units between them may be written already: once more does no harm.
        guard reservation.protect(reservation.opened(units), TANDEM_ACCESS_READ_WRITE) else {
            return .hostRefused
        }
        for unit in untouched {
            reservation.setState(ofUnit: unit, to: UnitState.written)
            // There are 65,536 units.
            touchedUnits.append(UInt16(truncatingIfNeeded: unit))
        }
        return .ready
    }

    /// Whether so many more bytes may be written to. Where that is not sure, because units count that may
    /// not have been written to, the reservation is told.
    func hasRoom(for byteCount: Int) -> Bool {
        if byteCount <= byteCountMax - touchedByteCount - savedByteCount { return true }
        if openUnitCount > 0 { reservation.isLastCapDoubtful = true }
        return false
    }

    /// Leaves everything to `GuestReservation.tidy`.
    func close() {
        for page in knownPages { setState(of: Int(page), to: PageState.unknown) }
        reservation.leftUnits = touchedUnits
        reservation.isInUse = false
    }

    /// A unit is about to be written to by the host or the interpreter: if it was open, there is no doubt
    /// about it any more. What a snapshot may undo is no proof.
    private mutating func notice(_ unit: Int) {
        guard snapshot == nil, reservation.state(ofUnit: unit) == UnitState.open else { return }
        reservation.setState(ofUnit: unit, to: UnitState.written)
        openUnitCount -= 1
    }
}
