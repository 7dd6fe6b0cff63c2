internal import NodeAPI

/// A job as a command prints it.
enum JobFields {
    /// Every member of the node's answer, in its order.
    static func all(_ job: JSONObject) -> [OutputField] {
        job.members.map { member in
            switch member.value {
            case .string(let text): OutputField(member.name, text)
            case .number(let number): OutputField(member.name, number)
            case .bool(let flag): OutputField(member.name, flag)
            case .null: OutputField(member.name, nil as String?)
            }
        }
    }
}
