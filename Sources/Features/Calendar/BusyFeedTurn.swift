import Jobs
import Kit
import Store

/// When a calendar is asked: at each turn, and less and less often while it fails.
extension BusyFeed {
  static let turn = Span.minutes(15)
  /// However often its owner wants it read.
  static let shortestWait = Span.minutes(1)
  /// However often it has failed, while its owner does not know: it may be this server that reaches nobody.
  static let longestUntoldWait = Span.hours(1)
  /// However often it has failed.
  static let longestWait = Span.days(1)

  /// After the first failure it is asked at the next turn, after each further one in a row it waits twice as long. Before its owner is told
  /// it waits an hour at most, and not beyond the moment of telling; afterwards as long as they have known, and a day at most. One that was
  /// asked before its time, because its owner wanted it, keeps its time.
  func planAfterFailure(_ now: Instant) -> (failures: Int, next: Instant) {
    if let nextAt, now < nextAt { return (failures, nextAt) }
    let since = Self.lastTurn(at: now)
    let known: Span = toldAt.map { since - Self.lastTurn(at: $0) } ?? .seconds(0)
    let longest = min(max(known, Self.longestUntoldWait), Self.longestWait)
    let next = since + min(Self.turn * (1 << min(failures, 7)), longest)
    let telling = (readAt ?? createdAt) + Self.patience
    return (failures + 1, toldAt == nil && telling > now ? min(next, telling) : next)
  }

  /// Waits are counted from the turn, as the reading itself may have waited for others.
  private static func lastTurn(at moment: Instant) -> Instant {
    Instant(microseconds: moment.microseconds.flooredDivision(by: turn.microseconds) &* turn.microseconds)
  }

  /// Whole days, and times without a zone, are told by the owner's clock: after that has changed, all is read and spread out anew.
  static func readAnew(of person: ID<Person>, org: ID<Organisation>, _ tx: Transaction, _ world: World) throws {
    let feeds: [ID<BusyFeed>] = try tx.values(
      "UPDATE busy_feed SET expanded_at = NULL WHERE org_id = \(org) AND person_id = \(person) RETURNING id")
    for feed in feeds { try ReadBusyFeed.plan(feed, org: org, at: world.now(), tx, world) }
  }
}

extension ReadBusyFeed {
  /// Puts a calendar in line. One that stands there or is being read stays as it is; one that was put off comes forward, and what is left
  /// of an earlier reading gives way, also of one that was given up.
  static func plan(_ feed: ID<BusyFeed>, org: ID<Organisation>, at time: Instant, _ tx: Transaction, _ world: World) throws {
    let key = "\(feed)"
    try tx.run(
      """
      DELETE FROM job WHERE kind = \(kind) AND key = \(key)
        AND (state IN (\(QueuedJob.State.done), \(QueuedJob.State.dead)) OR (state = \(QueuedJob.State.ready) AND run_at > \(time)))
      """)
    try tx.enqueue(ReadBusyFeed(feed: feed), for: org, key: key, at: time, world)
  }
}
