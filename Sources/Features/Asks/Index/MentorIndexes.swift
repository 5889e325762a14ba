import Kit
import Store
import Synchronization
import Web

/// The mentor indexes of a process, one for each organisation. They follow the log: at every look-up (`MentorIndex.changes`), so that an
/// answer never misses what is committed, and now and then here, so that there is little to look up.
public final class MentorIndexes: Sendable {
  private let known = Mutex<[ID<Organisation>: MentorIndex]>([:])

  /// After this time an index is made anew; one that is still there after twice the time is not asked.
  static let lasts = Span.hours(1)
  static let ends = Span.hours(2)

  init() {}

  /// The index of an organisation; nil while there is none, and when it was not kept up.
  func index(of org: ID<Organisation>, at now: Instant) -> MentorIndex? {
    known.withLock { $0[org] }.flatMap { now - $0.madeAt < MentorIndexes.ends ? $0 : nil }
  }

  /// Makes the indexes of all organisations.
  public func make(_ store: Store, _ world: World) async throws {
    let orgs = try await store.read { tx in try tx.values("SELECT id FROM organisation ORDER BY id", as: ID<Organisation>.self) }
    for org in orgs { try await make(org, store, world) }
  }

  func make(_ org: ID<Organisation>, _ store: Store, _ world: World) async throws {
    let index = try await store.read { tx in try MentorIndex.make(org, tx, world) }
    keep(index)
  }

  func keep(_ index: MentorIndex) { known.withLock { $0[index.org] = index } }

  /// Reads what changed; makes an index anew that is old, or missed too much.
  public func catchUp(_ orgs: Set<ID<Organisation>>, _ store: Store, _ world: World) async throws {
    for org in orgs.sorted() {
      if let index = index(of: org, at: world.now()), world.now() - index.madeAt < MentorIndexes.lasts,
        let next = try await store.read({ tx in try index.caughtUp(tx) })
      {
        keep(next)
      } else {
        try await make(org, store, world)
      }
    }
  }

  /// Those made so long ago that they are due again.
  public func old(_ world: World) -> Set<ID<Organisation>> {
    let now = world.now()
    return known.withLock { known in Set(known.filter { now - $0.value.madeAt >= MentorIndexes.lasts }.keys) }
  }
}

extension Store {
  public var mentorIndexes: MentorIndexes { memory.value { MentorIndexes() } }
}

extension Transaction {
  var mentorIndexes: MentorIndexes { memory.value { MentorIndexes() } }
}
