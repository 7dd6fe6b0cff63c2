import Bytes

/// The text of a program, decoded ahead of time, with what it costs to run from each instruction to
/// the end of its block.
package struct CodeImage: Sendable {
    /// The cost of the instructions from one to the end of its block.
    package struct Cost: Hashable, Sendable {
        package let cycles: UInt32
        package let instructionCount: UInt32
    }

    /// The address of the first instruction.
    package let base: UInt32

    /// The instructions in the order of their addresses, and `.end` after the last.
    package let instructions: [DecodedInstruction]

    /// One for each element of `instructions`.
    package let costs: [Cost]

    /// The cycles of each instruction.
    package let model: CycleModel

    /// How many bytes the instructions cover.
    package var byteCount: UInt32 { UInt32(instructions.count - 1) * 4 }

    /// The text of `image`.
    ///
    /// - Throws: `ELFError` when the text is fixed and a word of it is not an instruction.
    package init(_ image: ELFImage, model: CycleModel, rules: ELFRules) throws(ELFError) {
        base = image.text.lowerBound
        self.model = model
        let (instructions, isWhole) = Self.decode(image)
        costs = Self.costs(instructions.span, model)
        self.instructions = instructions
        if rules.textIsFixed, !isWhole { try checkDecodable() }
    }

    /// The instructions of the text, where no chunk is those of zeros, and the end; and whether all of them
    /// are instructions.
    private static func decode(
        _ image: ELFImage
    ) -> (instructions: [DecodedInstruction], isWhole: Bool) {
        let text = image.text
        let decoder = Decoder.standard
        var isWhole = true
        let instructions = [DecodedInstruction](filling: text.count / 4 + 1) { output in
            for chunk in image.chunks where text.overlaps(chunk.address..<chunk.end) {
                let part = text.clamped(to: chunk.address..<chunk.end)
                isWhole =
                    output.append(zerosUpTo: part.lowerBound, from: text.lowerBound) && isWhole
                let first = Int(part.lowerBound - chunk.address)
                let words = chunk.bytes.span.extracting(first..<first + part.count)
                isWhole = output.append(decoding: words, decoder) && isWhole
            }
            isWhole =
                output.append(zerosUpTo: text.upperBound, from: text.lowerBound) && isWhole
            output.append(DecodedInstruction(.end))
        }
        return (instructions, isWhole)
    }

    /// What it costs from each instruction to the end of its block.
    private static func costs(
        _ instructions: Span<DecodedInstruction>, _ model: CycleModel
    ) -> [Cost] {
        let isLast = OperationSet { $0.endsBlock }
        let takesTwo = OperationSet { model.cycles(of: $0) == 2 }
        var costs = [Cost](
            filling: instructions.count, repeating: Cost(cycles: 0, instructionCount: 0))
        var output = costs.mutableSpan
        // The cycles in the lower half, the instructions in the upper. At most two cycles for each of
        // `instructionCountMax` instructions: no overflow.
        var both: UInt64 = 0
        for index in (0..<instructions.count - 1).reversed() {
            let operation = instructions[index].operation
            // All bits, but none behind the end of a block. Where that is nobody foresees: no jump.
            let rest = isLast.bit(operation) &- 1
            both = both & rest &+ (1 << 32 | 1) &+ takesTwo.bit(operation)
            output[index] = Cost(
                cycles: UInt32(truncatingIfNeeded: both),
                instructionCount: UInt32(truncatingIfNeeded: both &>> 32))
        }
        return costs
    }

    /// The instruction at an address; nil outside the text.
    package func instruction(at address: UInt32) -> DecodedInstruction? {
        let distance = address &- base
        guard distance < byteCount, distance & 3 == 0 else { return nil }
        return instructions[Int(distance) / 4]
    }

    private func checkDecodable() throws(ELFError) {
        let instructions = instructions.span
        for index in instructions.indices where instructions[index].operation == .illegal {
            let address = base + UInt32(index) * 4
            // The immediate of what is no instruction is the whole word.
            let word = instructions[index].immediate
            guard word & 3 == 3 else { throw .compressedInstruction(address: address, word: word) }
            throw .undecodableInstruction(address: address, word: word)
        }
    }
}

extension OutputSpan<DecodedInstruction> {
    /// Appends the instructions of some words. Returns whether all of them are some.
    fileprivate mutating func append(decoding words: Span<UInt8>, _ decoder: Decoder) -> Bool {
        var isWhole = true
        for offset in stride(from: 0, to: words.count, by: 4) {
            let instruction = decoder.decode(words.littleEndianUInt32(at: offset))
            if instruction.operation == .illegal { isWhole = false }
            append(instruction)
        }
        return isWhole
    }

    /// Appends what zeros are as instructions, for the addresses behind those that there are, of a text from
    /// `start`. Those are none. Returns whether there were no such addresses.
    fileprivate mutating func append(zerosUpTo end: UInt32, from start: UInt32) -> Bool {
        let missing = Int(end - start) / 4 - count
        if missing > 0 { append(repeating: Decoder.decode(0), count: missing) }
        return missing <= 0
    }
}
