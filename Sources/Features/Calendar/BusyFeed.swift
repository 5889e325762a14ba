import Kit
import Scheduling
import Store
import Web

/// A calendar elsewhere whose busy times are read. Its address is a secret of its owner; of its events only times are kept.
struct BusyFeed: RowDecodable, Sendable {
  static let most = 5
  /// After so long without success the owner is told. The last good state stays: a calendar that is away never looks free.
  static let patience = Span.hours(24)

  let org: ID<Organisation>
  let id: ID<BusyFeed>
  let person: ID<Person>
  let url: String
  let tag: String
  let modified: String
  let allDayIsFree: Bool
  /// When it was asked last, whatever it answered.
  let askedAt: Instant?
  let readAt: Instant?
  /// When its repetitions were last spread out; an unchanged calendar is spread out anew twice a day.
  let expandedAt: Instant?
  let failure: String?
  let warnings: String
  let toldAt: Instant?
  let createdAt: Instant
  /// How often it has failed in a row, and when it is asked next; nil for the next turn.
  let failures: Int
  let nextAt: Instant?

  static let columns: SQL =
    """
    org_id, id, person_id, url, tag, modified, all_day_free, asked_at, read_at, expanded_at, failure, warnings, told_at, created_at,
      failures, next_at
    """

  static let migrations = [
    Migration(
      "calendar/4",
      [
        """
        CREATE TABLE busy_feed (
          org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, url TEXT NOT NULL, tag TEXT NOT NULL, modified TEXT NOT NULL,
          all_day_free BIGINT NOT NULL CHECK (all_day_free IN (0, 1)), asked_at BIGINT, read_at BIGINT, expanded_at BIGINT, failure TEXT,
          warnings TEXT NOT NULL, told_at BIGINT, created_at BIGINT NOT NULL, PRIMARY KEY (org_id, id),
          FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX busy_feed_person ON busy_feed (org_id, person_id, id)",
        """
        CREATE TABLE busy_time (
          org_id BIGINT NOT NULL, feed_id BIGINT NOT NULL, place BIGINT NOT NULL, person_id BIGINT NOT NULL, starts_at BIGINT NOT NULL,
          ends_at BIGINT NOT NULL, uid_hash TEXT NOT NULL, PRIMARY KEY (org_id, feed_id, place), CHECK (starts_at < ends_at),
          FOREIGN KEY (org_id, feed_id) REFERENCES busy_feed (org_id, id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        "CREATE INDEX busy_time_person ON busy_time (org_id, person_id, starts_at)",
      ]),
    Migration(
      "calendar/5",
      [
        "ALTER TABLE busy_feed ADD COLUMN failures BIGINT NOT NULL DEFAULT 0", "ALTER TABLE busy_feed ADD COLUMN next_at BIGINT",
        // There was one for each turn; now there is one for each calendar.
        "DELETE FROM job WHERE kind = 'read-busy-feed'",
      ]),
  ]

  init(row: Row) throws {
    org = try row("org_id")
    id = try row("id")
    person = try row("person_id")
    url = try row("url")
    tag = try row("tag")
    modified = try row("modified")
    allDayIsFree = try row("all_day_free")
    askedAt = try row.optional("asked_at")
    readAt = try row.optional("read_at")
    expandedAt = try row.optional("expanded_at")
    failure = try row.optional("failure")
    warnings = try row("warnings")
    toldAt = try row.optional("told_at")
    createdAt = try row("created_at")
    failures = try row("failures")
    nextAt = try row.optional("next_at")
  }

  static func of(_ person: ID<Person>, org: ID<Organisation>, _ tx: Transaction) throws -> [BusyFeed] {
    try tx.all("SELECT \(columns) FROM busy_feed WHERE org_id = \(org) AND person_id = \(person) ORDER BY id")
  }

  static func find(_ id: ID<BusyFeed>, org: ID<Organisation>, _ tx: Transaction) throws -> BusyFeed? {
    try tx.first("SELECT \(columns) FROM busy_feed WHERE org_id = \(org) AND id = \(id)")
  }

  /// The server it is read from; the rest of the address stays secret.
  var host: String { url.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

  /// Takes what was read in place of what was there. A calendar that brings one's own sessions back is not busy with them.
  func replace(with times: [FeedTime], _ tx: Transaction, _ world: World) throws {
    try tx.run("DELETE FROM busy_time WHERE org_id = \(org) AND feed_id = \(id)")
    let own = try ownUIDs(tx, world)
    let kept = times.filter { !own.contains($0.uid) && $0.start < $0.end }
    for start in stride(from: 0, to: kept.count, by: 200) {
      let rows = kept[start..<min(start + 200, kept.count)].enumerated().map { offset, time -> SQL in
        "(\(org), \(id), \(start + offset), \(person), \(time.start), \(time.end), \(String(time.uid, radix: 16)))"
      }
      try tx.run(
        """
        INSERT INTO busy_time (org_id, feed_id, place, person_id, starts_at, ends_at, uid_hash) VALUES \(SQL.joined(rows, by: ", "))
        """)
    }
  }

  private func ownUIDs(_ tx: Transaction, _ world: World) throws -> Set<UInt64> {
    let uids = try tx.values(
      """
      SELECT uid FROM session WHERE org_id = \(org) AND (mentor_id = \(person) OR mentee_id = \(person))
        AND starts_at > \(world.now() - .days(40))
      """, as: String.self)
    return Set((uids + (try LearningTime.uids(of: person, org: org, tx))).map(FeedUID.hash))
  }
}

/// Times from calendars elsewhere, and those kept for learning, of several people in a span.
enum CalendarTime {
  static func busy(_ persons: [ID<Person>], org: ID<Organisation>, from: Instant, to: Instant, _ tx: Transaction) throws -> [ID<Person>:
    [Interval]]
  {
    if persons.isEmpty { return [:] }
    var busy: [ID<Person>: [Interval]] = [:]
    for row in try tx.rows(
      """
      SELECT person_id, starts_at, ends_at FROM busy_time WHERE org_id = \(org) AND person_id IN \(SQL.list(persons))
        AND starts_at < \(to) AND ends_at > \(from)
      """)
    {
      let interval = Interval(startMicroseconds: try row("starts_at"), endMicroseconds: try row("ends_at"))
      busy[try row("person_id"), default: []].append(interval)
    }
    for (person, windows) in try LearningTime.windows(of: persons, org: org, tx) {
      busy[person, default: []] += windows.occurrences(from: from.minutes, to: to.minutes)
    }
    return busy
  }
}
