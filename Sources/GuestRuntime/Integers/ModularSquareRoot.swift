/// Square roots modulo a number that should be a prime, by SP1's rules, which say which of the two roots it
/// is and what comes out when the number is no prime.
struct ModularSquareRoot {
    private var ring: ModularRing

    /// The modulus less one.
    private let predecessor: [UInt64]

    /// That is an odd number times this power of two.
    private let twos: Int

    /// Roots modulo a number above one without leading zeros.
    init(modulo modulus: [UInt64]) {
        ring = ModularRing(modulus)
        var predecessor = modulus
        var index = 0
        while predecessor[index] == 0 {
            predecessor[index] = .max
            index += 1
        }
        predecessor[index] -= 1
        self.predecessor = predecessor
        // Not all limbs are zero, as the modulus is above one.
        let zeros = predecessor.prefix { $0 == 0 }.count
        twos = 64 * zeros + predecessor[zeros].trailingZeroBitCount
    }

    /// The root of a number that is not zero and below the modulus; nil when there is none.
    ///
    /// - Parameter nonResidue: a number that has no root.
    mutating func root(
        of number: [UInt64], nonResidue: [UInt64]
    ) throws(GuestStop) -> [UInt64]? {
        let element = ring.element(number)
        let root = twos == 1 ? simpleRoot(element) : try longRoot(element, nonResidue)
        return root.map { ring.number($0) }
    }

    /// The product of two numbers modulo the modulus.
    mutating func product(_ left: [UInt64], _ right: [UInt64]) -> [UInt64] {
        var product = ring.element(left)
        ring.multiply(&product, by: ring.element(right))
        return ring.number(product)
    }

    /// The work of one root at most, in products of limbs.
    var work: UInt64 {
        // Three powers, and for each of the remaining powers of two all the squarings below it.
        ring.work(multiplications: 3 * ring.multiplicationsOfPower + twos * (twos + 8) / 2 + 8)
    }

    /// Modulo a number that leaves 3 when divided by 4: a power of the number, if any is.
    private mutating func simpleRoot(_ element: ModularRing.Element) -> ModularRing.Element? {
        // A quarter of the modulus, rounded up.
        let root = ring.power(element, shifted(by: 2, adding: 1))
        var square = root
        ring.square(&square)
        return square == element ? root : nil
    }

    /// The algorithm of A. Tonelli and D. Shanks.
    private mutating func longRoot(
        _ element: ModularRing.Element, _ nonResidue: [UInt64]
    ) throws(GuestStop) -> ModularRing.Element? {
        guard element.contains(where: { $0 != 0 }) else { throw .invalid("a square root of zero") }
        guard ring.power(element, shifted(by: 1, adding: 0)) == ring.one else { return nil }
        let odd = shifted(by: twos, adding: 0)
        var generator = ring.power(ring.element(nonResidue), odd)
        // Half of the odd number, rounded up.
        var root = ring.power(element, shifted(by: twos + 1, adding: 1))
        var rest = ring.power(element, odd)
        var order = twos
        while rest != ring.one {
            guard let next = self.order(of: rest, below: order) else {
                // SP1 would not come to an end here.
                guard twos > 0 else { throw .invalid("a square root modulo an even number") }
                return nil
            }
            for _ in 0..<order - next - 1 { ring.square(&generator) }
            ring.multiply(&root, by: generator)
            ring.square(&generator)
            ring.multiply(&rest, by: generator)
            // Smaller each time, so that this ends for every modulus.
            order = next
        }
        return root
    }

    /// How many squarings make an element one; nil when it is not less than `limit`.
    private mutating func order(of element: ModularRing.Element, below limit: Int) -> Int? {
        var power = element
        var count = 0
        while power != ring.one {
            ring.square(&power)
            count += 1
            guard count < limit else { return nil }
        }
        return count
    }

    /// The modulus less one without its lowest bits, and then something more.
    private func shifted(by bitCount: Int, adding added: UInt64) -> [UInt64] {
        var result = Array(predecessor.dropFirst(bitCount / 64)) + [0]
        var span = result.mutableSpan
        Limbs.shiftRight(&span, count: span.count, by: bitCount % 64)
        var carry = added
        for index in 0..<span.count {
            let (sum, overflow) = span[index].addingReportingOverflow(carry)
            span[index] = sum
            carry = overflow ? 1 : 0
        }
        return result
    }
}
