/// Where things are in the 4 GiB of RISC Zero v2 and v3 (reference/zkvm.md 1.9). Nothing that runs may
/// touch addresses below `userLow`; the user's own are below `kernelLow`.
enum AddressMap {
    /// The first address of the user's memory, where the image holds the user's entry point.
    static let userLow: UInt32 = 0x0001_0000
    /// The end of what integers of the user's may start at (machine call 5).
    static let userIntegersHigh: UInt32 = 0xBFFF_0000
    /// The first address of the kernel's memory.
    static let kernelLow: UInt32 = 0xC000_0000
    /// The first address past those that the kernel may be called at.
    static let kernelHigh: UInt32 = 0xFF00_0000

    /// x0 to x31 of the machine mode.
    static let machineRegisters: UInt32 = 0xFFFF_0000
    /// x0 to x31 of the user mode.
    static let userRegisters: UInt32 = 0xFFFF_0080
    /// The pc of the instruction that called the kernel.
    static let returnAddress: UInt32 = 0xFFFF_0200
    /// The pc before the first instruction.
    static let suspendedPC: UInt32 = 0xFFFF_0210
    /// The mode before the first instruction: 0 user, 1 machine.
    static let suspendedMode: UInt32 = 0xFFFF_0214
    /// The digest of what the guest put out.
    static let outputDigest: UInt32 = 0xFFFF_0240
    /// Where the user's ECALL goes on in the kernel.
    static let callHandler: UInt32 = 0xFFFF_1000
    /// Where the user's traps go on in the kernel, a word for each cause.
    static let trapHandlers: UInt32 = 0xFFFF_2000

    /// The end of what an ELF may cover: behind it are the words above.
    static let imageHigh: UInt32 = 0xFFFF_0000
}
