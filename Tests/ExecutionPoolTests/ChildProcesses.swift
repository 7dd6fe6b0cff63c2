import Foundation

/// What /proc knows of processes and descriptors.
enum ChildProcesses {
    /// The living children of a process, this one by default.
    static func ids(of parent: Int32 = getpid()) -> [Int32] {
        all().filter { $0.parent == parent && $0.state != "Z" }.map(\.id)
    }

    /// The children of this process that ended and were not waited for.
    static var zombieCount: Int {
        all().filter { $0.parent == getpid() && $0.state == "Z" }.count
    }

    /// Whether a process is there and no zombie.
    static func isAlive(_ id: Int32) -> Bool {
        all().contains { $0.id == id && $0.state != "Z" }
    }

    /// The numbers of the open descriptors of a process, this one by default.
    static func descriptors(of id: Int32 = getpid()) -> [Int32] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/fd")
        return (names ?? []).compactMap { Int32($0) }.sorted()
    }

    /// What a descriptor of a process stands for.
    static func link(of id: Int32, descriptor: Int) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/fd/\(descriptor)")
    }

    /// The processor time of a process, in hundredths of a second.
    static func processorTicks(of id: Int32) -> Int {
        all().first { $0.id == id }?.userTicks ?? 0
    }

    /// Waits until something holds; false when that never comes. The time ends a test that hangs, and
    /// no other: a loaded machine takes its time.
    static func eventually(_ condition: () -> Bool) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(180)
        while ContinuousClock.now < deadline {
            if condition() { return true }
            // Throws when the test is over, and then the deadline has come too.
            guard (try? await Task.sleep(for: .milliseconds(10))) != nil else { break }
        }
        return condition()
    }

    private struct Entry {
        let id: Int32
        let parent: Int32
        let state: String
        let userTicks: Int
    }

    private static func all() -> [Entry] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc")
        return (names ?? []).compactMap { name in
            guard let id = Int32(name),
                let text = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
                let afterName = text.split(separator: ")").last
            else { return nil }
            let fields = afterName.split(separator: " ")
            // proc(5): state is field 3, ppid 4 and utime 14.
            guard fields.count > 11, let parent = Int32(fields[1]), let ticks = Int(fields[11])
            else { return nil }
            return Entry(id: id, parent: parent, state: String(fields[0]), userTicks: ticks)
        }
    }
}
