import Bytes

/// Translations as bytes, to be kept between processes.
///
/// The bytes say for which text they were made, and are refused for any other. They do not say by which
/// translator: whoever keeps them keeps those of one build apart from those of another. Nor can code be
/// told from code that does something else: they are to come from where nobody else writes.
extension Translation {
    /// The first bytes, and the version of the format.
    private static let magic: [UInt8] = Array("RV32X652".utf8)

    /// The bytes, for the text that was translated. Integers are little-endian, as x86-64 keeps them.
    func encoded(for text: CodeImage, rules: ELFRules) -> [UInt8] {
        let head = encodedHead(for: text, rules: rules)
        let listsByteCount = 4 * offsets.count + marks.count + 4 * charges.ahead.count
        let byteCount = head.count + code.count + listsByteCount + 12 * copies.count
        return [UInt8](filling: byteCount) { output in
            // Each lives during its call, and has no padding.
            unsafe head.withUnsafeBytes { unsafe output.append(copying: $0) }
            unsafe code.withUnsafeBytes { unsafe output.append(copying: $0) }
            unsafe offsets.withUnsafeBytes { unsafe output.append(copying: $0) }
            unsafe marks.withUnsafeBytes { unsafe output.append(copying: $0) }
            unsafe charges.ahead.withUnsafeBytes { unsafe output.append(copying: $0) }
            unsafe copies.withUnsafeBytes { unsafe output.append(copying: $0) }
        }
    }

    private func encodedHead(for text: CodeImage, rules: ELFRules) -> [UInt8] {
        var output = Self.magic
        output.append(littleEndian: Self.fingerprint(of: text, rules))
        output.append(littleEndian: UInt32(code.count))
        output.append(littleEndian: UInt32(offsets.count))
        output.append(littleEndian: UInt32(marks.count))
        output.append(littleEndian: faultExit)
        output.append(littleEndian: notAnEntryExit)
        output.append(littleEndian: UInt32(copies.count))
        output.append(littleEndian: UInt32(charges.longestPath))
        output.append(littleEndian: UInt32(charges.ahead.count))
        for guest in 0..<32 { output.append(plan.homes[guest]) }
        return output
    }

    /// The translation in these bytes; nil when they are not one of this text, whole and consistent, or
    /// there is no memory for the code.
    init?(decoding bytes: [UInt8], for text: CodeImage, rules: ELFRules) {
        let headByteCount = Self.magic.count + 8 + 8 * 4 + 32
        guard bytes.count >= headByteCount, bytes.starts(with: Self.magic) else { return nil }
        let span = bytes.span
        guard span.littleEndianUInt64(at: 8) == Self.fingerprint(of: text, rules) else {
            return nil
        }
        let codeByteCount = Int(span.littleEndianUInt32(at: 16))
        let offsetCount = Int(span.littleEndianUInt32(at: 20))
        let markCount = Int(span.littleEndianUInt32(at: 24))
        let copyCount = Int(span.littleEndianUInt32(at: 36))
        let blockCount = Int(span.littleEndianUInt32(at: 44))
        // Each is below 2^32: no overflow.
        let marksStart = headByteCount + codeByteCount + 4 * offsetCount
        let aheadStart = marksStart + markCount
        let copiesStart = aheadStart + 4 * blockCount
        let instructionCount = text.instructions.count - 1
        guard bytes.count == copiesStart + 12 * copyCount, markCount == instructionCount,
            offsetCount == instructionCount + 1
        else { return nil }
        let codeEnd = headByteCount + codeByteCount
        offsets = CodeOffsets(count: offsetCount)
        for index in 0..<offsetCount {
            offsets[index] = span.littleEndianUInt32(at: codeEnd + 4 * index)
        }
        let marks = Array(bytes[marksStart..<aheadStart])
        self.marks = marks
        let blocks = Blocks(BlockStarts(marks.span), instructionCount: instructionCount)
        guard blocks.count == blockCount, blocks.starts.first == 0 else { return nil }
        charges = ChargeMap(
            blocks: blocks,
            ahead: (0..<blockCount).map {
                Int32(bitPattern: span.littleEndianUInt32(at: aheadStart + 4 * $0))
            }, longestPath: UInt16(clamping: span.littleEndianUInt32(at: 40)))
        copies = (0..<copyCount).map {
            let place = copiesStart + 12 * $0
            return Translator.Copy(
                offset: span.littleEndianUInt32(at: place),
                index: span.littleEndianUInt32(at: place + 4),
                charged: Int32(bitPattern: span.littleEndianUInt32(at: place + 8)))
        }
        keepsStack = StackAlignment.isKept(by: text)
        faultExit = span.littleEndianUInt32(at: 28)
        notAnEntryExit = span.littleEndianUInt32(at: 32)
        var homes: [32 of UInt8] = .init(repeating: RegisterPlan.slot)
        for guest in 0..<32 { homes[guest] = bytes[48 + guest] }
        plan = RegisterPlan(homes: homes)
        isMetered = true
        guard
            let code = Self.mapped(
                span.extracting(headByteCount..<codeEnd), offsets, marks, notAnEntryExit)
        else { return nil }
        self.code = code
        guard isConsistent(with: text) else { return nil }
    }

    /// Code that was kept, where it can be executed; nil when there is no memory for it.
    private static func mapped(
        _ code: Span<UInt8>, _ offsets: CodeOffsets, _ marks: [UInt8], _ notAnEntryExit: UInt32
    ) -> CodeMapping? {
        do throws(GuestMemoryError) {
            var buffer = try CodeBuffer(
                tableByteCount: tableByteCount(marks.count), capacity: code.count)
            try buffer.append(code)
            return try buffer.seal(
                offsets: offsets, marks: marks.span, otherwise: notAnEntryExit)
        } catch {
            return nil
        }
    }

    /// Whether every index and offset that is used without a further look is one.
    private func isConsistent(with text: CodeImage) -> Bool {
        let instructionCount = text.instructions.count - 1
        let end = UInt32(code.count)
        return charges.longestPath <= TranslatorLimits.pathCyclesMax
            && faultExit < end && notAnEntryExit < end && offsets.areAscending(upTo: end)
            && (marks.first ?? 0) & BlockMap.Mark.covered == 0
            && copies.allSatisfy { $0.index < UInt32(instructionCount) }
    }

    /// Tells one text, and the rules that it runs under, from others: FNV-1a over what was decoded.
    private static func fingerprint(of text: CodeImage, _ rules: ELFRules) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        // Multiplication modulo 2^64 is what the function is defined by.
        func mix(_ value: UInt64) { hash = (hash ^ value) &* 0x0000_0100_0000_01b3 }
        mix(UInt64(text.base))
        mix(UInt64(rules.dataLow) << 32 | UInt64(rules.dataHigh))
        mix(rules.textIsFixed ? 1 : 0)
        mix(UInt64(text.model.rawValue))
        mix(UInt64(text.instructions.count))
        for instruction in text.instructions {
            mix(UInt64(instruction.immediate))
            mix(
                UInt64(instruction.operation.rawValue) << 24 | UInt64(instruction.destination) << 16
                    | UInt64(instruction.source1) << 8 | UInt64(instruction.source2))
        }
        return hash ^ hash >> 32
    }
}
