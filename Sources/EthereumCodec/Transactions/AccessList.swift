package import Bytes

/// An account and the storage slots that a transaction announces (EIP-2930).
package struct AccessListEntry: Hashable, Sendable {
    package var address: Address
    package var storageKeys: [Hash32]

    package init(address: Address, storageKeys: [Hash32]) {
        self.address = address
        self.storageKeys = storageKeys
    }
}

extension RLPWriter {
    /// Appends an access list.
    mutating func append(accessList: [AccessListEntry]) {
        var list = RLPWriter()
        for entry in accessList {
            var keys = RLPWriter()
            for key in entry.storageKeys {
                keys.append(key)
            }
            var item = RLPWriter()
            item.append(entry.address)
            item.append(list: keys)
            list.append(list: item)
        }
        append(list: list)
    }
}

extension RLPReader {
    /// The next item, an access list.
    mutating func readAccessList(in bytes: Span<UInt8>) throws(RLPError) -> [AccessListEntry] {
        let countMax = EthereumCodecLimits.accessListCountMax
        var list = try readList("accessList", in: bytes)
        var entries: [AccessListEntry] = []
        while !list.isAtEnd {
            guard entries.count < countMax else {
                throw .tooManyElements(field: "accessList", countMax: countMax)
            }
            var item = try list.readList("accessList", in: bytes)
            let address: Address = try item.read("accessList.address", in: bytes)
            let keys = try item.readStorageKeys(in: bytes)
            try item.finish("accessList")
            entries.append(AccessListEntry(address: address, storageKeys: keys))
        }
        return entries
    }

    private mutating func readStorageKeys(in bytes: Span<UInt8>) throws(RLPError) -> [Hash32] {
        let countMax = EthereumCodecLimits.accessListCountMax
        var list = try readList("accessList.storageKeys", in: bytes)
        var keys: [Hash32] = []
        while !list.isAtEnd {
            guard keys.count < countMax else {
                throw .tooManyElements(field: "accessList.storageKeys", countMax: countMax)
            }
            keys.append(try list.read("accessList.storageKeys", in: bytes))
        }
        return keys
    }
}
