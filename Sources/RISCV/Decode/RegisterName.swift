/// The names that the calling convention gives the integer registers (RISC-V ELF psABI, chapter
/// "Register Convention").
package enum RegisterName {
    private static let names = [
        "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4",
        "a5", "a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4",
        "t5", "t6",
    ]

    /// The name of register `index`; the sink that stands for x0 as a destination is `zero`.
    package static func of(_ index: UInt8) -> String { names[Int(index & 31)] }
}
