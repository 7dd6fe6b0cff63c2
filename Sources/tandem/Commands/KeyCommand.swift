internal import ArgumentParser
internal import Bytes
internal import EthCrypto
internal import Node

/// `tandem key`: private keys in keystore files.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make, import and show keys in web3 keystore files (v3).",
        subcommands: [KeyNewCommand.self, KeyImportCommand.self, KeyAddressCommand.self])
}

/// Where a new keystore goes.
struct KeystoreTarget: ParsableArguments {
    @Option(help: "The file to write; it must not exist.") var out: String
    @Option(
        name: .customLong("password-file"),
        help: "A file whose first line is the password; - for standard input.")
    var passwordFile: String

    func write(_ key: PrivateKey, _ output: OutputOptions) throws {
        let password = try KeyLoader.password(path: passwordFile)
        try KeystoreWriter.write(key, to: out, password: password)
        output.print([
            OutputField("address", key.address.description), OutputField("file", out),
        ])
    }
}

/// `tandem key new`.
struct KeyNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make a new random key.")

    @OptionGroup var target: KeystoreTarget
    @OptionGroup var output: OutputOptions

    func run() throws {
        let key = try PrivateKey.generate(entropy: SystemRandom.bytes(32))
        try target.write(key, output)
    }
}

/// `tandem key import`.
struct KeyImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Put a key that you have into a keystore file.",
        discussion: "The key is 64 hexadecimal digits; `--key-fd 0` reads it from standard input.")

    @OptionGroup var target: KeystoreTarget
    @Option(name: .customLong("key-fd"), help: "An open descriptor with the key.")
    var keyDescriptor: Int32
    @OptionGroup var output: OutputOptions

    func run() throws {
        try target.write(try KeyLoader.load(.descriptor(keyDescriptor)), output)
    }
}

/// `tandem key address`.
struct KeyAddressCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "address", abstract: "Show the address of a key.")

    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let key = try key.load()
        output.print([OutputField("address", key.address.description)])
    }
}
