import Bytes
import GuestRuntime
import TestSupport
import Testing

@testable import ExecutionPool

@Suite struct MessageTests {
    private static let ticket = ExecutionTicket(number: 0x0102_0304_0506_0708)
    private static let input = GuestInput(
        buffers: [[], [1], [2, 3, 4]], stdin: [5, 6], randomSeed: Hash32(words: 1, 2, 3, 4))
    private static let commands: [ExecutorCommand] = [
        .load(slot: 7, vm: .sp1, translation: [9], wantsTranslation: false, elf: [1, 2, 3]),
        .load(slot: 7, vm: .sp1, translation: [], wantsTranslation: true, elf: []),
        .unload(slot: 65_535),
        .run(ticket: ticket, slot: 3, input: input, maxCycles: .max, lingers: false),
        .run(ticket: ticket, slot: 3, input: input, maxCycles: 0, lingers: true),
        .check(ticket: ticket, vm: .risc0, elf: []),
        .skip(ticket: ticket),
    ]

    /// The bytes of a message without the length in front.
    private func body(_ message: [UInt8]) -> [UInt8] { Array(message.dropFirst(4)) }

    @Test(arguments: commands)
    func commandsComeBackAsTheyWere(_ command: ExecutorCommand) throws {
        let message = command.framed()
        #expect(message.span.bigEndianUInt32(at: 0) == UInt32(message.count - 4))
        let again = try #require(ExecutorCommand(decoding: body(message)))
        #expect(again.framed() == message)
        #expect("\(again)" == "\(command)")
    }

    @Test func cutCommandsAreRefused() {
        // An ELF has no length of its own, so a cut one is another command; the others are refused.
        for command in [Self.commands[2], Self.commands[3], Self.commands[6]] {
            let whole = body(command.framed())
            for count in 0..<whole.count {
                #expect(ExecutorCommand(decoding: Array(whole.prefix(count))) == nil)
            }
            #expect(ExecutorCommand(decoding: whole + [0]) == nil)
        }
    }

    /// Outcomes of every kind.
    private static var outcomes: [GuestOutcome] {
        let failures = GuestFailure.Cause.allCases.map { cause in
            GuestFailure(cause, detail: "at \(cause)", pc: 0x0020_0800, cycles: 12)
        }
        let statuses = [.succeeded] + failures.map(GuestOutcome.Status.failed)
        return statuses.flatMap { status in
            [
                GuestOutcome(
                    status: status, output: [1, 2], cycles: 3, instructions: 4, exitCode: 0),
                GuestOutcome(
                    status: status, output: [], cycles: .max, instructions: .max, exitCode: nil,
                    console: [7], consoleIsTruncated: true),
            ]
        }
    }

    @Test func repliesComeBackAsTheyWere() throws {
        let replies: [ExecutorReply] =
            Self.outcomes.map { .finished(Self.ticket, $0) } + [
                .hello(version: 1, engine: .interpreter), .hello(version: 2, engine: .translator),
                .refused(Self.ticket, "not an ELF: éß"), .skipped(Self.ticket),
            ]
        for reply in replies {
            let whole = body(reply.framed())
            let again = try #require(ExecutorReply(decoding: whole))
            #expect("\(again)" == "\(reply)")
            for count in 0..<whole.count {
                #expect(ExecutorReply(decoding: Array(whole.prefix(count))) == nil)
            }
        }
    }

    @Test func translationsComeBackAsTheyWere() throws {
        let id = ProgramID(Hash32(words: 9, 8, 7, 6))
        for translation in [[], [1, 2, 3]] as [[UInt8]] {
            let replies: [ExecutorReply] = [
                .accepted(Self.ticket, id, translation: translation), .translated(translation),
            ]
            for reply in replies {
                let again = try #require(ExecutorReply(decoding: body(reply.framed())))
                #expect("\(again)" == "\(reply)")
            }
        }
    }

    @Test func longTextIsCut() throws {
        let reply = ExecutorReply.refused(Self.ticket, String(repeating: "é", count: 10_000))
        let again = try #require(ExecutorReply(decoding: body(reply.framed())))
        guard case .refused(_, let text) = again else {
            Issue.record("another reply came back")
            return
        }
        #expect(text.utf8.count == ExecutionPoolLimits.textByteCountMax)
    }

    @Test func randomBytesNeverTrap() {
        var random = SeededRandom(seed: 13)
        for round in 0..<50_000 {
            var bytes = random.bytes(round % 80)
            if !bytes.isEmpty { bytes[0] = UInt8.random(in: 0...7, using: &random) }
            // What decodes is written the same again: there is one way to write each message.
            if let command = ExecutorCommand(decoding: bytes) {
                #expect(body(command.framed()) == bytes)
            }
            _ = ExecutorReply(decoding: bytes)
        }
    }

    @Test func hugeCountsAreRefusedBeforeAnythingIsAllocated() {
        var bytes: [UInt8] = [3]
        bytes.append(bigEndian: Self.ticket.number)
        bytes.append(bigEndian: UInt16(0))
        bytes.append(bigEndian: UInt64(1))
        bytes.append(0)
        bytes.append(bigEndian: UInt32.max)
        #expect(ExecutorCommand(decoding: bytes) == nil)
    }

    @Test func inputSizesAreWhatIsWritten() {
        var output: [UInt8] = []
        Self.input.append(to: &output)
        #expect(output.count == Self.input.encodedByteCount)
    }
}

private func framed(_ writeBody: (inout [UInt8]) -> Void) -> [UInt8] {
    var output: [UInt8] = []
    MessageAssembler.append(to: &output, writeBody)
    return output
}

extension ExecutorCommand {
    func framed() -> [UInt8] {
        var output: [UInt8] = []
        append(to: &output)
        return output
    }
}

extension ExecutorReply {
    fileprivate func framed() -> [UInt8] {
        var output: [UInt8] = []
        append(to: &output)
        return output
    }
}

@Suite struct MessageAssemblerTests {
    @Test func messagesAreAppended() {
        var output: [UInt8] = [9]
        for message in [[1, 2, 3], [4]] as [[UInt8]] {
            MessageAssembler.append(to: &output) { $0 += message }
        }
        #expect(output == [9, 0, 0, 0, 3, 1, 2, 3, 0, 0, 0, 1, 4])
    }

    @Test func messagesSurviveEverySplit() throws {
        let messages: [[UInt8]] = [[1], [2, 2], Array(repeating: 3, count: 40)]
        let stream = messages.flatMap { message in
            framed { $0 += message }
        }
        for step in 1...stream.count {
            var assembler = MessageAssembler(byteCountMax: 40)
            var received: [[UInt8]] = []
            for start in stride(from: 0, to: stream.count, by: step) {
                assembler.append(stream[start..<min(start + step, stream.count)])
                while let message = try assembler.next() { received.append(message) }
            }
            #expect(received == messages)
        }
    }

    @Test(arguments: [[0, 0, 0, 0], [0, 0, 0, 41], [0xff, 0xff, 0xff, 0xff]] as [[UInt8]])
    func emptyAndOversizedMessagesAreRefusedByTheirLength(_ length: [UInt8]) {
        var assembler = MessageAssembler(byteCountMax: 40)
        assembler.append(length[...])
        #expect(throws: MessageAssembler.LengthRefused.self) { try assembler.next() }
    }
}
