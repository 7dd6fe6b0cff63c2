import Bytes
import Foundation
import Testing

@testable import ExecutionPool

extension ExecutionPoolTests {
    /// What executors inherit and leave behind.
    @Suite struct ProcessHygiene {
        @Test func executorsSeeNoEnvironment() async throws {
            setenv("TANDEM_TEST_SECRET", "0xac0974bec39a17e3", 1)
            defer { unsetenv("TANDEM_TEST_SECRET") }
            let fixture = try PoolFixture(executorCount: 1)
            defer { fixture.pool.shutdown() }
            let child = try #require(ChildProcesses.ids().first)
            #expect(try await fixture.outcome(of: .echo([1])).output == [1])
            let environment = try String(contentsOfFile: "/proc/\(child)/environ", encoding: .utf8)
            #expect(!environment.contains("TANDEM_TEST_SECRET"))
        }

        @Test func shutdownCompletesEverythingAndLeavesNothing() async throws {
            let descriptors = ChildProcesses.descriptors()
            for _ in 0..<10 {
                let fixture = try PoolFixture(executorCount: 3)
                let submissions = try (0..<8).map { try fixture.submit(.endless($0)) }
                await submissions[0].started()
                fixture.pool.shutdown()
                for submission in submissions {
                    #expect(await submission.outcome.failure == .shutDown)
                }
                #expect(ChildProcesses.ids().isEmpty)
            }
            #expect(ChildProcesses.zombieCount == 0)
            #expect(ChildProcesses.descriptors() == descriptors)
        }

        @Test func restartsLeakNeitherDescriptorsNorZombies() async throws {
            let fixture = try PoolFixture(executorCount: 2)
            #expect(try await fixture.outcome(of: .echo([1])).output == [1])
            let descriptors = ChildProcesses.descriptors()
            for number in 0..<60 as Range<UInt64> {
                let running = try fixture.submit(.endless(number))
                await running.started()
                fixture.pool.cancel(.numbered(number))
                #expect(await running.outcome.failure == .cancelled)
            }
            #expect(
                await ChildProcesses.eventually {
                    ChildProcesses.zombieCount == 0 && ChildProcesses.ids().count == 2
                        && ChildProcesses.descriptors().count == descriptors.count
                })
            fixture.pool.shutdown()
        }

        /// A node is killed with `kill -9` while its guests compute.
        @Test func executorsDieWithTheNode() async throws {
            let node = Process()
            node.executableURL = URL(fileURLWithPath: PoolFixture.probePath)
            node.arguments = ["node"]
            let (elf, output) = (Pipe(), Pipe())
            node.standardInput = elf
            node.standardOutput = output
            try node.run()
            elf.fileHandleForWriting.write(Data(TestPrograms.endless.elf))
            try elf.fileHandleForWriting.close()
            let started = try output.fileHandleForReading.read(upToCount: 16)
            #expect(started == Data("started\nstarted\n".utf8))
            let executors = ChildProcesses.ids(of: node.processIdentifier)
            #expect(executors.count == 2)
            kill(node.processIdentifier, SIGKILL)
            node.waitUntilExit()
            #expect(
                await ChildProcesses.eventually {
                    !executors.contains(where: ChildProcesses.isAlive)
                })
        }
    }
}
