/// Random comparisons of both engines without end: `Soak SECONDS [SEED]`. Each case is one seed, counted up
/// from the given one or a random one, so that each can be repeated alone.
@main
struct Soak {
    private static let differenceCountMax = 10

    private var seed: UInt64
    private let seconds: Double
    private let start = ContinuousClock.now
    private var caseCount = 0
    private var instructionCount: UInt64 = 0
    private var differenceCount = 0
    private var nextReport = 10.0

    private var elapsed: Double { (ContinuousClock.now - start) / .seconds(1) }

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst().map { UInt64($0) }
        guard (1...2).contains(arguments.count), let seconds = arguments[0] else {
            fatalError("usage: Soak SECONDS [SEED]")
        }
        let seed = arguments.count == 2 ? arguments[1] : UInt64.random(in: 1 << 20...1 << 48)
        guard let seed else { fatalError("the seed is no number") }
        var soak = Soak(seed: seed, seconds: Double(seconds))
        try soak.run()
        guard soak.differenceCount == 0 else { fatalError("the engines differ") }
    }

    private init(seed: UInt64, seconds: Double) {
        (self.seed, self.seconds) = (seed, seconds)
        print("soak: \(Int(seconds)) s from seed \(seed)")
    }

    private mutating func run() throws {
        while elapsed < seconds, differenceCount < Self.differenceCountMax {
            let (instructions, report) = try MachineCase(seed: seed).judged()
            if let report {
                print(report)
                differenceCount += 1
            }
            instructionCount += instructions
            caseCount += 1
            seed += 1
            if elapsed >= nextReport {
                printProgress()
                nextReport = elapsed + 60
            }
        }
        printProgress()
    }

    private func printProgress() {
        let rate = Int(Double(instructionCount) / elapsed / 1e5)
        print(
            "soak: \(Int(elapsed)) s, \(caseCount) programs, \(instructionCount) instructions, "
                + "\(rate / 10).\(rate % 10) million a second, next seed \(seed), "
                + "\(differenceCount) differences")
    }
}
