import Kit
import Synchronization

/// The jobs that this worker took and has not ended, whatever the clock says of their leases.
final class InHand: Sendable {
  private let ids = Mutex<Set<ID<QueuedJob>>>([])

  var all: [ID<QueuedJob>] { ids.withLock { Array($0) } }

  func add(_ jobs: [Leases.Held]) { ids.withLock { $0.formUnion(jobs.map(\.job.id)) } }
  func remove(_ id: ID<QueuedJob>) { ids.withLock { _ = $0.remove(id) } }
  func clear() { ids.withLock { $0 = [] } }
}
