package import Bytes
package import EthereumRPC
package import Logging
package import PostingEngine

/// Why the poster ended.
package enum PosterError: Error, Sendable {
    /// The outbox can't be true, or belongs to another account or chain.
    case recovery(PostingRecoveryError)
    /// The store failed. What it holds is whole; starting again goes on from there.
    case store(String)
}

/// Posts results to the chain: runs a `PostingEngine` on the outbox of a store and the servers of a
/// chain. One task owns the engine; all others talk to it through a mailbox.
package final class Poster: Sendable {
    private let configuration: PostingConfiguration
    private let signer: TransactionSigner
    private let chainID: UInt64
    private let persistence: any PostingPersistence
    private let performer: ChainPerformer
    private let logger: Logger
    private let observer: PosterObserver
    private let mailbox = PosterMailbox()
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    /// A poster that does nothing yet.
    package init(
        configuration: PostingConfiguration, signer: TransactionSigner, chainID: UInt64,
        rpc: EthereumRPC, persistence: any PostingPersistence, logger: Logger,
        observer: PosterObserver = PosterObserver()
    ) {
        self.configuration = configuration
        self.signer = signer
        self.chainID = chainID
        self.persistence = persistence
        self.logger = logger
        self.observer = observer
        performer = ChainPerformer(
            rpc: rpc, account: signer.address, chainID: chainID, logger: logger)
        start = clock.now
    }

    /// Takes up the outbox and posts until `stop` is called or the store fails. Call once.
    ///
    /// `openOrderedJobs` are the ordered jobs that are neither over nor in the outbox. Messages sent
    /// before or while this runs are taken in their order. Cancelling the task is `stop`.
    package func run(openOrderedJobs: [OrderedJob]) async throws(PosterError) {
        var engine = try await recover(openOrderedJobs)
        var failure: PosterError?
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                let loop = PosterLoop(poster: self)
                failure = await loop.run(&engine, in: &group)
                group.cancelAll()
            }
        } onCancel: {
            stop()
        }
        if let failure { throw failure }
    }

    /// Ends `run`. Nothing is lost: what is on its way stands in the outbox.
    package func stop() {
        mailbox.close()
    }

    /// Posts a result whose record was just written to the outbox.
    package func post(_ record: PostingRecord) {
        mailbox.send(posting: record)
    }

    /// An ordered job was accepted; later ones of its consumer wait for it.
    package func orderedJobAccepted(_ job: OrderedJob) {
        mailbox.send(.event(.orderedJobAccepted(job)))
    }

    /// An ordered job ended without anything to post.
    package func orderedJobEnded(_ job: OrderedJob) {
        mailbox.send(.event(.orderedJobEnded(job)))
    }

    /// Takes a dead letter up again.
    package func retry(_ jobID: JobID) {
        mailbox.send(.event(.deadLetterRetried(jobID)))
    }

    /// Gives a posting up: it becomes a dead letter.
    package func abandon(_ jobID: JobID) {
        mailbox.send(.event(.postingAbandoned(jobID)))
    }

    /// A new block was announced; saves waiting for the next look.
    package func headAnnounced() {
        mailbox.send(.event(.headAnnounced))
    }

    /// Calls `body` with the engine between two events, for lists and metrics; never when the poster
    /// has ended. Must not block.
    package func inspect(_ body: @escaping @Sendable (borrowing PostingEngine) -> Void) {
        mailbox.send(.inspect(body))
    }

    private func recover(
        _ openOrderedJobs: [OrderedJob]
    ) async throws(PosterError) -> PostingEngine {
        let account: AccountRecord?
        let records: [PostingRecord]
        do {
            account = try await persistence.accountRecord(of: signer.address, chainID: chainID)
            records = try await persistence.outboxRecords()
        } catch {
            throw .store("\(error)")
        }
        // The outbox may hold results of jobs that were accepted since `openOrderedJobs` was made;
        // what was announced meanwhile goes before them.
        let openOrderedJobs = openOrderedJobs + mailbox.announcedOrderedJobs
        do throws(PostingRecoveryError) {
            return try PostingEngine(
                configuration: configuration, signer: signer, chainID: chainID, account: account,
                records: records, openOrderedJobs: openOrderedJobs, now: milliseconds())
        } catch {
            throw .recovery(error)
        }
    }

    private func milliseconds() -> UInt64 {
        let (seconds, attoseconds) = (clock.now - start).components
        return UInt64(seconds) * 1000 + UInt64(attoseconds / 1_000_000_000_000_000)
    }
}

