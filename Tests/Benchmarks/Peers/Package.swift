// swift-tools-version:6.2
// The programs that `make bench` measures Tandem against and with. A package of its own: what it
// depends on is no part of the node.
import PackageDescription

let swift: [SwiftSetting] = [.swiftLanguageMode(.v6)]
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")

let package = Package(
    name: "tandem-benchmark-peers",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
        .package(url: "https://github.com/grpc/grpc-swift-2", exact: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", exact: "2.9.2"),
        .package(url: "https://github.com/grpc/grpc-swift-protobuf", exact: "2.4.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
    ],
    targets: [
        .target(name: "CoprocessorProto", dependencies: [protobuf], swiftSettings: swift),
        .systemLibrary(name: "CSecp256k1", pkgConfig: "libsecp256k1"),
        .executableTarget(
            name: "GRPCPeer",
            dependencies: [
                "CoprocessorProto", protobuf,
                .product(name: "GRPCCore", package: "grpc-swift-2"),
                .product(name: "GRPCNIOTransportHTTP2", package: "grpc-swift-nio-transport"),
                .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf"),
            ], swiftSettings: swift),
        .executableTarget(
            name: "RESTPeer",
            dependencies: [.product(name: "Hummingbird", package: "hummingbird")],
            swiftSettings: swift),
        .executableTarget(name: "RequestPlayer"),
        .executableTarget(name: "RecoverCost", dependencies: ["CSecp256k1"]),
    ]
)
