import Features
import Kit
import ServiceLifecycle
import Store
import Synchronization
import Web

/// Keeps the indexes of mentors warm: made at the start, then brought up to what the activity log says, every quarter of a minute where
/// something happened. Until then pages read the database.
struct FollowingActivity: Service {
  let site: Site

  private static let pause = Duration.seconds(15)

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      let changed = ChangedOrganisations()
      let signals = site.store.signals.listen()
      let indexes = site.store.mentorIndexes
      await attempt { try await indexes.make(site.store, site.world) }
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          for await name in signals {
            if name.hasPrefix("org/"), let org = ID<Organisation>(name.dropFirst(4)) { changed.add(org) }
          }
        }
        group.addTask {
          while true {
            try await Task.sleep(for: Self.pause)
            let due = changed.take().union(indexes.old(site.world))
            await attempt { try await indexes.catchUp(due, site.store, site.world) }
          }
        }
        try await group.waitForAll()
      }
    }
    try? await gracefulShutdown()
  }

  /// An index that could not be read is not used for longer than an hour; every answer is right without it.
  private func attempt(_ body: () async throws -> Void) async {
    do { try await body() } catch { site.logger.warning("The mentors could not be read into memory.", metadata: ["error": "\(error)"]) }
  }
}

/// Organisations in which something happened since they were last looked at.
private final class ChangedOrganisations: Sendable {
  private let known = Mutex<Set<ID<Organisation>>>([])

  func add(_ org: ID<Organisation>) { known.withLock { _ = $0.insert(org) } }

  func take() -> Set<ID<Organisation>> {
    known.withLock { known in
      defer { known = [] }
      return known
    }
  }
}
