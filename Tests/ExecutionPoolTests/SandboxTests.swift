import Bytes
import Foundation
import Testing

@testable import ExecutionPool

extension ExecutionPoolTests {
    /// What executors can do, tried out inside and looked at from outside.
    @Suite struct Sandbox {
        #if arch(x86_64)
            /// What the probe may do in the sandbox; everything else that it tries must kill it.
            private static let survived = [
                "map memory": "done", "map a reservation": "done", "translate and run": "done",
                "send on the socket": "done", "random bytes": "done", "abort": "signal 6",
                "receive on the socket": "refused", "map more than the cap": "refused",
                "map more data than the cap": "refused", "write to standard error": "refused",
            ]

            /// Numbers of x86-64 that do not kill, and why.
            private static let passingNumbers: Set<String> = [
                "10", "11", "12", "25", "28",  // mprotect munmap brk mremap madvise
                "14", "39", "186",  // rt_sigprocmask getpid gettid
                "60", "231",  // exit exit_group
                "202", "219", "228", "318",  // futex restart_syscall clock_gettime getrandom
            ]

            /// Traps of the kernel's own probes, which no filter sees; called by others they fail.
            private static let probesOfTheKernel: Set<String> = ["335", "336"]

            @Test func whatTheLoopDoesNotNeedKills() throws {
                let lines = try actsOfTheProbe().split(separator: "\n").map(String.init)
                let (numbers, acts) = (
                    lines.filter { $0.hasPrefix("number ") },
                    lines.filter { !$0.hasPrefix("number ") }
                )
                #expect(acts.count > 50)
                for act in acts {
                    let parts = act.components(separatedBy: ": ")
                    #expect(parts[1] == Self.survived[parts[0], default: "killed"], "\(act)")
                }
                let passing = Set(
                    numbers.map { String($0.dropFirst(7).prefix { $0 != ":" }) })
                #expect(passing.subtracting(Self.probesOfTheKernel) == Self.passingNumbers)
            }

            private func actsOfTheProbe() throws -> String {
                let probe = Process()
                probe.executableURL = URL(fileURLWithPath: PoolFixture.probePath)
                probe.arguments = ["sandbox"]
                probe.environment = ["SWIFT_BACKTRACE": "enable=no"]
                let output = Pipe()
                probe.standardOutput = output
                try probe.run()
                let text = output.fileHandleForReading.readDataToEndOfFile()
                probe.waitUntilExit()
                #expect(probe.terminationStatus == 0)
                return String(decoding: text, as: UTF8.self)
            }
        #endif

        @Test func executorsAreFiltered() async throws {
            let fixture = try PoolFixture(executorCount: 2)
            defer { fixture.pool.shutdown() }
            #expect(try await fixture.outcome(of: .echo([1])).output == [1])
            for child in try await readyChildren(of: fixture, count: 2) {
                let status = try String(contentsOfFile: "/proc/\(child)/status", encoding: .utf8)
                let lines = Set(status.split(separator: "\n").map { $0.filter { $0 != "\t" } })
                for line in ["Seccomp:2", "Seccomp_filters:1", "NoNewPrivs:1", "Threads:1"] {
                    #expect(lines.contains(line), "\(line)")
                }
                let score = try String(
                    contentsOfFile: "/proc/\(child)/oom_score_adj", encoding: .utf8)
                #expect(score == "1000\n")
            }
        }

        @Test func executorsHoldOneSocketAndNothingElse() async throws {
            // A descriptor that somebody forgot to mark is not to go over.
            let leaky = open("/dev/zero", O_RDONLY)
            defer { close(leaky) }
            let fixture = try PoolFixture(executorCount: 2)
            defer { fixture.pool.shutdown() }
            for child in try await readyChildren(of: fixture, count: 2) {
                #expect(ChildProcesses.descriptors(of: child) == [3])
                let link = ChildProcesses.link(of: child, descriptor: 3)
                #expect(link?.hasPrefix("socket:") == true)
            }
        }

        @Test func executorsAreLimited() async throws {
            let fixture = try PoolFixture(executorCount: 1) { $0.wallClockLimit = .seconds(100) }
            defer { fixture.pool.shutdown() }
            let child = try #require(try await readyChildren(of: fixture, count: 1).first)
            for name in ["Max core file size", "Max open files", "Max file size", "Max processes"] {
                #expect(try limit(name, of: child) == 0, "\(name)")
            }
            let limits = ExecutionPoolLimits.self
            #expect(
                try limit("Max address space", of: child)
                    == limits.executorAddressSpaceByteCountMax)
            #expect(try limit("Max data size", of: child) == limits.executorDataByteCountMax)
            // What it has used by now is less than a second, which counts as one.
            let spare = Int(limits.processorTimeSpareSeconds)
            #expect(try limit("Max cpu time", of: child) == 100 + spare + 1)
        }

        /// The kernel ends a guest that computes longer than it was granted, whatever the node does.
        @Test func processorTimeIsGrantedFromOutside() async throws {
            let fixture = try PoolFixture(executorCount: 1)
            defer { fixture.pool.shutdown() }
            let running = try fixture.submit(.endless(1))
            await running.started()
            let child = try #require(ChildProcesses.ids().first)
            #expect(try limit("Max cpu time", of: child) != nil)
            var grant = ProcessorTimeGrant(spareSeconds: 0)
            grant.cover(child, limit: .zero, at: .now)
            let end = "signal 24, the processor time granted to it was used up"
            #expect(await running.outcome.failure == .executorCrashed(end))
            #expect(try await fixture.outcome(of: .echo([1])).output == [1])
        }

        /// The children, once each has run something and so is behind its hello.
        private func readyChildren(of fixture: PoolFixture, count: Int) async throws -> [Int32] {
            let isReady = await ChildProcesses.eventually {
                let children = ChildProcesses.ids()
                return children.count == count
                    && children.allSatisfy { ChildProcesses.descriptors(of: $0) == [3] }
            }
            #expect(isReady)
            #expect(try await fixture.outcome(of: .echo([1])).output == [1])
            let filtered = await ChildProcesses.eventually {
                ChildProcesses.ids().allSatisfy { child in
                    let path = "/proc/\(child)/status"
                    let status = try? String(contentsOfFile: path, encoding: .utf8)
                    return status?.contains("Seccomp:\t2") == true
                }
            }
            #expect(filtered)
            return ChildProcesses.ids()
        }

        /// The soft limit as the kernel tells it; nil for none.
        private func limit(_ name: String, of process: Int32) throws -> Int? {
            let limits = try String(contentsOfFile: "/proc/\(process)/limits", encoding: .utf8)
            let line = limits.split(separator: "\n").first { $0.hasPrefix(name) }
            return try #require(line).dropFirst(name.count).split(separator: " ").first
                .flatMap { Int($0) }
        }
    }
}
