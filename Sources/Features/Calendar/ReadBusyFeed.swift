import CalendarReading
import Dispatch
import Jobs
import Kit
import Outside
import Scheduling
import Store
import Web

/// Every quarter of an hour: each calendar of an active member is to be asked, but for one that fails and waits for longer.
struct ReadBusyFeeds: Job {
  static let kind = "read-busy-feeds"

  static let handler = JobHandler(ReadBusyFeeds.self) { _, run in
    let now = run.world.now()
    try await run.store.write { tx in
      // What came of a reading is in the calendar's row. Its key must be free for the next; one that was given up keeps it for a day.
      try tx.run(
        """
        DELETE FROM job WHERE kind = \(ReadBusyFeed.kind)
          AND (state = \(QueuedJob.State.done) OR (state = \(QueuedJob.State.dead) AND finished_at <= \(now - BusyFeed.longestWait)))
        """)
      // Of all organisations: this is the installation's own work.
      for row in try tx.rows(
        """
        SELECT busy_feed.org_id, busy_feed.id FROM busy_feed
        JOIN person ON person.org_id = busy_feed.org_id AND person.id = busy_feed.person_id AND person.state = 'active'
        WHERE busy_feed.next_at IS NULL OR busy_feed.next_at <= \(now)
        """)
      {
        let feed: ID<BusyFeed> = try row("id")
        try tx.enqueue(ReadBusyFeed(feed: feed), for: try row("org_id"), key: "\(feed)", at: now, run.world)
      }
    }
  }
}

/// Asks one calendar, and keeps the times it names.
struct ReadBusyFeed: Job {
  static let kind = "read-busy-feed"
  static let lane = Lane.calendars
  let feed: ID<BusyFeed>

  static func handler(_ site: Site) -> JobHandler {
    JobHandler(ReadBusyFeed.self) { job, run in try await job.read(site, run) }
  }

  private func read(_ site: Site, _ run: JobRun) async throws {
    let (org, now, id) = (try run.org(), run.world.now(), feed)
    let found = try await run.store.read { tx -> (BusyFeed, Addressee)? in
      guard let feed = try BusyFeed.find(id, org: org, tx), let owner = try Addressee.find(feed.person, org: org, tx), owner.isActive else {
        return nil
      }
      return (feed, owner)
    }
    guard let (feed, owner) = found else { return }
    var request = FetchRequest(.get, feed.url, headers: [("Accept", "text/calendar")])
    // Repetitions are followed to the last day that can be booked, so an unchanged calendar must be spread out anew from time to time.
    if let expanded = feed.expandedAt, now - expanded < .hours(12) {
      if !feed.tag.isEmpty { request.headers.append(("If-None-Match", feed.tag)) }
      if !feed.modified.isEmpty { request.headers.append(("If-Modified-Since", feed.modified)) }
    }
    let asked = request
    do {
      let answer = try await site.fetcher.fetch(asked)
      let isCurrent: Bool
      switch answer.status {
      case 304:
        isCurrent = try await run.store.write { tx in
          try feed.confirmed(tx, run.world)
          return try feed.isTold(by: owner.zone, tx)
        }
      case 200:
        let read = try await feed.read(answer.body, zone: Zones.zone(owner.zone), run.world)
        isCurrent = try await run.store.write { tx in
          let isTold = try feed.isTold(by: owner.zone, tx)
          try feed.keep(read, answer.headers, expanded: isTold ? now : nil, tx, run.world)
          return isTold
        }
      default: throw BadStatus(status: answer.status)
      }
      if !isCurrent { throw JobFailure.notBefore(now) }
    } catch {
      // One that is to be read once more has not failed, nor has one that the end of the program cut short.
      if error is JobFailure || error is CancellationError || Task.isCancelled { throw error }
      let words = BusyFeed.words(for: error)
      if words == nil { run.logger.error("A calendar could not be read: \(type(of: error))") }
      try await run.store.write { tx in try feed.failed(words ?? "A fault of ours kept it from being read.", owner, tx, run.world) }
    }
  }
}

private struct BadStatus: Error {
  let status: Int
}

