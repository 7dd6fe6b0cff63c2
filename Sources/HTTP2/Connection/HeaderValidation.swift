/// The rules for fields (RFC 9113 section 8.2 and 8.3).
enum HeaderValidation {
    /// Why a list can't be a head.
    struct Malformed: Error {}

    /// A request's head (section 8.3.1).
    static func requestHead(_ fields: HTTP2HeaderList) throws(Malformed) -> HTTP2Head {
        var pseudo = PseudoFields()
        let contentLength = try scan(fields, &pseudo)
        guard pseudo.status == nil, let method = pseudo.method else { throw Malformed() }
        if fields.valueEquals(Int(method), "CONNECT") {
            // Section 8.5: neither scheme nor path.
            guard pseudo.scheme == nil, pseudo.path == nil, pseudo.authority != nil else {
                throw Malformed()
            }
        } else {
            guard pseudo.scheme != nil, let path = pseudo.path else { throw Malformed() }
            guard isPath(fields.value(at: Int(path)), fields, method) else { throw Malformed() }
        }
        return head(fields, pseudo, status: 0, contentLength)
    }

    /// A response's head (section 8.3.2).
    static func responseHead(_ fields: HTTP2HeaderList) throws(Malformed) -> HTTP2Head {
        var pseudo = PseudoFields()
        let contentLength = try scan(fields, &pseudo)
        guard pseudo.count == 1, let index = pseudo.status else { throw Malformed() }
        let digits = fields.value(at: Int(index))
        guard digits.count == 3, let status = decimal(digits), (100...599).contains(status),
            status != 101
        else { throw Malformed() }
        return head(fields, pseudo, status: status, contentLength)
    }

    /// Trailers hold no pseudo-header fields (section 8.1).
    static func checkTrailers(_ fields: HTTP2HeaderList) throws(Malformed) {
        var pseudo = PseudoFields()
        _ = try scan(fields, &pseudo)
        guard pseudo.count == 0 else { throw Malformed() }
    }

    /// The pseudo-header fields by index; each may occur once, before all others.
    private struct PseudoFields {
        var count: UInt8 = 0
        var method: UInt8?
        var scheme: UInt8?
        var authority: UInt8?
        var path: UInt8?
        var status: UInt8?
    }

    private static func head(
        _ fields: HTTP2HeaderList, _ pseudo: PseudoFields, status: Int, _ contentLength: Int?
    ) -> HTTP2Head {
        HTTP2Head(
            fields: fields, status: status, contentLength: contentLength,
            pseudoFieldCount: pseudo.count, methodIndex: pseudo.method,
            schemeIndex: pseudo.scheme, authorityIndex: pseudo.authority, pathIndex: pseudo.path)
    }

    /// Checks every field; returns the content length.
    private static func scan(
        _ fields: HTTP2HeaderList, _ pseudo: inout PseudoFields
    ) throws(Malformed) -> Int? {
        let bytes = fields.bytes.span
        var contentLength: Int?
        for index in 0..<fields.count {
            let name = bytes.extracting(fields.nameRange(index))
            let value = bytes.extracting(fields.valueRange(index))
            guard !name.isEmpty, isValue(value) else { throw Malformed() }
            if name[0] == UInt8(ascii: ":") {
                guard Int(pseudo.count) == index else { throw Malformed() }
                try note(name, at: pseudo.count, &pseudo)
                continue
            }
            guard isName(name) else { throw Malformed() }
            try checkConnectionField(name, value)
            if isEqual(name, "content-length") {
                guard let length = decimal(fields.value(at: index)),
                    contentLength == nil || contentLength == length
                else { throw Malformed() }
                contentLength = length
            }
        }
        return contentLength
    }

    private static func note(
        _ name: Span<UInt8>, at index: UInt8, _ pseudo: inout PseudoFields
    ) throws(Malformed) {
        pseudo.count += 1  // At most 5: each name is accepted once.
        if isEqual(name, ":method"), pseudo.method == nil {
            pseudo.method = index
        } else if isEqual(name, ":scheme"), pseudo.scheme == nil {
            pseudo.scheme = index
        } else if isEqual(name, ":authority"), pseudo.authority == nil {
            pseudo.authority = index
        } else if isEqual(name, ":path"), pseudo.path == nil {
            pseudo.path = index
        } else if isEqual(name, ":status"), pseudo.status == nil {
            pseudo.status = index
        } else {
            throw Malformed()
        }
    }

    /// Fields about the connection have no place in HTTP/2 (section 8.2.2).
    private static func checkConnectionField(
        _ name: Span<UInt8>, _ value: Span<UInt8>
    ) throws(Malformed) {
        let isForbidden =
            switch name.count {
            case 2: isEqual(name, "te") && !isEqual(value, "trailers")
            case 7: isEqual(name, "upgrade")
            case 10: isEqual(name, "connection") || isEqual(name, "keep-alive")
            case 16: isEqual(name, "proxy-connection")
            case 17: isEqual(name, "transfer-encoding")
            default: false
            }
        guard !isForbidden else { throw Malformed() }
    }

    private static func isPath(
        _ path: ArraySlice<UInt8>, _ fields: HTTP2HeaderList, _ method: UInt8
    ) -> Bool {
        guard let first = path.first else { return false }
        if first == UInt8(ascii: "/") { return true }
        return first == UInt8(ascii: "*") && path.count == 1
            && fields.valueEquals(Int(method), "OPTIONS")
    }

    /// A token without upper-case letters (section 8.2.1 and RFC 9110 section 5.6.2).
    private static func isName(_ name: Span<UInt8>) -> Bool {
        var index = 0
        while index < name.count {
            let byte = name[index]
            let bits = byte < 64 ? lowNameBytes : highNameBytes
            guard byte < 128, bits >> UInt64(byte & 63) & 1 == 1 else { return false }
            index += 1
        }
        return true
    }

    /// No control character but tab, no white space at the ends (section 8.2.1).
    private static func isValue(_ value: Span<UInt8>) -> Bool {
        guard !value.isEmpty else { return true }
        var index = 0
        while index < value.count {
            let byte = value[index]
            guard byte >= 0x20 && byte != 0x7f || byte == 0x09 else { return false }
            index += 1
        }
        return !isBlank(value[0]) && !isBlank(value[value.count - 1])
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func isEqual(_ bytes: Span<UInt8>, _ text: String) -> Bool {
        bytes.hasSameBytes(as: text.utf8.span)
    }

    /// 1 to 18 digits, which fit in an `Int`.
    private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...18).contains(digits.count) else { return nil }
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }

    private static let lowNameBytes = nameBytes(from: 0)
    private static let highNameBytes = nameBytes(from: 64)

    private static func nameBytes(from start: UInt8) -> UInt64 {
        var bits: UInt64 = 0
        for byte in "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz".utf8
        where byte & 0x40 == start { bits |= 1 << UInt64(byte & 63) }
        return bits
    }
}
