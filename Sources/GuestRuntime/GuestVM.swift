/// The virtual machines whose guests Tandem runs. The raw values are the node's `VmType` numbers.
package enum GuestVM: UInt8, Sendable, CaseIterable {
    /// RISC Zero v1 (1.0 to 1.2): a plain 32-bit ELF.
    case risc0 = 0

    /// SP1 v1 to v5: a plain 32-bit ELF.
    case sp1 = 1

    /// `risc0` or `sp1`.
    package var name: String {
        switch self {
        case .risc0: "risc0"
        case .sp1: "sp1"
        }
    }

    /// The machine with this name; nil for any other.
    package init?(name: String) {
        guard let vm = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = vm
    }
}
