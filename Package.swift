// swift-tools-version:6.2
import PackageDescription

let commonSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    // Hot types are `package` and concrete; this lets the optimiser see through the module borders.
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]
let testSettings: [SwiftSetting] = [.swiftLanguageMode(.v6)]

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
]
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// A module of Sources/ and the layers below it that it may import (DESIGN: imports point down).
func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil,
    settings: [SwiftSetting] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, resources: resources,
        swiftSettings: commonSettings + settings)
}

let nodeDependencies: [Target.Dependency] = [
    "NodeAPI", "ExecutionPool", "EthereumRPC", "NetworkIO", "JobStore", "PostingEngine",
    "JobEngine",
    "GuestRuntime", "GRPCProtocol", "EthereumCodec", "EthCrypto", "Bytes",
]

/// The tests of a module. Oracles are programs in other languages that judge it.
func tests(
    of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
    let common: [Target.Dependency] = Set([name, "TestSupport", "Bytes"]).sorted().map {
        .init(stringLiteral: $0)
    }
    return .testTarget(
        name: name + "Tests", dependencies: common + dependencies, exclude: exclude,
        swiftSettings: testSettings)
}

/// A small program that tests start, kill and look at.
func probe(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies + ["EthCrypto", "Bytes", "TestSupport"],
        path: "Tests/\(name)", swiftSettings: testSettings)
}

let package = Package(
    name: "tandem",
    products: [.executable(name: "tandem", targets: ["tandem"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C: system libraries.
        .systemLibrary(name: "CRocksDB", pkgConfig: "rocksdb"),
        .systemLibrary(name: "CSecp256k1", pkgConfig: "libsecp256k1"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl"),

        // Layer 0: values and cryptography.
        module("Bytes", settings: [.enableExperimentalFeature("Lifetimes")]),
        module("EthCrypto", ["Bytes", "CSecp256k1", "COpenSSL"]),

        // C that Swift cannot say: process set-up, executable memory.
        .target(name: "CMachine"),

        // Layer 1: formats, protocols and machines without IO.
        module("EthereumCodec", ["Bytes", "EthCrypto"]),
        module("HTTP2", ["Bytes"]),
        module("GRPCProtocol", ["HTTP2"]),
        .target(
            name: "CoprocessorProto", dependencies: [protobuf],
            swiftSettings: [.swiftLanguageMode(.v6)]),
        module("RISCV", ["Bytes", "CMachine"]),
        module("GuestRuntime", ["RISCV", "EthCrypto", "Bytes"]),

        // Layer 2: engines without IO.
        module("JobEngine", ["EthereumCodec", "EthCrypto", "Bytes"]),
        module("PostingEngine", ["EthereumCodec", "EthCrypto", "Bytes"]),

        // Layer 3: effects.
        module(
            "JobStore",
            ["JobEngine", "PostingEngine", "EthereumCodec", "EthCrypto", "Bytes", "CRocksDB"]),
        module("NetworkIO", ["HTTP2", "GRPCProtocol", "Bytes", httpClient, logging] + nio),
        module("EthereumRPC", ["NetworkIO", "EthereumCodec", "Bytes", logging]),
        module("ExecutionPool", ["GuestRuntime", "JobEngine", "Bytes", "CMachine", logging]),

        // Layer 4: the node.
        module(
            "NodeAPI",
            [
                "GRPCProtocol", "CoprocessorProto", "JobEngine", "EthereumCodec", "EthCrypto",
                "Bytes", protobuf,
            ], resources: [.embedInCode("OpenAPI/openapi.json")]),
        module("Node", nodeDependencies + [logging, lifecycle, yams]),

        // Layer 5: the command line.
        .executableTarget(
            name: "tandem", dependencies: nodeDependencies + ["Node", "RISCV", arguments],
            swiftSettings: commonSettings),

        // Tests.
        .target(
            name: "TestSupport", dependencies: ["Bytes"], path: "Tests/TestSupport",
            swiftSettings: testSettings),
        .target(
            name: "ChainTestSupport",
            dependencies: [
                "EthereumRPC", "NetworkIO", "EthereumCodec", "EthCrypto", "Bytes", "TestSupport",
            ], path: "Tests/ChainTestSupport", swiftSettings: testSettings),
        probe("JobStoreProbe", ["JobStore", "JobEngine", "PostingEngine", "EthereumCodec"]),
        probe("ExecutorProbe", ["ExecutionPool", "GuestRuntime", logging]),
        tests(of: "Bytes", exclude: ["Oracles"]),
        tests(of: "EthCrypto", exclude: ["Oracles"]),
        tests(of: "EthereumCodec", ["EthCrypto"], exclude: ["Oracles"]),
        tests(of: "HTTP2", exclude: ["Oracles"]),
        tests(of: "GRPCProtocol", ["HTTP2"]),
        tests(of: "RISCV"),
        tests(of: "GuestRuntime", ["RISCV", "EthCrypto"], exclude: ["Fixtures", "Oracles"]),
        tests(of: "JobEngine", ["EthereumCodec", "EthCrypto"], exclude: ["Oracles"]),
        tests(of: "PostingEngine", ["EthCrypto"]),
        tests(
            of: "JobStore",
            ["JobStoreProbe", "JobEngine", "PostingEngine", "EthereumCodec", "EthCrypto"]),
        tests(of: "NetworkIO", ["GRPCProtocol"], exclude: ["Oracles"]),
        tests(
            of: "EthereumRPC", ["ChainTestSupport", "NetworkIO", "EthereumCodec", "EthCrypto"]),
        tests(of: "ExecutionPool", ["ExecutorProbe", "GuestRuntime", logging]),
        tests(of: "NodeAPI", ["CoprocessorProto", "JobEngine", protobuf]),
        tests(
            of: "Node",
            ["ChainTestSupport", "PostingEngine", "EthereumRPC", "EthereumCodec", logging]),
        .testTarget(
            name: "GuestProgramsTests",
            dependencies: ["tandem", "GuestRuntime", "TestSupport", "Bytes"],
            exclude: ["Oracles"], swiftSettings: testSettings),
    ]
)
