/// Runs BIGINT2 programs. Keeps its storage between runs.
struct BigIntegerInterpreter {
    /// The work of the run so far, about one for each product of two limbs.
    private(set) var work: UInt64 = 0

    private var store = IntegerStore()
    private var results: [IntegerStore.Value] = []
    private var lastDivision: Division?

    /// Programs take the quotient and the remainder of the same numbers one after the other.
    private struct Division {
        let a: Int
        let b: Int
        let quotient: IntegerStore.Value
        let remainder: IntegerStore.Value
    }

    /// Runs a program to its end. Its stores have happened when an error is thrown, up to that point.
    ///
    /// - Parameter workMax: how much work it may take.
    mutating func run<Memory: BigIntegerMemory & ~Copyable>(
        _ program: BigIntegerProgram, _ memory: inout Memory, workMax: UInt64
    ) throws(GuestStop) {
        store.removeAll()
        results.removeAll(keepingCapacity: true)
        lastDivision = nil
        work = UInt64(program.operationCount)
        for index in 0..<program.operationCount {
            let operation = try program.operation(index)
            let result = try perform(operation, program, &memory)
            results.append(result)
            guard work <= workMax else { throw .tooMuchHostWork }
        }
    }

    private mutating func perform<Memory: BigIntegerMemory & ~Copyable>(
        _ operation: BigIntegerProgram.Operation, _ program: BigIntegerProgram,
        _ memory: inout Memory
    ) throws(GuestStop) -> IntegerStore.Value {
        switch operation.code {
        case .constant: return try constant(operation, program)
        case .load:
            let byteCount = try program.byteCount(ofType: operation.type)
            return try load(operation, byteCount, &memory)
        case .store:
            let byteCount = try program.byteCount(ofType: operation.type)
            try store(operation, byteCount, program, &memory)
            return .zero
        default:
            let (a, b) = (try operand(operation.a), try operand(operation.b))
            return try compute(operation, a, b)
        }
    }

    private mutating func compute(
        _ operation: BigIntegerProgram.Operation, _ a: IntegerStore.Value, _ b: IntegerStore.Value
    ) throws(GuestStop) -> IntegerStore.Value {
        // At most 2^16 limbs each.
        work += UInt64(8 + a.count + b.count)
        switch operation.code {
        case .add: return try store.add(a, b)
        case .subtract: return try store.subtract(a, b)
        case .multiply:
            work += UInt64(a.count * b.count)
            return try store.multiply(a, b)
        case .remainder: return try divide(operation, a, b).remainder
        case .quotient: return try divide(operation, a, b).quotient
        case .inverse: return try invert(a, b)
        case .constant, .load, .store: return .zero
        }
    }

    /// The result of an earlier operation; that of a store is zero.
    private func operand(_ index: Int) throws(GuestStop) -> IntegerStore.Value {
        guard index < results.count else {
            throw BigIntegerProgram.wrong(
                "operation \(results.count) uses the result of operation \(index)")
        }
        return results[index]
    }
}

extension BigIntegerInterpreter {
    private mutating func constant(
        _ operation: BigIntegerProgram.Operation, _ program: BigIntegerProgram
    ) throws(GuestStop) -> IntegerStore.Value {
        work += UInt64(operation.b)
        return try store.insert(count: operation.b) { limbs throws(GuestStop) in
            try program.copyConstants(from: operation.a, to: &limbs)
        }
    }

    private mutating func load<Memory: BigIntegerMemory & ~Copyable>(
        _ operation: BigIntegerProgram.Operation, _ byteCount: Int, _ memory: inout Memory
    ) throws(GuestStop) -> IntegerStore.Value {
        work += UInt64(8 + byteCount / 8)
        return try store.insert(count: byteCount / 8) { limbs throws(GuestStop) in
            try memory.load(
                arena: operation.arena, byteOffset: operation.byteOffset, into: &limbs)
        }
    }

    /// A store may name the result of a later operation, which is zero as yet.
    private mutating func store<Memory: BigIntegerMemory & ~Copyable>(
        _ operation: BigIntegerProgram.Operation, _ byteCount: Int,
        _ program: BigIntegerProgram, _ memory: inout Memory
    ) throws(GuestStop) {
        work += UInt64(8 + byteCount / 8)
        guard operation.b < program.operationCount else {
            throw BigIntegerProgram.wrong(
                "operation \(results.count) stores the result of operation \(operation.b)")
        }
        let value = operation.b < results.count ? results[operation.b] : .zero
        guard !value.isNegative else {
            throw BigIntegerProgram.wrong("operation \(results.count) stores a negative number")
        }
        guard value.count * 8 <= byteCount else {
            throw BigIntegerProgram.wrong(
                "operation \(results.count) stores \(value.count * 8) bytes in \(byteCount)")
        }
        try store.withMagnitude(value, count: byteCount / 8) { limbs throws(GuestStop) in
            try memory.store(
                arena: operation.arena, byteOffset: operation.byteOffset, limbs)
        }
    }

    private mutating func divide(
        _ operation: BigIntegerProgram.Operation, _ a: IntegerStore.Value, _ b: IntegerStore.Value
    ) throws(GuestStop) -> Division {
        if let last = lastDivision, last.a == operation.a, last.b == operation.b { return last }
        guard !b.isZero else {
            throw BigIntegerProgram.wrong("operation \(results.count) divides by zero")
        }
        work += UInt64(max(0, a.count - b.count + 1) * b.count)
        let (quotient, remainder) = try store.divide(a, b)
        let division = Division(
            a: operation.a, b: operation.b, quotient: quotient, remainder: remainder)
        lastDivision = division
        return division
    }

    private mutating func invert(
        _ a: IntegerStore.Value, _ b: IntegerStore.Value
    ) throws(GuestStop) -> IntegerStore.Value {
        guard !b.isZero else {
            throw BigIntegerProgram.wrong("operation \(results.count) divides by zero")
        }
        // A division, and two rounds of Lehmer's algorithm for each limb.
        work += UInt64(max(0, a.count - b.count + 1) * b.count + b.count * (600 + 16 * b.count))
        guard let inverse = try store.invert(a, b) else {
            throw BigIntegerProgram.wrong(
                "operation \(results.count) inverts a number that has no inverse")
        }
        return inverse
    }
}
