internal import Glibc

/// How many files and sockets this process may have open.
enum DescriptorLimit {
    /// Raises the limit as far as the system lets this user: each connection is a descriptor, and the
    /// usual soft limit of 1,024 is below the number of connections that are served. A limit that cannot
    /// be raised stays; connections beyond it are then refused one by one.
    static func raise() {
        var limit = rlimit()
        // Both calls read or write the structure that they are given.
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return
        }
        limit.rlim_cur = limit.rlim_max
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
