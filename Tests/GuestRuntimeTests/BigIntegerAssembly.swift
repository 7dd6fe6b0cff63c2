import Bytes

/// Puts programs for BIGINT2 together, operation by operation.
struct BigIntegerAssembly {
    private var types: [UInt64] = []
    private var constants: [UInt64] = []
    private var operations: [UInt64] = []

    /// The index of the next operation.
    var count: Int { operations.count }

    /// Any operation; returns the index of its result.
    @discardableResult
    mutating func operation(_ code: UInt64, type: Int = 0, _ a: Int, _ b: Int) -> Int {
        operations.append(code | UInt64(type) << 4 | UInt64(a) << 16 | UInt64(b) << 40)
        return operations.count - 1
    }

    /// A type of integers of so many bytes; returns its index.
    mutating func type(byteCount: UInt64) -> Int {
        types.append(byteCount)
        return types.count - 1
    }

    mutating func constant(_ limbs: [UInt64]) -> Int {
        constants += limbs
        return operation(2, constants.count - limbs.count, limbs.count)
    }

    mutating func load(_ type: Int, arena: Int, offset: Int = 0) -> Int {
        operation(3, type: type, arena << 16 | offset, 0)
    }

    mutating func store(_ value: Int, _ type: Int, arena: Int, offset: Int = 0) {
        operation(4, type: type, arena << 16 | offset, value)
    }

    mutating func add(_ a: Int, _ b: Int) -> Int { operation(8, a, b) }
    mutating func subtract(_ a: Int, _ b: Int) -> Int { operation(9, a, b) }
    mutating func multiply(_ a: Int, _ b: Int) -> Int { operation(10, a, b) }
    mutating func remainder(_ a: Int, _ b: Int) -> Int { operation(11, a, b) }
    mutating func quotient(_ a: Int, _ b: Int) -> Int { operation(12, a, b) }
    mutating func inverse(_ a: Int, _ b: Int) -> Int { operation(14, a, b) }

    /// `a * b` modulo `n`; the quotient is computed as well, as programs do that a verifier checks.
    mutating func multiply(_ a: Int, _ b: Int, modulo n: Int) -> Int {
        let product = multiply(a, b)
        _ = quotient(product, n)
        return remainder(product, n)
    }

    /// The program's bytes, with an input that only a prover looks at.
    func bytes() -> [UInt8] {
        var bytes = Array("bibc".utf8)
        for count in [1, 1, types.count, constants.count, operations.count] {
            bytes.append(littleEndian: UInt32(count))
        }
        bytes += [UInt8](repeating: 0xee, count: 16)
        for type in types {
            bytes.append(littleEndian: type)
            bytes += [UInt8](repeating: 0xdd, count: 24)
        }
        for constant in constants { bytes.append(littleEndian: constant) }
        for operation in operations { bytes.append(littleEndian: operation) }
        return bytes
    }
}

// Programs of the kinds that published libraries have.
extension BigIntegerAssembly {
    /// Factors in arenas 11 and 12, modulus in 13, result to 14.
    static func modularProduct(byteCount: UInt64) -> BigIntegerAssembly {
        var program = BigIntegerAssembly()
        let type = program.type(byteCount: byteCount)
        let (a, b) = (program.load(type, arena: 11), program.load(type, arena: 12))
        let n = program.load(type, arena: 13)
        program.store(program.multiply(a, b, modulo: n), type, arena: 14)
        return program
    }

    /// Base in arena 11, modulus in 12, the base to the power of 65537 to 13.
    static func power65537(byteCount: UInt64) -> BigIntegerAssembly {
        var program = BigIntegerAssembly()
        let type = program.type(byteCount: byteCount)
        let (base, n) = (program.load(type, arena: 11), program.load(type, arena: 12))
        var power = base
        for _ in 0..<16 { power = program.multiply(power, power, modulo: n) }
        program.store(program.multiply(power, base, modulo: n), type, arena: 13)
        return program
    }

    /// Points x, y in arenas 11 and 12, their sum to 13. The prime is a constant of four limbs.
    static func pointAddition(prime: [UInt64]) -> BigIntegerAssembly {
        var program = BigIntegerAssembly()
        let type = program.type(byteCount: 32)
        let p = program.constant(prime)
        let (x1, y1) = (program.load(type, arena: 11), program.load(type, arena: 11, offset: 2))
        let (x2, y2) = (program.load(type, arena: 12), program.load(type, arena: 12, offset: 2))
        // Differences get the prime added, so that they are not negative.
        let rise = program.add(program.subtract(y2, y1), p)
        let run = program.add(program.subtract(x2, x1), p)
        let slope = program.multiply(rise, program.inverse(run, p), modulo: p)
        let square = program.multiply(slope, slope)
        let twoPrimes = program.add(p, p)
        let x3 = program.remainder(
            program.subtract(program.add(square, twoPrimes), program.add(x1, x2)), p)
        let back = program.add(program.subtract(x1, x3), p)
        let product = program.multiply(slope, back)
        let y3 = program.remainder(program.subtract(program.add(product, p), y1), p)
        program.store(x3, type, arena: 13)
        program.store(y3, type, arena: 13, offset: 2)
        return program
    }
}
