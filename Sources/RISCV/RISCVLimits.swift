/// The bounds of this module, each with its reason.
package enum RISCVLimits {
    /// The longest ELF that is looked at: the node's limit for a submitted program (DESIGN.md 8).
    package static let elfByteCountMax = 32 << 20

    /// How many program headers are read: the reference loaders of both ABIs stop here.
    package static let programHeaderCountMax = 256

    /// The file-backed bytes of all segments together. Several segments may name the same bytes of
    /// the file, so the length of the file does not bound the image.
    package static let imageByteCountMax = 64 << 20

    /// How many instructions are decoded ahead of time: 16 MiB of text.
    package static let instructionCountMax = 1 << 22

    /// The unit in which the interpreter notices writes, in which they are saved for a snapshot and
    /// checked for text. 1 KiB, because the reference's layout has the top of the stack and the first
    /// instruction, both hot, 1 KiB apart (0x0020_0400 and 0x0020_0800).
    package static let pageByteCount = 1 << pageShift

    /// The binary logarithm of `pageByteCount`.
    package static let pageShift = 10

    /// The unit in which the operating system protects memory.
    package static let frameByteCount = 4096

    /// The unit in which the cap on written memory counts. The first write to one costs a fault in
    /// translated code, microseconds; so not smaller. It takes at most one mapping for each unit, of
    /// which the system allows 65,530; so not much smaller either.
    package static let unitByteCount = 1 << unitShift

    /// The binary logarithm of `unitByteCount`.
    package static let unitShift = 16

    /// How many units stay open for the next guest, cleared in place: text, stack, data and a megabyte of
    /// heap are few. Clearing one takes about a microsecond; more than that, and giving the pages back is
    /// cheaper, and so is what the executor holds meanwhile.
    package static let keptUnitCountMax = 16

    /// After how many guests that left no trace in an open unit it is closed: looking at it costs each of
    /// them as much as clearing it.
    package static let idleUnitRunCountMax = 8
}
