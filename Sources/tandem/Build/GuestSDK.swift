internal import Node

/// The directory with the guest SDK: start code, linker script, runtime and the Swift module.
struct GuestSDK: Equatable {
    /// Its absolute path.
    let path: String

    var include: String { path + "/include" }
    var runtime: String { path + "/Runtime" }
    var swift: String { path + "/Swift" }
    var linkerScript: String { runtime + "/guest.ld" }

    /// Takes `explicit` (`--sdk`), else TANDEM_SDK, else looks from the executable and from the
    /// current directory upwards for an installed SDK or a checkout.
    init(explicit: String?) throws(GuestBuildError) {
        if let named = explicit ?? ProcessEnvironment.value("TANDEM_SDK") {
            guard let found = GuestSDK.complete(named) else {
                throw .sdkNotFound(searched: [named])
            }
            path = found
            return
        }
        let starts = ["/proc/self/exe", "."].compactMap(LocalFiles.resolved)
        for start in starts {
            for ancestor in GuestSDK.ancestors(of: start) {
                for place in ["share/tandem/GuestSDK", "Sources/GuestSDK"] {
                    guard let found = GuestSDK.complete(ancestor + "/" + place) else { continue }
                    path = found
                    return
                }
            }
        }
        throw .sdkNotFound(searched: starts.map { $0 + " and above" })
    }

    /// The real path of `directory`, when it holds an SDK.
    private static func complete(_ directory: String) -> String? {
        guard LocalFiles.kind(of: directory + "/include/tandem.h") == .file,
            LocalFiles.kind(of: directory + "/Runtime/guest.ld") == .file
        else { return nil }
        return LocalFiles.resolved(directory)
    }

    private static func ancestors(of path: String) -> [String] {
        let parts = path.split(separator: "/")
        return (0...min(parts.count, GuestBuildLimits.ancestorCountMax)).map { dropped in
            "/" + parts.dropLast(dropped).joined(separator: "/")
        }
    }
}
