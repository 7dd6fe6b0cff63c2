internal import Glibc

/// The environment that this process was started with.
package enum ProcessEnvironment {
    /// The value of a variable; nil when it is not set or empty.
    package static func value(_ name: String) -> String? {
        // The answer is copied at once; nothing in this program sets variables.
        guard let text = unsafe getenv(name) else { return nil }
        let value = unsafe String(cString: text)
        return value.isEmpty ? nil : value
    }

    /// Every variable. Names that occur twice keep their first value, as getenv(3) does.
    package static var all: [String: String] {
        var variables: [String: String] = [:]
        // The array ends with a null pointer and is not changed while this runs: nothing in this program
        // sets variables.
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            let parts = unsafe String(cString: text)
                .split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, variables[String(parts[0])] == nil {
                variables[String(parts[0])] = String(parts[1])
            }
            unsafe entry += 1
        }
        return variables
    }
}