extension Poster {
    /// The task that owns the engine.
    fileprivate struct PosterLoop {
        let poster: Poster

        /// Handles messages until the poster is stopped (nil) or the store fails.
        func run(
            _ engine: inout PostingEngine, in group: inout DiscardingTaskGroup
        ) async -> PosterError? {
            var timer: Task<Void, Never>?
            defer { timer?.cancel() }
            handle(.timePassed, &engine, &group)
            while true {
                timer?.cancel()
                timer = engine.wakeUpAt.map { wake(at: $0) }
                for message in await poster.mailbox.next() {
                    switch message {
                    case .event(let event): handle(event, &engine, &group)
                    case .inspect(let body): body(engine)
                    case .reload:
                        guard await reload(&engine, &group) else { return .store("unreadable") }
                    case .storeFailed(let reason): return .store(reason)
                    case .stop: return nil
                    }
                }
                poster.observer.summaryChanged(engine.summary)
            }
        }

        private func handle(
            _ event: PostingEvent, _ engine: inout PostingEngine,
            _ group: inout DiscardingTaskGroup
        ) {
            let actions = engine.handle(
                event, at: poster.milliseconds(), random: UInt64.random(in: 0...UInt64.max))
            for action in actions {
                perform(action, &group)
            }
        }

        private func perform(_ action: PostingAction, _ group: inout DiscardingTaskGroup) {
            let poster = poster
            switch action {
            case .persist(let batch): poster.persist(batch)
            case .reloadOutbox: poster.mailbox.send(.reload)
            case .loadCalldata(let jobID):
                group.addTask { await poster.load(jobID) }
            case .observeChain:
                group.addTask { poster.answer(await poster.performer.observe()) }
            case .estimateGas(let jobID, let call):
                group.addTask { poster.answer(await poster.performer.estimate(jobID, call)) }
            case .broadcast(let nonce, let signed):
                group.addTask { poster.answer(await poster.performer.broadcast(nonce, signed)) }
            case .askReceipts(let nonce, let hashes):
                group.addTask { poster.answer(await poster.performer.receipts(nonce, hashes)) }
            case .askContractStatus(let jobID, let contract):
                group.addTask {
                    poster.answer(await poster.performer.contractStatus(jobID, contract))
                }
            case .replayCall(let jobID, let call, let block):
                group.addTask {
                    poster.answer(await poster.performer.replay(jobID, call, at: block))
                }
            }
        }

        /// Reports the whole outbox again. Every batch before is on disk by then, and no event comes
        /// between reading and reporting, so that nothing is reported that has ended since.
        private func reload(
            _ engine: inout PostingEngine, _ group: inout DiscardingTaskGroup
        ) async -> Bool {
            await poster.batchesPersisted()
            guard let records = try? await poster.persistence.outboxRecords() else {
                // The store's own error says no more here: the poster ends, the node restarts.
                return false
            }
            for record in records where !record.isLive {
                handle(.postingAdded(record), &engine, &group)
            }
            return true
        }

        private func wake(at time: UInt64) -> Task<Void, Never> {
            let poster = poster
            return Task {
                let deadline = poster.start.advanced(by: .milliseconds(time))
                // Throws when the timer is replaced, and then there is nothing to report.
                guard (try? await Task.sleep(until: deadline, clock: .continuous)) != nil else {
                    return
                }
                poster.mailbox.send(.event(.timePassed))
            }
        }
    }

    private func answer(_ event: PostingEvent) {
        mailbox.send(.event(event))
    }

    private func load(_ jobID: JobID) async {
        do {
            answer(.calldataLoaded(jobID, try await persistence.calldata(of: jobID)))
        } catch {
            mailbox.send(.storeFailed("\(error)"))
        }
    }

    private func persist(_ batch: PostingBatch) {
        persistence.persist(batch) { [self] error in
            if let error {
                mailbox.send(.storeFailed("\(error)"))
            } else {
                report(batch)
                answer(.batchPersisted(batch.id))
            }
        }
    }

    /// Waits until the store has taken every batch that was given to it: an empty one comes last.
    private func batchesPersisted() async {
        await withCheckedContinuation { continuation in
            persistence.persist(PostingBatch(id: 0)) { _ in continuation.resume() }
        }
    }

    private func report(_ batch: PostingBatch) {
        for outcome in batch.outcomes {
            logger.info(
                "posting ended",
                metadata: ["job": "\(outcome.jobID)", "ending": "\(outcome.ending)"])
            observer.postingEnded(outcome)
        }
        for record in batch.records {
            guard case .dead(let reason) = record.state else { continue }
            let jobID = record.posting.jobID
            logger.error(
                "posting given up", metadata: ["job": "\(jobID)", "reason": "\(reason)"])
            observer.postingBuried(jobID, reason)
        }
    }
}
