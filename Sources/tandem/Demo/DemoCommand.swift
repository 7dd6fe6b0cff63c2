internal import ArgumentParser
internal import Bytes
internal import EthCrypto

/// `tandem demo`: the whole way of a job, on this machine, in one go.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run a chain, a node and a job on this machine, then remove them.",
        discussion: """
            Starts a development chain and a node on free ports, deploys the contracts, registers the
            square-root program, submits a signed job over REST, polls for the result and reads it from the
            consumer contract. Needs a checkout that `make build` has set up.
            """)

    @Option(help: "The number whose square root is wanted, up to 2^64 - 1.")
    var number: UInt64 = 1_522_756

    func run() async throws {
        let checkout = try Checkout.find()
        let demo = try Demo(checkout: checkout)
        try await demo.run(number: number)
        print("==> the chain and the node are stopped and their files removed")
    }
}

/// The files of the checkout that the demonstration needs.
struct Checkout {
    let python: String
    let chainScript: String
    let program: String

    /// The checkout in the current directory, or else the one that this executable was built in.
    static func find() throws(DemoError) -> Checkout {
        var roots = ["."]
        if let executable = LocalFiles.resolved("/proc/self/exe") {
            // <root>/.build/<triple>/release/tandem
            roots.append(executable.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 })
        }
        for root in roots {
            let checkout = Checkout(
                python: root + "/.build/venv/bin/python",
                chainScript: root + "/Tests/DevChain/devchain.py",
                program: root + "/Sources/Programs/square-root")
            if LocalFiles.kind(of: checkout.chainScript) == .file {
                guard LocalFiles.isExecutable(checkout.python) else {
                    throw .missing(
                        "\(checkout.python) is missing: run `make demo`, which sets it up")
                }
                return checkout
            }
        }
        throw .missing("there is no checkout here: run `tandem demo` in the folder of the sources")
    }
}
