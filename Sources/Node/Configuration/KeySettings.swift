/// `keys.*`: where the private keys come from. A key itself is never a setting: it is in a keystore file,
/// comes through a file descriptor, or is in one of the reference's two environment variables.
package struct KeySettings: Sendable {
    /// Signs results.
    package let operatorKey: KeySource
    /// Signs and pays for transactions.
    package let relayerKey: KeySource

    init(_ reader: inout ConfigurationReader) {
        operatorKey = KeySource(
            &reader, section: "keys.operator", variable: "ZKVM_OPERATOR_PRIVATE_KEY")
        relayerKey = KeySource(&reader, section: "keys.relayer", variable: "RELAYER_PRIVATE_KEY")
    }
}

/// Where one private key comes from.
package enum KeySource: Sendable, Equatable {
    /// A web3 keystore v3 file and a file whose first line is its password.
    case keystore(path: String, passwordPath: String)
    /// 64 hexadecimal digits, read from an inherited descriptor until its end.
    case descriptor(Int32)
    /// 64 hexadecimal digits in an environment variable.
    case environment(variable: String)

    init(_ reader: inout ConfigurationReader, section: String, variable: String) {
        let path = reader.text(section + "KeystoreFile")
        let password = reader.text(section + "PasswordFile")
        let descriptor = reader.parse(section + "Descriptor", as: "a descriptor from 3 to 1023") {
            Int32($0).flatMap { (3...1023).contains($0) ? $0 : nil }
        }
        switch (path, password, descriptor) {
        case (let path?, let password?, nil):
            self = .keystore(path: path, passwordPath: password)
        case (nil, nil, let descriptor?):
            self = .descriptor(descriptor)
        case (nil, nil, nil):
            self = .environment(variable: variable)
        default:
            reader.report(
                "\(section): set either \(section)KeystoreFile and \(section)PasswordFile, "
                    + "or \(section)Descriptor, or none of them and the variable \(variable)")
            self = .environment(variable: variable)
        }
    }
}
