/// How many loops are around each instruction, as far as the order of the code tells: a jump back makes a
/// loop of all between.
enum LoopDepths {
    /// More than that are not told apart.
    static let depthMax: Int32 = 6

    /// A jump back that is longer is not taken for a loop.
    private static let loopInstructionCountMax = 4096

    /// One for each instruction. O(instructions).
    static func of(_ code: CodeImage) -> [UInt8] {
        let instructions = code.instructions.span
        let count = instructions.count - 1
        // No more than `loopInstructionCountMax` jumps lead back to one place.
        var changes = [Int16](filling: count + 1, repeating: 0)
        for index in 0..<count where instructions[index].operation.isDirectJump {
            guard let distance = instructions[index].jumpDistance, distance <= 0,
                index + distance >= 0, -distance < loopInstructionCountMax,
                !instructions[index].isCall
            else { continue }
            changes[index + distance] += 1
            changes[index + 1] -= 1
        }
        var depth: Int32 = 0
        return [UInt8](filling: count) { output in
            for index in 0..<count {
                depth += Int32(changes[index])
                output.append(UInt8(truncatingIfNeeded: min(depth, depthMax)))
            }
        }
    }
}
