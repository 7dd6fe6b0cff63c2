import Foundation

/// The inputs that the fuzzers of `Tests/Fuzz` start from, and those that once made something fail.
public enum FuzzFiles {
    /// The files for one fuzzer: seeds first, in the order of their names.
    public static func all(_ kind: String) throws -> [[UInt8]] {
        let root = PythonOracle.packageRoot.appendingPathComponent("Tests/Fuzz")
        return try ["Seeds/" + kind, "FailCases/" + kind].flatMap { folder in
            let path = root.appendingPathComponent(folder)
            // A folder without files is not in the repository.
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path.path)) ?? []
            return try names.sorted().map { name in
                try [UInt8](Data(contentsOf: path.appendingPathComponent(name)))
            }
        }
    }

    /// One to eight bytes changed, words copied, the end cut off.
    public static func damaged(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.number(8) where !bytes.isEmpty {
            let index = Int(random.number(UInt32(bytes.count)))
            switch random.number(5) {
            case 0: bytes[index] = UInt8(random.number(256))
            case 1: bytes[index] ^= 1 << UInt8(random.number(8))
            case 2: bytes[index] = random.choice([0, 0xff, 0x80, 0x7f])
            case 3:
                let other = Int(random.number(UInt32(bytes.count)))
                for offset in 0..<4 where max(index, other) + offset < bytes.count {
                    bytes[index + offset] = bytes[other + offset]
                }
            default:
                if random.isOne(in: 4) { bytes.removeLast(Int(random.number(UInt32(index + 1)))) }
            }
        }
        return bytes
    }
}
