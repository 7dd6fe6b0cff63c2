import Bytes

/// A program for BIGINT2 in RISC Zero's bytecode "bibc", version 1 (reference/zkvm.md 1.4). All integers of
/// the file are little-endian.
///
///     "bibc", version, how many inputs, types, constants, operations     6 words of 32 bits
///     inputs                                                             16 bytes each, for a prover
///     types                                                              32 bytes each
///     constants                                                          8 bytes each
///     operations                                                         8 bytes each
struct BigIntegerProgram {
    /// What an operation does with its operands a and b. Integers are the results of earlier operations,
    /// named by their index.
    enum Code: UInt64 {
        /// b limbs of the constants from a on.
        case constant = 2
        /// Bytes of memory: a names the arena and the place.
        case load = 3
        /// Integer b goes to memory at a.
        case store = 4
        /// a + b.
        case add = 8
        /// a - b.
        case subtract = 9
        /// a * b.
        case multiply = 10
        /// The remainder of a / b, with the sign of a.
        case remainder = 11
        /// The quotient of a / b, truncated.
        case quotient = 12
        /// The inverse of |a| modulo |b|.
        case inverse = 14
    }

    /// One operation.
    struct Operation {
        let code: Code
        /// The index of the result's type.
        let type: Int
        let a: Int
        let b: Int

        /// The register that holds the start of the memory that a load or store is about.
        var arena: Int { a >> 16 }

        /// The place behind that start.
        var byteOffset: UInt64 { UInt64(a & 0xffff) * 16 }
    }

    /// How many operations there are.
    let operationCount: Int

    private let bytes: [UInt8]
    private let typeCount: Int
    private let constantCount: Int
    private let typeStart: Int
    private let constantStart: Int
    private let operationStart: Int

    /// Checks the header and the lengths. Any bytes may be given; those behind the program are ignored.
    init(parsing bytes: [UInt8]) throws(GuestStop) {
        guard bytes.count >= 24 else { throw Self.wrong("it has less bytes than a header") }
        let words = (0..<6).map { bytes.span.littleEndianUInt32(at: 4 * $0) }
        guard words[0] == 0x6362_6962 else { throw Self.wrong("it does not start with bibc") }
        guard words[1] == 1 else { throw Self.wrong("its version is \(words[1]), not 1") }
        // Each count is below 2^32, so that the sums are below 2^40.
        let counts = words.map { Int($0) }
        typeStart = 24 + 16 * counts[2]
        constantStart = typeStart + 32 * counts[3]
        operationStart = constantStart + 8 * counts[4]
        guard operationStart + 8 * counts[5] <= bytes.count else {
            throw Self.wrong("it ends before its \(counts[5]) operations do")
        }
        (typeCount, constantCount, operationCount) = (counts[3], counts[4], counts[5])
        self.bytes = bytes
    }

    /// The operation at an index below the count.
    func operation(_ index: Int) throws(GuestStop) -> Operation {
        let bits = bytes.span.littleEndianUInt64(at: operationStart + 8 * index)
        guard let code = Code(rawValue: bits & 15) else {
            throw Self.wrong("operation \(index) has the unknown code \(bits & 15)")
        }
        // Fields of 12 and 24 bits.
        return Operation(
            code: code, type: Int(bits >> 4 & 0xfff), a: Int(bits >> 16 & 0xff_ffff),
            b: Int(bits >> 40))
    }

    /// How many bytes an integer of a type takes in memory, always whole groups of 16.
    func byteCount(ofType type: Int) throws(GuestStop) -> Int {
        guard type < typeCount else {
            throw Self.wrong("it names type \(type) of \(typeCount)")
        }
        let coefficients = bytes.span.littleEndianUInt64(at: typeStart + 32 * type)
        guard coefficients <= UInt64(GuestRuntimeLimits.bigIntegerLimbCountMax * 8 - 15) else {
            throw Self.wrong("it has integers of \(coefficients) bytes")
        }
        return (Int(coefficients) + 15) & ~15
    }

    /// Copies limbs of the constants.
    func copyConstants(
        from start: Int, to limbs: inout MutableSpan<UInt64>
    ) throws(GuestStop) {
        // Both are below 2^24. No limbs may come from anywhere.
        guard limbs.count == 0 || start + limbs.count <= constantCount else {
            throw Self.wrong("it names constant \(start + limbs.count - 1) of \(constantCount)")
        }
        for index in 0..<limbs.count {
            limbs[index] = bytes.span.littleEndianUInt64(at: constantStart + 8 * (start + index))
        }
    }

    /// The failure of a program that cannot be run.
    static func wrong(_ reason: String) -> GuestStop { .invalid("BIGINT2 program: \(reason)") }
}
