/// A row of calls, each with its operands so many bytes behind those of the call before, and how long the
/// row will be.
///
/// Guests that add many points do so along arrays: the pairs of one level of a sum of sums, then those of
/// the next, half as many; and the same again for the next sum. So the length of a row is told from that
/// of the row before: it is what came after a row of about that length the last time.
struct CallRun {
    /// Where the operands of a call are.
    struct Addresses: Equatable {
        var left: UInt32
        var right: UInt32

        /// Whether calls so far apart make a row: the sum is somewhere else each time.
        fileprivate var isStep: Bool { left != 0 }

        /// The distance from another call's.
        fileprivate func distance(from other: Addresses) -> Addresses {
            Addresses(left: left &- other.left, right: right &- other.right)
        }

        /// These, so many steps on.
        func moved(by count: Int, _ step: Addresses) -> Addresses {
            let factor = UInt32(truncatingIfNeeded: count)
            return Addresses(
                left: left &+ step.left &* factor, right: right &+ step.right &* factor)
        }
    }

    /// The distance between calls.
    private(set) var step = Addresses(left: 0, right: 0)

    private var last = Addresses(left: 0, right: 0)
    private var lastStep = Addresses(left: 0, right: 0)

    /// The calls of the row so far.
    private var length = 0

    /// What the row before told.
    private var expectedLength = 1
    private var classOfRowBefore = 0

    /// For each class of lengths, how long the row was that came after the last one of the class.
    private var lengthsAfter = InlineArray<8, Int>(repeating: 1)

    /// Takes note of a call, and says how many of its row are to come, itself among them, as far as that can
    /// be known: 1 to `countMax`; and how many calls the row left out in front of this one.
    mutating func note(
        _ call: Addresses, countMax: Int
    ) -> (countToCome: Int, leftOutCount: Int) {
        let distance = call.distance(from: last)
        let stepCount = distance.isStep ? stepCount(distance) : nil
        if let stepCount {
            length += stepCount
        } else if distance == lastStep, distance.isStep {
            // The third call at equal distances: those before were the first two of this row.
            step = distance
            length = 3
        } else {
            end()
        }
        (last, lastStep) = (call, distance)
        return (max(1, min(countMax, lengthToCome)), (stepCount ?? 1) - 1)
    }

    /// What is left of a row of the expected length, and a little more: sums in vain cost less than another
    /// inversion. A row that is longer still is hardly by more than an eighth, unless nothing was to be
    /// expected: then it may be as long again.
    private var lengthToCome: Int {
        let rest = expectedLength - length + 1
        if rest > 0 { return rest + expectedLength / 16 }
        return length < 2 * expectedLength ? expectedLength / 8 : length
    }

    /// The distance in steps, if it is a few.
    private func stepCount(_ distance: Addresses) -> Int? {
        var moved = Addresses(left: 0, right: 0)
        for count in 1...Self.stepCountMax {
            moved = moved.moved(by: 1, step)
            if moved == distance { return count }
        }
        return nil
    }

    /// How far a call may be from the one before it: guests leave out what needs no sum.
    private static let stepCountMax = 4

    /// The row is over, and another one begins.
    private mutating func end() {
        lengthsAfter[classOfRowBefore] = length
        classOfRowBefore = Self.classOfLength(length)
        expectedLength = lengthsAfter[classOfRowBefore]
        length = 1
    }

    /// Lengths of as many bits are of one class, and all above 63.
    private static func classOfLength(_ length: Int) -> Int {
        min(7, Int.bitWidth - length.leadingZeroBitCount)
    }
}
