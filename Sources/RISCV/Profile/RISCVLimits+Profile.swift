// The bounds of profiles and traces. What is beyond them is counted still, but less finely.
extension RISCVLimits {
    /// How many symbols of an ELF are read: the largest guests have some ten thousand.
    package static let symbolCountMax = 1 << 20

    /// How much of a symbol's name is read; generic code has names of a few hundred bytes.
    package static let symbolNameByteCountMax = 4096

    /// The names of all symbols together. Several may share the bytes of the file.
    package static let symbolNamesByteCountMax = 64 << 20

    /// How many functions without a symbol are told apart: every address may be one.
    package static let unnamedFunctionCountMax = 1 << 16

    /// How many calls are remembered to find the way back: what fits on a guest's stack of 2 MiB in
    /// frames of 16 bytes, twice.
    package static let shadowFrameCountMax = 1 << 18

    /// How many remembered calls are looked at for one return that does not match the last.
    package static let shadowScanCountMax = 1 << 10

    /// How deep the tree of calls is: deeper calls stand beside each other. A picture of more is not
    /// readable.
    package static let callTreeDepthMax = 128

    /// How many different call stacks are told apart, 32 bytes each.
    package static let callTreeNodeCountMax = 1 << 18

    /// How many of the most expensive blocks a profile lists.
    package static let hotBlockCountMax = 64

    /// How many instructions a trace records, about 100 bytes each.
    package static let tracedInstructionCountMax = 100_000
}
