internal import Bytes
internal import GuestRuntime

/// The first byte of a command.
private enum CommandKind: UInt8 {
    case load = 1
    case unload = 2
    case run = 3
    case check = 4
    case skip = 5
}

extension ExecutorCommand {
    /// Appends the whole message.
    func append(to output: inout [UInt8]) {
        MessageAssembler.append(to: &output) { output in
            switch self {
            case .load(let slot, let vm, let translation, let wantsTranslation, let elf):
                output.reserveCapacity(output.count + translation.count + elf.count + 64)
                output.append(CommandKind.load.rawValue)
                output.append(bigEndian: slot)
                output.append(vm.rawValue)
                output.append(lengthPrefixed: translation)
                output.append(wantsTranslation ? 1 : 0)
                output.append(contentsOf: elf)
            case .unload(let slot):
                output.append(CommandKind.unload.rawValue)
                output.append(bigEndian: slot)
            case .run(let ticket, let slot, let input, let maxCycles, let lingers):
                output.append(CommandKind.run.rawValue)
                output.append(bigEndian: ticket.number)
                output.append(bigEndian: slot)
                output.append(bigEndian: maxCycles)
                output.append(lingers ? 1 : 0)
                input.append(to: &output)
            case .check(let ticket, let vm, let elf):
                output.append(CommandKind.check.rawValue)
                output.append(bigEndian: ticket.number)
                output.append(vm.rawValue)
                output.append(contentsOf: elf)
            case .skip(let ticket):
                output.append(CommandKind.skip.rawValue)
                output.append(bigEndian: ticket.number)
            }
        }
    }

    /// The command in these bytes (without the length); nil when they are none.
    init?(decoding bytes: [UInt8]) {
        var reader = ByteReader(bytes.span)
        guard let kind = reader.readUInt8().flatMap(CommandKind.init(rawValue:)),
            let command = Self.read(kind, from: &reader), reader.isAtEnd
        else { return nil }
        self = command
    }

    private static func read(_ kind: CommandKind, from reader: inout ByteReader) -> Self? {
        switch kind {
        case .load:
            guard let slot = reader.readUInt16(), let vm = reader.readVM(),
                let translation = reader.readLengthPrefixed(), let wants = reader.readUInt8(),
                wants <= 1, let elf = reader.readBytes(reader.remainingCount)
            else { return nil }
            return .load(
                slot: slot, vm: vm, translation: translation, wantsTranslation: wants == 1, elf: elf
            )
        case .unload:
            guard let slot = reader.readUInt16() else { return nil }
            return .unload(slot: slot)
        case .run:
            guard let ticket = reader.readTicket(), let slot = reader.readUInt16(),
                let maxCycles = reader.readUInt64(), let lingers = reader.readUInt8(),
                lingers <= 1, let input = GuestInput(reading: &reader)
            else { return nil }
            return .run(
                ticket: ticket, slot: slot, input: input, maxCycles: maxCycles,
                lingers: lingers == 1)
        case .check:
            guard let ticket = reader.readTicket(), let vm = reader.readVM(),
                let elf = reader.readBytes(reader.remainingCount)
            else { return nil }
            return .check(ticket: ticket, vm: vm, elf: elf)
        case .skip: return reader.readTicket().map(Self.skip(ticket:))
        }
    }
}

extension ByteReader {
    /// The ticket of a request.
    mutating func readTicket() -> ExecutionTicket? {
        readUInt64().map(ExecutionTicket.init(number:))
    }

    fileprivate mutating func readVM() -> GuestVM? {
        readUInt8().flatMap(GuestVM.init(rawValue:))
    }
}
