import CMachine

/// A program's translation in memory, executable and no longer writable. Any number of threads may run
/// it.
@safe
package final class CompiledCode: Sendable {
    let translation: Translation
    /// What is charged when the host enters at an instruction.
    let code: CodeImage

    private let mapping: UInt
    private let byteCount: Int
    private let tableByteCount: Int

    /// Puts a translation of `code` into memory.
    ///
    /// - Throws: `hostRefused`.
    init(_ translation: Translation, code: CodeImage) throws(GuestMemoryError) {
        self.translation = translation
        self.code = code
        tableByteCount = Translation.tableByteCount(translation.marks.count)
        byteCount = (tableByteCount + translation.code.count + 4095) & ~4095
        guard let start = unsafe tandem_reserve(byteCount) else { throw .hostRefused }
        mapping = UInt(bitPattern: start)
        // The mapping that was just made.
        unsafe tandem_prefer_large_pages(start, byteCount)
        unsafe Self.fill(start, translation, tableByteCount)
        guard unsafe tandem_protect(start, byteCount, TANDEM_ACCESS_EXECUTE) == 0 else {
            // `deinit` does not run after this.
            unsafe tandem_release(start, byteCount)
            throw .hostRefused
        }
    }

    deinit {
        if let start = unsafe UnsafeMutableRawPointer(bitPattern: mapping) {
            // The mapping that `init` made; nobody runs the code any more, for they hold `self`.
            unsafe tandem_release(start, byteCount)
        }
    }

    /// With fewer cycles left the code is not entered. It looks at its budget at the ends of paths, so it
    /// may execute one more than it is given, and is given one at least.
    var remainingCyclesMin: Int64 { 2 * Int64(translation.charges.longestPath) }

    /// The host address of an offset of the code.
    func address(_ offset: UInt32) -> UInt64 {
        UInt64(mapping) + UInt64(tableByteCount) + UInt64(offset)
    }

    /// The host addresses of the code.
    var addresses: Range<UInt64> { address(0)..<address(UInt32(translation.code.count)) }

    /// The function that enters it.
    var entry: UnsafeRawPointer {
        guard let entry = unsafe UnsafeRawPointer(bitPattern: mapping + UInt(tableByteCount)) else {
            preconditionFailure("a mapping is not at address 0")
        }
        return unsafe entry
    }

    /// The index of the instruction whose code is at a host address, and what was charged there for the
    /// rounds of a loop to come.
    func place(at address: UInt64) -> (index: Int, charged: Int32) {
        let offset = UInt32(truncatingIfNeeded: address - self.address(0))
        let (marks, copies) = (translation.marks, translation.copies)
        if let first = copies.first, first.offset <= offset {
            let copy = copies[Self.last(of: copies.count) { copies[$0].offset <= offset }]
            return (Int(copy.index), copy.charged)
        }
        var index = Self.last(of: marks.count) { translation.offsets[$0] <= offset }
        while marks[index] & BlockMap.Mark.covered != 0 { index -= 1 }
        return (index, 0)
    }

    /// The last of `count` ascending things for which a condition holds that holds for the first.
    private static func last(of count: Int, where holds: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if holds(middle) { low = middle } else { high = middle }
        }
        return low
    }

    private static func fill(
        _ start: UnsafeMutableRawPointer, _ translation: Translation, _ tableByteCount: Int
    ) {
        let code = UInt64(UInt(bitPattern: start)) + UInt64(tableByteCount)
        for (index, mark) in translation.marks.enumerated() {
            let isEntry = mark & BlockMap.Mark.entry == BlockMap.Mark.entry
            let offset = isEntry ? translation.offsets[index] : translation.notAnEntryExit
            // There are eight bytes for each instruction.
            unsafe start.storeBytes(
                of: code + UInt64(offset), toByteOffset: index * 8, as: UInt64.self)
        }
        unsafe translation.code.withUnsafeBytes { bytes in
            // The mapping is as long as the table and the code.
            unsafe (start + tableByteCount).copyMemory(
                from: bytes.baseAddress ?? UnsafeRawPointer(start), byteCount: bytes.count)
        }
    }
}
