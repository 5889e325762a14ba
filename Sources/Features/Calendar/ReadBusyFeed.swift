import CalendarReading
import Dispatch
import Jobs
import Kit
import Outside
import Scheduling
import Store
import Web

/// Every quarter of an hour: each calendar of an active member is to be asked.
struct ReadBusyFeeds: Job {
  static let kind = "read-busy-feeds"

  static let handler = JobHandler(ReadBusyFeeds.self) { _, run in
    let turn = run.world.now().microseconds.flooredDivision(by: Span.minutes(15).microseconds)
    try await run.store.write { tx in
      // Of all organisations: this is the installation's own work.
      for row in try tx.rows(
        """
        SELECT busy_feed.org_id, busy_feed.id FROM busy_feed
        JOIN person ON person.org_id = busy_feed.org_id AND person.id = busy_feed.person_id AND person.state = 'active'
        """)
      {
        let feed: ID<BusyFeed> = try row("id")
        try tx.enqueue(ReadBusyFeed(feed: feed), for: try row("org_id"), key: "\(feed)/\(turn)", at: run.world.now(), run.world)
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
      switch answer.status {
      case 304: try await run.store.write { tx in try feed.confirmed(tx, run.world) }
      case 200:
        let read = try await feed.read(answer.body, zone: Zones.zone(owner.zone), run.world)
        try await run.store.write { tx in try feed.keep(read, answer.headers, tx, run.world) }
      default: throw BadStatus(status: answer.status)
      }
    } catch let error as FetchError {
      try await run.store.write { tx in try feed.failed("\(error)", owner, tx, run.world) }
    } catch let error as FeedRefusal {
      try await run.store.write { tx in try feed.failed(error.sentence, owner, tx, run.world) }
    } catch let error as BadStatus {
      try await run.store.write { tx in try feed.failed("The server answered \(error.status).", owner, tx, run.world) }
    }
  }
}

private struct BadStatus: Error {
  let status: Int
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

  /// Nothing has changed since it was read.
  func confirmed(_ tx: Transaction, _ world: World) throws {
    try tx.run(
      """
      UPDATE busy_feed SET asked_at = \(world.now()), read_at = \(world.now()), failure = NULL, told_at = NULL
      WHERE org_id = \(org) AND id = \(id)
      """)
  }

  func keep(_ read: FeedReading, _ headers: [String: String], _ tx: Transaction, _ world: World) throws {
    let now = world.now()
    // Removed meanwhile: nothing is to be kept.
    let known = try tx.run(
      """
      UPDATE busy_feed SET asked_at = \(now), read_at = \(now), expanded_at = \(now), failure = NULL, told_at = NULL,
        tag = \(headers["etag"] ?? ""), modified = \(headers["last-modified"] ?? ""), warnings = \(read.warnings.map(\.sentence).prefix(10).joined(separator: "\n"))
      WHERE org_id = \(org) AND id = \(id)
      """)
    if known == 1 { try replace(with: read.times, tx, world) }
  }

  /// What was known stays as it is; after a day without success the owner is told, once.
  func failed(_ words: String, _ owner: Addressee, _ tx: Transaction, _ world: World) throws {
    let now = world.now()
    let isLong = now - (readAt ?? createdAt) > BusyFeed.patience
    try tx.run(
      """
      UPDATE busy_feed SET asked_at = \(now), failure = \(words), told_at = \(isLong ? toldAt ?? now : toldAt)
      WHERE org_id = \(org) AND id = \(id)
      """)
    guard isLong, toldAt == nil else { return }
    try tx.send(
      Letter(
        to: owner.id, .session, subject: "Your calendar at \(host) cannot be read since yesterday",
        [
          "\(words) We keep the busy times that we know, so that nobody books them; newer ones are unknown to us.",
          "See whether its address is still right, or remove it.",
        ], buttons: [.init("Open your calendars", "/calendar")]), org: org, key: "busy-feed/\(id)/\(now.seconds)", world)
  }
}
