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
        var words = [UInt32](repeating: 0, count: image.text.count / 4)
        for chunk in image.chunks where chunk.end > image.text.lowerBound {
            let span = chunk.bytes.span
            for offset in stride(from: 0, to: span.count, by: 4) {
                let address = chunk.address + UInt32(offset)
                guard image.text.contains(address) else { continue }
                words[Int(address - image.text.lowerBound) / 4] = span.littleEndianUInt32(
                    at: offset)
            }
        }
        self.init(words: words, base: image.text.lowerBound, model: model)
        if rules.textIsFixed { try checkDecodable(words) }
    }

    /// Instruction words at consecutive addresses from `base`, which is a multiple of 4.
    package init(words: [UInt32], base: UInt32, model: CycleModel) {
        self.base = base
        self.model = model
        var instructions = words.map(Decoder.decode)
        instructions.append(DecodedInstruction(.end))
        var costs = [Cost](
            repeating: Cost(cycles: 0, instructionCount: 0), count: instructions.count)
        for index in words.indices.reversed() {
            let operation = instructions[index].operation
            let next = operation.endsBlock ? costs[words.count] : costs[index + 1]
            // At most two cycles for each of `instructionCountMax` instructions: no overflow.
            costs[index] = Cost(
                cycles: next.cycles + model.cycles(of: operation),
                instructionCount: next.instructionCount + 1)
        }
        self.instructions = instructions
        self.costs = costs
    }

    /// The instruction at an address; nil outside the text.
    package func instruction(at address: UInt32) -> DecodedInstruction? {
        let distance = address &- base
        guard distance < byteCount, distance & 3 == 0 else { return nil }
        return instructions[Int(distance) / 4]
    }

    private func checkDecodable(_ words: [UInt32]) throws(ELFError) {
        for index in words.indices where instructions[index].operation == .illegal {
            let address = base + UInt32(index) * 4
            guard words[index] & 3 == 3 else {
                throw .compressedInstruction(address: address, word: words[index])
            }
            throw .undecodableInstruction(address: address, word: words[index])
        }
    }
}
