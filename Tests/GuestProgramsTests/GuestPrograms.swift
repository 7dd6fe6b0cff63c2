import GuestRuntime
import Synchronization
import TestSupport

@testable import tandem

/// Programs built for the tests, each once.
enum GuestPrograms {
    /// The sources that the tests name: the example programs by their directory's name, the fixtures
    /// and the benchmark by their file's.
    static func path(_ name: String) -> String {
        let folder =
            switch name {
            case "RealProgram.c": "Tests/Benchmarks/Guests"
            case let file where file.contains("."): "Tests/Fixtures/Guests"
            default: "Sources/Programs"
            }
        return "\(PythonOracle.packageRoot.path)/\(folder)/\(name)"
    }

    /// The SDK of this checkout.
    static func sdk() throws -> GuestSDK {
        try GuestSDK(explicit: PythonOracle.packageRoot.path + "/Sources/GuestSDK")
    }

    static func builder(_ vm: GuestVM, usesPrecompiles: Bool = true) throws -> GuestBuilder {
        try GuestBuilder(
            vm: vm, sdk: sdk(), toolchain: GuestToolchain(), usesPrecompiles: usesPrecompiles)
    }

    /// The program called `name`, built for `vm` at the first call.
    static func program(_ name: String, _ vm: GuestVM, precompiles: Bool = true) throws
        -> GuestProgram
    {
        try product(name, vm, precompiles: precompiles).program
    }

    /// The same with its ELF.
    static func product(
        _ name: String, _ vm: GuestVM, precompiles: Bool = true
    ) throws -> GuestBuilder.Product {
        try built.withLock { built in
            let workshop = Workshop(vm: vm, precompiles: precompiles)
            let job = Job(workshop: workshop, name: name)
            if let product = built.products[job] { return product }
            let bench = try built.bench(workshop)
            let product = try bench.builder.build(GuestSources([path(name)]))
            built.products[job] = product
            return product
        }
    }

    /// Builds other sources with what is compiled of the SDK already.
    static func build(_ sources: GuestSources, _ vm: GuestVM) throws -> GuestBuilder.Product {
        try built.withLock { built in
            try built.bench(Workshop(vm: vm, precompiles: true)).builder.build(sources)
        }
    }

    private struct Workshop: Hashable {
        let vm: GuestVM
        let precompiles: Bool
    }

    private struct Job: Hashable {
        let workshop: Workshop
        let name: String
    }

    /// Keeps a builder, which cannot be copied, in a table. Used under the lock only.
    private final class Bench {
        var builder: GuestBuilder

        init(_ workshop: Workshop) throws {
            builder = try GuestPrograms.builder(
                workshop.vm, usesPrecompiles: workshop.precompiles)
        }
    }

    private struct Built {
        var benches: [Workshop: Bench] = [:]
        var products: [Job: GuestBuilder.Product] = [:]

        mutating func bench(_ workshop: Workshop) throws -> Bench {
            let bench = try benches[workshop] ?? Bench(workshop)
            benches[workshop] = bench
            return bench
        }
    }

    private static let built = Mutex(Built())
}
