import Glibc
import GuestRuntime
import TestSupport
import Testing

@testable import ExecutionPool

/// What an executor makes of commands, at its end of the socket.
@Suite struct ExecutorChannelTests {
    /// A channel and the other end of its socket.
    private struct Pair: ~Copyable {
        var channel: ExecutorChannel
        private let ends: [Int32]

        init() throws {
            var ends: [Int32] = [-1, -1]
            try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
            self.ends = ends
            channel = ExecutorChannel(fileDescriptor: ends[0])
        }

        deinit { for end in ends { close(end) } }

        func send(_ commands: [ExecutorCommand]) {
            var bytes: [UInt8] = []
            for command in commands { command.append(to: &bytes) }
            #expect(Glibc.send(ends[1], bytes, bytes.count, 0) == bytes.count)
        }

        mutating func expectNext(_ command: ExecutorCommand) throws {
            let next = try channel.next()
            #expect("\(next)" == "\(command)")
        }
    }

    private func ticket(_ number: UInt64) -> ExecutionTicket { ExecutionTicket(number: number) }

    private func run(_ number: UInt64) -> ExecutorCommand {
        .run(ticket: ticket(number), slot: 0, input: .buffer([]), maxCycles: 1, lingers: false)
    }

    private func skip(_ number: UInt64) -> ExecutorCommand { .skip(ticket: ticket(number)) }

    @Test func whatWasSentAheadComesInOrder() throws {
        var pair = try Pair()
        let commands = [run(1), .unload(slot: 3), run(2), .unload(slot: 4), run(3)]
        pair.send(commands)
        for command in commands { try pair.expectNext(command) }
    }

    /// The word that a request is to be skipped comes while the one before it runs.
    @Test func whatIsToBeSkippedIsSkipped() throws {
        var pair = try Pair()
        pair.send([run(1), run(2), run(3)])
        try pair.expectNext(run(1))
        pair.send([skip(2)])
        try pair.expectNext(skip(2))
        pair.send([skip(2), run(4)])
        try pair.expectNext(run(3))
        try pair.expectNext(run(4))
    }

    @Test func aSkipThatComesTooLateIsNotHeard() throws {
        var pair = try Pair()
        pair.send([run(1)])
        try pair.expectNext(run(1))
        pair.send([skip(1), skip(7), run(2)])
        try pair.expectNext(run(2))
    }

    /// Each request is given out once, as what was said of it when the one before it had ended.
    @Test func randomOrders() throws {
        var random = SeededRandom(seed: 99)
        var pair = try Pair()
        var waiting: [UInt64] = []
        var skipped: Set<UInt64> = []
        var last: UInt64 = 0
        for _ in 0..<2000 {
            var commands: [ExecutorCommand] = []
            for _ in 0...random.number(3) {
                if random.isOne(in: 2), let number = waiting.randomElement(using: &random) {
                    commands.append(skip(number))
                    skipped.insert(number)
                } else {
                    last += 1
                    waiting.append(last)
                    commands.append(run(last))
                }
            }
            pair.send(commands)
            while waiting.count > 4 || !waiting.isEmpty && random.isOne(in: 2) {
                let number = waiting.removeFirst()
                let expected = skipped.contains(number) ? skip(number) : run(number)
                try pair.expectNext(expected)
            }
        }
    }
}
