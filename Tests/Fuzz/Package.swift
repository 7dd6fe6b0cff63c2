// swift-tools-version:6.2
import PackageDescription

// Fuzzers, apart from the root package because every module in them is compiled with libFuzzer's counters
// and AddressSanitizer. The modules are the root package's own, by symbolic links. With TANDEM_PLAIN they
// are compiled as the product is, for the soak, which wants speed.
let isPlain = Context.environment["TANDEM_PLAIN"] != nil
let instrumented: [SwiftSetting] = [
    .unsafeFlags(
        isPlain
            ? ["-cross-module-optimization", "-parse-as-library"]
            : ["-sanitize=fuzzer,address", "-parse-as-library"])
]
let settings: [SwiftSetting] =
    instrumented + [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
    ]
let testSettings: [SwiftSetting] = instrumented + [.swiftLanguageMode(.v6)]

func fuzzer(_ name: String, of module: Target.Dependency) -> Target {
    .executableTarget(
        name: name, dependencies: ["CFuzzer", module, "TestSupport", "Bytes"],
        // Files of the product that stand among a fuzzer's own say `internal import`.
        swiftSettings: testSettings + [.enableUpcomingFeature("InternalImportsByDefault")],
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])])
}

let soak = Target.executableTarget(
    name: "Soak", dependencies: ["RISCV", "TestSupport", "Bytes"], swiftSettings: testSettings)

let package = Package(
    name: "tandem-fuzz",
    targets: [
        .target(name: "CFuzzer"),
        .target(name: "CMachine", path: "Linked/CMachine"),
        .target(
            name: "Bytes", path: "Linked/Bytes",
            swiftSettings: settings + [.enableExperimentalFeature("Lifetimes")]),
        .target(
            name: "RISCV", dependencies: ["Bytes", "CMachine"], path: "Linked/RISCV",
            swiftSettings: settings),
        .systemLibrary(
            name: "CSecp256k1", path: "Linked/CSecp256k1", pkgConfig: "libsecp256k1"),
        .systemLibrary(name: "COpenSSL", path: "Linked/COpenSSL", pkgConfig: "openssl"),
        .target(
            name: "EthCrypto", dependencies: ["Bytes", "CSecp256k1", "COpenSSL"],
            path: "Linked/EthCrypto", swiftSettings: settings),
        .target(
            name: "GuestRuntime", dependencies: ["RISCV", "EthCrypto", "Bytes"],
            path: "Linked/GuestRuntime", swiftSettings: settings),
        .target(
            name: "TestSupport", dependencies: ["Bytes"], path: "Linked/TestSupport",
            swiftSettings: testSettings),
    ]
        + (isPlain
            ? [soak]
            : [
                fuzzer("ELFFuzzer", of: "RISCV"), fuzzer("ProgramFuzzer", of: "RISCV"),
                fuzzer("ContainerFuzzer", of: "GuestRuntime"),
                fuzzer("CodeFuzzer", of: "GuestRuntime"),
            ])
)
