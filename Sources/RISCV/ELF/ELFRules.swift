/// What an ABI accepts of an ELF file, and where its guests may load and store.
package struct ELFRules: Hashable, Sendable {
    /// The first address that a load or a store may name.
    package let dataLow: UInt32

    /// The first address past those that a load or a store may name.
    package let dataHigh: UInt32

    /// The first address that the image may cover.
    package let imageLow: UInt32

    /// The first address past those that the image may cover.
    package let imageHigh: UInt32

    /// Whether a later segment overwrites an earlier one. Otherwise an overlap is an error.
    package let laterSegmentOverwrites: Bool

    /// Whether fetches come from the text as it was loaded (SP1). Then every word of the text must
    /// decode. Otherwise (RISC Zero) they come from memory, as it is at that moment.
    package let textIsFixed: Bool

    /// RISC Zero v1: reference/zkvm.md 1.2 and 1.3.
    package static let riscZero = ELFRules(
        dataLow: 0x400, dataHigh: 0x0C00_0000, imageLow: 0, imageHigh: 0x0C00_0000,
        laterSegmentOverwrites: true, textIsFixed: false)

    /// The user's part of RISC Zero v2 and v3: reference/zkvm.md 1.9.
    package static let riscZeroUser = ELFRules(
        dataLow: 0x1_0000, dataHigh: 0xC000_0000, imageLow: 0, imageHigh: 0xC000_0000,
        laterSegmentOverwrites: true, textIsFixed: false)

    /// The kernel's part of RISC Zero v2 and v3. Its file may cover the user's addresses as well:
    /// linkers put the ELF header at 0x1_0000. It ends below the words that the machine itself uses.
    package static let riscZeroKernel = ELFRules(
        dataLow: 0x1_0000, dataHigh: 0xFFFF_0000, imageLow: 0, imageHigh: 0xFFFF_0000,
        laterSegmentOverwrites: true, textIsFixed: false)

    /// SP1 v1 to v5: reference/zkvm.md 2.2. Data addresses are words below the BabyBear prime
    /// 0x7800_0001, so the last valid word is the one at 0x7800_0000. Segments are disjoint and the
    /// text is contiguous as in v5; a segment that is writable and executable is accepted as in
    /// v1 to v4, since stores into the text have no effect on what runs.
    package static let sp1 = ELFRules(
        dataLow: 32, dataHigh: 0x7800_0004, imageLow: 0x24, imageHigh: 0x7800_0001,
        laterSegmentOverwrites: false, textIsFixed: true)
}
