import Kit
import Outside
import Scheduling
import Store
import Web

/// A calendar that is read, as its owner sees it.
struct BusyFeedLine: Output {
  let id: ID<BusyFeed>
  let host: String
  let state: String
  let chip: String
  /// How old what is known is.
  let age: Moment?
  let failure: String?
  /// When one that failed is asked by itself again.
  let nextTry: Moment?
  let warnings: [String]

  init(_ feed: BusyFeed, _ viewer: Viewer, now: Instant) {
    id = feed.id
    host = feed.host
    age = feed.readAt.map { Moment($0, viewer, now: now) }
    failure = feed.failure
    nextTry = feed.nextAt.flatMap { $0 > now ? Moment($0, viewer, now: now) : nil }
    warnings = feed.warnings.split(separator: "\n").map(String.init)
    let isStale = now - (feed.readAt ?? feed.createdAt) > .hours(1)
    (state, chip) =
      feed.readAt == nil
      ? (feed.failure == nil ? ("Not read yet", "plain") : ("Cannot be read", "bad"))
      : isStale ? ("Stale", "warn") : ("Read", "good")
  }
}

/// Adds a calendar by its address. It is asked later, outside of the transaction.
struct AddBusyFeed: Input {
  var url: String
  var allDayIsFree: Bool?
  static let rules: [String: Rule] = ["url": .text(10...2000)]

  static let form = Form(
    "/calendar/feeds", button: "Add calendar", id: "feed",
    [
      .text(
        "url", "Address of the calendar", help: "The secret address in iCal format, from your calendar's settings. It ends in .ics mostly.",
        type: "url", autocomplete: "off", placeholder: "https://"),
      .checkbox("all_day_is_free", "Events of whole days leave me free"),
    ])

  static func add(_ tx: Transaction, _ viewer: Viewer, _ site: Site, _ input: AddBusyFeed) throws -> CalendarPage {
    let world = site.world
    var url = input.url.trimmed
    if url.lowercased().hasPrefix("webcal://") { url = "https" + url.dropFirst("webcal".count) }
    guard FetchRequest.allows(url, allowsPrivate: site.settings.allowsPrivateAddresses) else {
      throw Problem.invalid("url", "This address is not allowed. Enter one that begins with https://.")
    }
    let count = try tx.count("SELECT count(*) FROM busy_feed WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)")
    guard count < BusyFeed.most else {
      throw Problem.conflict(code: "too_many_feeds", detail: "\(BusyFeed.most) calendars are read. Remove one first.")
    }
    let known = try tx.count(
      "SELECT count(*) FROM busy_feed WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND url = \(url)")
    guard known == 0 else { throw Problem.invalid("url", "This calendar is read already.") }
    let id: ID<BusyFeed> = world.id()
    try tx.run(
      """
      INSERT INTO busy_feed (org_id, id, person_id, url, tag, modified, all_day_free, warnings, created_at)
      VALUES (\(viewer.org), \(id), \(viewer.person), \(url), '', '', \(input.allDayIsFree ?? false), '', \(world.now()))
      """)
    try tx.record(viewer, "busy_feed.added", id, [:], world)
    try ReadBusyFeed.plan(id, org: viewer.org, at: world.now(), tx, world)
    return try .load(viewer, tx, world)
  }
}

/// Asks a calendar at once instead of at the next quarter of an hour.
struct ReadAgain: UseCase {
  var feed: ID<BusyFeed>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    guard let found = try BusyFeed.find(feed, org: viewer.org, tx), found.person == viewer.person else { throw Problem.notFound }
    let now = world.now()
    let earliest = found.askedAt.map { $0 + BusyFeed.shortestWait } ?? now
    try ReadBusyFeed.plan(feed, org: viewer.org, at: max(now, earliest), tx, world)
    return Done()
  }
}

/// Reads a calendar no more; its busy times go with it.
struct RemoveBusyFeed: UseCase {
  var feed: ID<BusyFeed>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> CalendarPage {
    guard let found = try BusyFeed.find(feed, org: viewer.org, tx), found.person == viewer.person else { throw Problem.notFound }
    try tx.run("DELETE FROM busy_time WHERE org_id = \(viewer.org) AND feed_id = \(feed)")
    try tx.run("DELETE FROM busy_feed WHERE org_id = \(viewer.org) AND id = \(feed)")
    try tx.withdraw(ReadBusyFeed.self, key: "\(feed)")
    try tx.record(viewer, "busy_feed.removed", feed, [:], world)
    return try .load(viewer, tx, world)
  }
}