extension BusyFeed {
  /// What its owner is told of a failure; nil for a fault of ours.
  fileprivate static func words(for error: any Error) -> String? {
    switch error {
    case let error as FetchError: "\(error)"
    case let error as FeedRefusal: error.sentence
    case let error as BadStatus: "The server answered \(error.status)."
    default: nil
    }
  }
}

extension BusyFeed {
  /// The busy times in a calendar, within bounds of size, count and time.
  fileprivate func read(_ bytes: [UInt8], zone: Zone, _ world: World) async throws -> FeedReading {
    try await withCheckedThrowingContinuation { continuation in
      // A long calendar keeps its own thread busy, and nobody else's.
      Self.reader.async { continuation.resume(with: Result { try readNow(bytes, zone: zone, world) }) }
    }
  }

  private static let reader = DispatchQueue(label: "tandem.calendars")

  private func readNow(_ bytes: [UInt8], zone: Zone, _ world: World) throws -> FeedReading {
    let end = world.now() + .seconds(1)
    // Times for learning are looked for in the last four weeks too; a session that begins on the last day may end on the next.
    var rules = FeedRules(owner: zone, now: world.now().microseconds, daysBack: 30, daysAhead: AvailabilityRules.horizonLimit + 1)
    rules.allDayIsBusy = !allDayIsFree
    return try CalendarReading.CalendarFeed.read(bytes, rules, zones: Zones.all) { world.now() > end }
  }

  /// Whether the owner's clock still is the one of this zone. A change while it was read asks for another reading.
  fileprivate func isTold(by zone: String, _ tx: Transaction) throws -> Bool {
    try Addressee.find(person, org: org, tx).map { $0.zone == zone } ?? true
  }

  /// Nothing has changed since it was read.
  func confirmed(_ tx: Transaction, _ world: World) throws {
    try tx.run(
      """
      UPDATE busy_feed SET asked_at = \(world.now()), read_at = \(world.now()), failure = NULL, told_at = NULL, failures = 0, next_at = NULL
      WHERE org_id = \(org) AND id = \(id)
      """)
  }

  /// - Parameter expanded: when its repetitions were spread out; nil when they are to be spread out anew at the next reading.
  func keep(_ read: FeedReading, _ headers: [String: String], expanded: Instant?, _ tx: Transaction, _ world: World) throws {
    let now = world.now()
    // Removed meanwhile: nothing is to be kept.
    let known = try tx.run(
      """
      UPDATE busy_feed SET asked_at = \(now), read_at = \(now), expanded_at = \(expanded), failure = NULL, told_at = NULL, failures = 0,
        next_at = NULL, tag = \(headers["etag"] ?? ""), modified = \(headers["last-modified"] ?? ""),
        warnings = \(read.warnings.map(\.sentence).prefix(10).joined(separator: "\n"))
      WHERE org_id = \(org) AND id = \(id)
      """)
    if known == 1 { try replace(with: read.times, tx, world) }
  }

  /// What was known stays as it is, and it is asked less often; after a day without success the owner is told, once.
  func failed(_ words: String, _ owner: Addressee, _ tx: Transaction, _ world: World) throws {
    let now = world.now()
    let isLong = now - (readAt ?? createdAt) >= BusyFeed.patience
    let plan = planAfterFailure(now)
    let known = try tx.run(
      """
      UPDATE busy_feed SET asked_at = \(now), failure = \(words), told_at = \(isLong ? toldAt ?? now : toldAt),
        failures = \(plan.failures), next_at = \(plan.next)
      WHERE org_id = \(org) AND id = \(id)
      """)
    guard known == 1, isLong, toldAt == nil else { return }
    try tx.send(
      Letter(
        to: owner.id, .session, subject: "Your calendar at \(host) cannot be read since yesterday",
        [
          "\(words) We keep the busy times that we know, so that nobody books them; newer ones are unknown to us.",
          "See whether its address is still right, or remove it.",
        ], buttons: [.init("Open your calendars", "/calendar")]), org: org, key: "busy-feed/\(id)/\(now.seconds)", world)
  }
}
