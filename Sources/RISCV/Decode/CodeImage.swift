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
        let instructions = Self.decode(image)
        costs = Self.costs(instructions.span, model)
        self.instructions = instructions
        if rules.textIsFixed { try checkDecodable() }
    }

    /// The instructions of the text, where no chunk is those of zeros, and the end.
    private static func decode(_ image: ELFImage) -> [DecodedInstruction] {
        let text = image.text
        return [DecodedInstruction](filling: text.count / 4 + 1) { output in
            for chunk in image.chunks where text.overlaps(chunk.address..<chunk.end) {
                let part = text.clamped(to: chunk.address..<chunk.end)
                output.append(zerosUpTo: part.lowerBound, from: text.lowerBound)
                let words = chunk.bytes.span
                for offset in stride(
                    from: Int(part.lowerBound - chunk.address),
                    to: Int(part.upperBound - chunk.address), by: 4)
                {
                    output.append(Decoder.decode(words.littleEndianUInt32(at: offset)))
                }
            }
            output.append(zerosUpTo: text.upperBound, from: text.lowerBound)
            output.append(DecodedInstruction(.end))
        }
    }

    /// What it costs from each instruction to the end of its block.
    private static func costs(
        _ instructions: Span<DecodedInstruction>, _ model: CycleModel
    ) -> [Cost] {
        var costs = [Cost](
            filling: instructions.count, repeating: Cost(cycles: 0, instructionCount: 0))
        var output = costs.mutableSpan
        var (cycles, count): (UInt32, UInt32) = (0, 0)
        for index in (0..<instructions.count - 1).reversed() {
            let operation = instructions[index].operation
            // At most two cycles for each of `instructionCountMax` instructions: no overflow.
            cycles = (operation.endsBlock ? 0 : cycles) &+ model.cycles(of: operation)
            count = (operation.endsBlock ? 0 : count) &+ 1
            output[index] = Cost(cycles: cycles, instructionCount: count)
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
    /// Appends what zeros are as instructions, for the addresses behind those that there are, of a text from
    /// `start`.
    fileprivate mutating func append(zerosUpTo end: UInt32, from start: UInt32) {
        let missing = Int(end - start) / 4 - count
        if missing > 0 { append(repeating: Decoder.decode(0), count: missing) }
    }
}
