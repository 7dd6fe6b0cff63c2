/// The Huffman code of HPACK (RFC 7541 section 5.2 and appendix B).
///
/// The code is canonical: codes of one length are consecutive and in the order of their symbols, so
/// the lengths determine all of it.
struct HPACKHuffman: Sendable {
    /// The one instance; tables are built on first use.
    static let shared = HPACKHuffman()

    private static let endOfString = 256
    private static let lengthMax = 30

    /// By symbol: the code in the low bits.
    private let codes: [UInt32]

    /// By the next 8 bits: `length << 8 | symbol` for codes of at most 8 bits, else 0.
    private let shortCodes: [UInt16]

    /// The symbols in the order of their codes.
    private let symbolsInOrder: [UInt16]

    /// By length: the first code, left-aligned in 32 bits; the first code of a longer length; and the
    /// place of the first code's symbol in `symbolsInOrder`.
    private let firstCode: [UInt64]
    private let limitCode: [UInt64]
    private let firstPlace: [Int]

    private init() {
        let lengths = Self.lengths
        let order = lengths.indices.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
        var codes = [UInt32](repeating: 0, count: lengths.count)
        var short = [UInt16](repeating: 0, count: 256)
        var first = [UInt64](repeating: 0, count: Self.lengthMax + 1)
        var limit = first
        var place = [Int](repeating: 0, count: Self.lengthMax + 1)
        var next: UInt64 = 0
        for (index, symbol) in order.enumerated() {
            let length = Int(lengths[symbol])
            codes[symbol] = UInt32(next >> (32 - length))
            if limit[length] == 0 { (first[length], place[length]) = (next, index) }
            if length <= 8 {
                let start = Int(next >> 24)
                for slot in start..<start + 1 << (8 - length) {
                    short[slot] = UInt16(length) << 8 | UInt16(symbol)
                }
            }
            next += 1 << (32 - length)
            limit[length] = next
        }
        self.codes = codes
        shortCodes = short
        symbolsInOrder = order.map { UInt16($0) }
        (firstCode, limitCode, firstPlace) = (first, limit, place)
    }

    /// How many bytes `text` takes when coded.
    func codedByteCount(_ text: Span<UInt8>) -> Int {
        let lengths = Self.lengths
        var bitCount = 7
        for index in text.indices { bitCount += Int(lengths[Int(text[index])]) }
        return bitCount / 8
    }

    /// Appends `text`, coded and padded with ones.
    func encode(_ text: Span<UInt8>, to output: inout [UInt8]) {
        let lengths = Self.lengths
        var bits: UInt64 = 0
        var bitCount = 0
        for index in text.indices {
            let symbol = Int(text[index])
            bits = bits << lengths[symbol] | UInt64(codes[symbol])
            bitCount += Int(lengths[symbol])
            // At most 7 bits stay, so 37 are in use at most.
            while bitCount >= 8 {
                bitCount -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> bitCount))
            }
        }
        guard bitCount > 0 else { return }
        output.append(UInt8(truncatingIfNeeded: bits << (8 - bitCount) | 0xff >> bitCount))
    }

    /// Appends the text that `coded` spells. Throws on the end-of-string symbol and on padding that is
    /// longer than 7 bits or not all ones.
    func decode(_ coded: Span<UInt8>, to output: inout [UInt8]) throws(HPACKError) {
        var bits: UInt64 = 0  // The undecoded bits, left-aligned.
        var bitCount = 0
        var index = 0
        while true {
            while bitCount <= 56, index < coded.count {
                bits |= UInt64(coded[index]) << (56 - bitCount)
                bitCount += 8
                index += 1
            }
            let (symbol, length) = nextSymbol(bits >> 32)
            guard length <= bitCount else { break }
            guard symbol != Self.endOfString else { throw .huffman }
            output.append(UInt8(truncatingIfNeeded: symbol))
            bits <<= UInt64(length)
            bitCount -= length
        }
        let padding = UInt64.max << (64 - UInt64(bitCount))
        guard bitCount < 8, bitCount == 0 || bits == padding else { throw .huffman }
    }

    /// The symbol at the start of 32 bits, and the length of its code.
    private func nextSymbol(_ window: UInt64) -> (symbol: Int, length: Int) {
        let short = shortCodes[Int(window >> 24)]
        if short != 0 { return (Int(short & 0xff), Int(short >> 8)) }
        var length = 10
        while length < Self.lengthMax, window >= limitCode[length] { length += 1 }
        let place = firstPlace[length] + Int((window - firstCode[length]) >> UInt64(32 - length))
        return (Int(symbolsInOrder[min(place, Self.endOfString)]), length)
    }

    /// The length of each symbol's code in bits (RFC 7541 appendix B); the last is end-of-string.
    private static let lengths: [UInt8] = [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
        28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
        5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
        7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
        6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
        24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
        21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
        19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
        26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ]
}
