internal import CMachine

/// What an executor process gives up before it touches anything that a stranger wrote.
///
/// In two steps, because in between there is work that needs what the second takes away: the first
/// guest of a process makes libraries read their settings and the machine set up its memory.
package enum ExecutorSandbox {
    /// The first step; false when the system refuses a part of it. Afterwards the process ends with
    /// the node that started it, and when memory runs out it ends before that; it holds no descriptor
    /// but the socket, so nothing that it says reaches the node's log or terminal.
    ///
    /// Not descriptors, but what libraries open by themselves can still be opened here.
    package static func enter(socket: Int32) -> Bool {
        tandem_die_first_without_memory()
        return tandem_die_with_parent() == 0 && tandem_close_all_but(socket) == 0
    }

    /// The second step, for good: resource limits and a filter that lets no system call through but
    /// those that running guests takes. False when the system refuses a part of it.
    package static func seal(socket: Int32) -> Bool {
        let limits = ExecutionPoolLimits.self
        var caps = tandem_resource_caps(
            address_space_byte_count: limits.executorAddressSpaceByteCountMax,
            data_byte_count: limits.executorDataByteCountMax)
        // The structure is read during the call only.
        return unsafe tandem_restrict_resources(&caps) == 0
            && tandem_filter_system_calls(socket) == 0
    }
}
