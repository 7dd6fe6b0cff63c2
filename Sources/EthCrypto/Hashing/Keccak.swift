/// The Keccak-f[1600] permutation (FIPS 202 section 3.3).
package enum Keccak {
    /// Applies the 24 rounds to the state: lane (x, y) of the standard is element x + 5y.
    package static func permute(_ state: inout InlineArray<25, UInt64>) {
        var lanes = KeccakLanes(
            row0: KeccakRow(state[0], state[1], state[2], state[3], state[4]),
            row1: KeccakRow(state[5], state[6], state[7], state[8], state[9]),
            row2: KeccakRow(state[10], state[11], state[12], state[13], state[14]),
            row3: KeccakRow(state[15], state[16], state[17], state[18], state[19]),
            row4: KeccakRow(state[20], state[21], state[22], state[23], state[24]))
        for round in 0..<24 {
            lanes = lanes.afterRound(constant: roundConstants[round])
        }
        lanes.row0.store(at: 0, in: &state)
        lanes.row1.store(at: 5, in: &state)
        lanes.row2.store(at: 10, in: &state)
        lanes.row3.store(at: 15, in: &state)
        lanes.row4.store(at: 20, in: &state)
    }

    /// The constants of the step iota (FIPS 202 section 3.2.5).
    private static let roundConstants: InlineArray<24, UInt64> = [
        0x0000_0000_0000_0001, 0x0000_0000_0000_8082, 0x8000_0000_0000_808a,
        0x8000_0000_8000_8000, 0x0000_0000_0000_808b, 0x0000_0000_8000_0001,
        0x8000_0000_8000_8081, 0x8000_0000_0000_8009, 0x0000_0000_0000_008a,
        0x0000_0000_0000_0088, 0x0000_0000_8000_8009, 0x0000_0000_8000_000a,
        0x0000_0000_8000_808b, 0x8000_0000_0000_008b, 0x8000_0000_0000_8089,
        0x8000_0000_0000_8003, 0x8000_0000_0000_8002, 0x8000_0000_0000_0080,
        0x0000_0000_0000_800a, 0x8000_0000_8000_000a, 0x8000_0000_8000_8081,
        0x8000_0000_0000_8080, 0x0000_0000_8000_0001, 0x8000_0000_8000_8008,
    ]
}

/// The five lanes of one y. Named fields, not an array: the optimiser keeps them in registers.
private struct KeccakRow {
    var x0: UInt64
    var x1: UInt64
    var x2: UInt64
    var x3: UInt64
    var x4: UInt64

    @inline(__always)
    init(_ x0: UInt64, _ x1: UInt64, _ x2: UInt64, _ x3: UInt64, _ x4: UInt64) {
        self.x0 = x0
        self.x1 = x1
        self.x2 = x2
        self.x3 = x3
        self.x4 = x4
    }

    @inline(__always)
    func store(at index: Int, in state: inout InlineArray<25, UInt64>) {
        state[index] = x0
        state[index + 1] = x1
        state[index + 2] = x2
        state[index + 3] = x3
        state[index + 4] = x4
    }

    @inline(__always)
    static func ^ (left: KeccakRow, right: KeccakRow) -> KeccakRow {
        KeccakRow(
            left.x0 ^ right.x0, left.x1 ^ right.x1, left.x2 ^ right.x2, left.x3 ^ right.x3,
            left.x4 ^ right.x4)
    }

    /// What the step theta mixes into each row, from the column parities in `self`.
    @inline(__always)
    var thetaEffect: KeccakRow {
        KeccakRow(
            x4 ^ x1.rotated(1), x0 ^ x2.rotated(1), x1 ^ x3.rotated(1), x2 ^ x4.rotated(1),
            x3 ^ x0.rotated(1))
    }

    /// The step chi, the only one that is not linear.
    @inline(__always)
    var afterChi: KeccakRow {
        KeccakRow(
            x0 ^ (~x1 & x2), x1 ^ (~x2 & x3), x2 ^ (~x3 & x4), x3 ^ (~x4 & x0), x4 ^ (~x0 & x1))
    }
}

/// All 25 lanes.
private struct KeccakLanes {
    var row0: KeccakRow
    var row1: KeccakRow
    var row2: KeccakRow
    var row3: KeccakRow
    var row4: KeccakRow

    /// Theta, rho and pi, chi, iota. Rho rotates each lane and pi moves it, so each line of new lanes
    /// reads one diagonal of the old ones with the offsets of FIPS 202 table 2.
    @inline(__always)
    func afterRound(constant: UInt64) -> KeccakLanes {
        let effect = (row0 ^ row1 ^ row2 ^ row3 ^ row4).thetaEffect
        let (a, b, c, d, e) =
            (row0 ^ effect, row1 ^ effect, row2 ^ effect, row3 ^ effect, row4 ^ effect)
        var next = KeccakLanes(
            row0: KeccakRow(
                a.x0, b.x1.rotated(44), c.x2.rotated(43), d.x3.rotated(21), e.x4.rotated(14)
            ).afterChi,
            row1: KeccakRow(
                a.x3.rotated(28), b.x4.rotated(20), c.x0.rotated(3), d.x1.rotated(45),
                e.x2.rotated(61)
            ).afterChi,
            row2: KeccakRow(
                a.x1.rotated(1), b.x2.rotated(6), c.x3.rotated(25), d.x4.rotated(8),
                e.x0.rotated(18)
            ).afterChi,
            row3: KeccakRow(
                a.x4.rotated(27), b.x0.rotated(36), c.x1.rotated(10), d.x2.rotated(15),
                e.x3.rotated(56)
            ).afterChi,
            row4: KeccakRow(
                a.x2.rotated(62), b.x3.rotated(55), c.x4.rotated(39), d.x0.rotated(41),
                e.x1.rotated(2)
            ).afterChi)
        next.row0.x0 ^= constant
        return next
    }
}

extension UInt64 {
    /// The value rotated left by 1 to 63 bits.
    @inline(__always)
    fileprivate func rotated(_ count: UInt64) -> UInt64 {
        self &<< count | self &>> (64 &- count)
    }
}
