internal import ArgumentParser
internal import EthCrypto
internal import Node

/// Where a command finds a private key. The key itself is never an argument, which other users of the
/// machine could see.
struct KeyOptions: ParsableArguments {
    @Option(
        name: .customLong("key-file"),
        help: "A web3 keystore (v3), such as `tandem key new` writes.")
    var keyFile: String?

    @Option(
        name: .customLong("password-file"),
        help: "A file whose first line is the keystore's password; standard input by default.")
    var passwordFile: String?

    @Option(
        name: .customLong("key-fd"),
        help: "An open descriptor with the key as 64 hexadecimal digits; 0 is standard input.")
    var keyDescriptor: Int32?

    /// The key; `variable` is the environment variable that is used when no option is given.
    func load(variable: String? = nil) throws -> PrivateKey {
        try KeyLoader.load(try source(variable))
    }

    private func source(_ variable: String?) throws -> KeySource {
        switch (keyFile, keyDescriptor) {
        case (let path?, nil): return .keystore(path: path, passwordPath: passwordFile ?? "-")
        case (nil, let descriptor?): return .descriptor(descriptor)
        case (nil, nil):
            if let variable { return .environment(variable: variable) }
            throw ValidationError("give the key with --key-file or --key-fd")
        default:
            throw ValidationError("give either --key-file or --key-fd")
        }
    }
}
