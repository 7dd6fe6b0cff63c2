internal import Glibc

extension ProcessDispatcher {
    /// Waits until a socket has something, a wake came or a deadline passed. `polled` has the wake
    /// signal first, then one entry for each seat; poll ignores negative descriptors.
    mutating func waitForEvents() {
        polled.removeAll(keepingCapacity: true)
        polled.append(pollfd(fd: context.wake.fileDescriptor, events: Int16(POLLIN), revents: 0))
        for seat in seats {
            var events = Int16(POLLIN)
            if seat.link?.hasUnsentBytes == true { events |= Int16(POLLOUT) }
            polled.append(pollfd(fd: seat.link?.fileDescriptor ?? -1, events: events, revents: 0))
        }
        if !seesSomething() {
            let timeout = context.wake.goesToSleep() ? timeoutMilliseconds() : 0
            _ = pollEvents(timeoutMilliseconds: timeout)
        }
        context.wake.drain(isReadable: polled[0].revents != 0)
    }

    /// How many executors have a request.
    var busyCount: Int { seats.reduce(0) { $0 + ($1.runs == nil ? 0 : 1) } }

    /// Looks for a moment, where a core has nothing better to do.
    private mutating func seesSomething() -> Bool {
        guard busyCount < coreCount else { return false }
        // A copy, because looking needs the rest of `self`.
        var watch = self.watch
        defer { self.watch = watch }
        return watch.finds {
            let hasEvents = pollEvents(timeoutMilliseconds: 0)
            return context.wake.isRaised || hasEvents
        }
    }

    /// Whether there are events, now or before the time is over.
    private mutating func pollEvents(timeoutMilliseconds: Int32) -> Bool {
        // The count is that of the array. Interrupted or not: the round looks at what is there.
        let count = unsafe poll(&polled, nfds_t(polled.count), timeoutMilliseconds)
        if count <= 0 { clearEvents() }
        return count > 0
    }

    /// After a failed poll the events are not to be looked at.
    private mutating func clearEvents() {
        for index in polled.indices { polled[index].revents = 0 }
    }

    /// Until the next deadline, rounded up so that it has passed when poll returns; -1 for ever.
    private func timeoutMilliseconds() -> Int32 {
        var milliseconds = dying.isEmpty ? .max : ExecutionPoolLimits.reapIntervalMilliseconds
        let configuration = context.configuration
        let deadlines = [
            seats.lazy.compactMap { $0.deadline(configuration) }.min(), spareTime(),
        ]
        if let deadline = deadlines.compactMap({ $0 }).min() {
            let left = clock.now.duration(to: deadline).components
            let rounded = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
            milliseconds = min(milliseconds, max(0, rounded))
        }
        guard milliseconds != .max else { return -1 }
        return Int32(clamping: milliseconds)
    }
}
