/// How translations of programs are kept, so that no executor translates what another has.
package struct CodeCacheConfiguration: Sendable {
    /// The directory of the files, which belongs to the cache; nil for none. It is made when it is not
    /// there.
    package var directory: String?

    /// Tells this build of Tandem from all others: a translation of another build is never used.
    package var build: [UInt8]

    /// How many bytes are kept in memory.
    package var memoryByteCountMax = 256 << 20

    /// How many bytes of files are kept.
    package var fileByteCountMax = 1 << 30

    /// A cache in memory, and in a directory if there is one.
    package init(directory: String? = nil, build: [UInt8] = []) {
        self.directory = directory
        self.build = build
    }
}
