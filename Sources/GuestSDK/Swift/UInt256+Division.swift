extension UInt256 {
    /// Quotient and remainder. A divisor of zero stops the program.
    public func quotientAndRemainder(
        dividingBy divisor: UInt256
    ) -> (quotient: UInt256, remainder: UInt256) {
        guard self >= divisor else { return (.zero, self) }
        let width = (divisor.bitWidth + 31) / 32
        switch width {
        case 0: Program.fail("division by zero")
        case 1: return divided(byWord: divisor.limbs[0])
        default: return divided(by: divisor, width: width)
        }
    }

    public static func / (left: UInt256, right: UInt256) -> UInt256 {
        left.quotientAndRemainder(dividingBy: right).quotient
    }

    public static func % (left: UInt256, right: UInt256) -> UInt256 {
        left.quotientAndRemainder(dividingBy: right).remainder
    }

    private func divided(byWord divisor: UInt32) -> (quotient: UInt256, remainder: UInt256) {
        var quotient = UInt256.zero
        var rest: UInt64 = 0
        var index = UInt256.limbCount - 1
        while index >= 0 {
            let part = rest << 32 | UInt64(limbs[index])
            quotient.limbs[index] = UInt32(truncatingIfNeeded: part / UInt64(divisor))
            rest = part % UInt64(divisor)
            index -= 1
        }
        return (quotient, UInt256(rest))
    }

    /// Knuth, volume 2, 4.3.1, algorithm D, for a divisor of two or more words.
    private func divided(
        by divisor: UInt256, width: Int
    ) -> (quotient: UInt256, remainder: UInt256) {
        let shift = divisor.limbs[width - 1].leadingZeroBitCount
        let scaled = divisor << shift
        var rest = self << shift
        // The word that the shift pushes out at the top.
        var top = shift == 0 ? 0 : limbs[UInt256.limbCount - 1] >> UInt32(32 - shift)
        var quotient = UInt256.zero
        var place = UInt256.limbCount - width
        while place >= 0 {
            var digit = UInt256.digit(top, rest, scaled, place: place, width: width)
            let borrow = rest.subtract(scaled, times: digit, place: place, width: width)
            if top < borrow {
                digit -= 1
                rest.add(scaled, place: place, width: width)
            }
            quotient.limbs[place] = digit
            top = rest.limbs[place + width - 1]
            // The word is the top of the next step, and no longer part of what remains.
            if place > 0 { rest.limbs[place + width - 1] = 0 }
            place -= 1
        }
        return (quotient, rest >> shift)
    }

    /// The quotient's word at `place`, exact or one too great (steps D3).
    private static func digit(
        _ top: UInt32, _ rest: UInt256, _ divisor: UInt256, place: Int, width: Int
    ) -> UInt32 {
        let leading = UInt64(divisor.limbs[width - 1])
        let part = UInt64(top) << 32 | UInt64(rest.limbs[place + width - 1])
        var digit = part / leading
        var left = part % leading
        while digit >> 32 != 0
            || digit &* UInt64(divisor.limbs[width - 2])
                > left << 32 | UInt64(rest.limbs[place + width - 2])
        {
            digit -= 1
            left += leading
            if left >> 32 != 0 { break }
        }
        return UInt32(truncatingIfNeeded: digit)
    }

    /// Takes `divisor × digit` from the words at `place` on (step D4); what they lack is returned.
    private mutating func subtract(
        _ divisor: UInt256, times digit: UInt32, place: Int, width: Int
    ) -> UInt32 {
        var carry: UInt64 = 0
        for index in 0..<width {
            // At most (2^32 - 1)^2 + 2^32 < 2^64.
            carry &+= UInt64(divisor.limbs[index]) &* UInt64(digit)
            let (difference, borrow) = limbs[place + index]
                .subtractingReportingOverflow(UInt32(truncatingIfNeeded: carry))
            limbs[place + index] = difference
            carry = carry >> 32 &+ (borrow ? 1 : 0)
        }
        return UInt32(truncatingIfNeeded: carry)
    }

    /// Adds `divisor` back at `place` (step D6); the carry out cancels the borrow.
    private mutating func add(_ divisor: UInt256, place: Int, width: Int) {
        var carry: UInt64 = 0
        for index in 0..<width {
            carry &+= UInt64(limbs[place + index]) &+ UInt64(divisor.limbs[index])
            limbs[place + index] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
    }
}
