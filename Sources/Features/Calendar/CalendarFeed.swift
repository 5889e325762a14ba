import Kit
import Scheduling
import Store
import Web

/// A person's sessions under a secret address that calendar programs read. The token is kept as a hash; it dies with the membership.
struct CalendarFeed {
  static let migrations = [
    Migration(
      "calendar/1",
      [
        """
        CREATE TABLE calendar_feed (
          org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, token_hash TEXT NOT NULL UNIQUE, created_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, person_id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """
      ])
  ]

  static func exists(for viewer: Viewer, _ tx: Transaction) throws -> Bool {
    try tx.count("SELECT count(*) FROM calendar_feed WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)") > 0
  }

  /// A new token in place of the old one, which is dead from then on.
  static func rotate(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> String {
    let token = Token.make(world)
    try tx.run(
      """
      INSERT INTO calendar_feed (org_id, person_id, token_hash, created_at)
      VALUES (\(viewer.org), \(viewer.person), \(Token.hash(token)), \(world.now()))
      ON CONFLICT (org_id, person_id) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at
      """)
    try tx.record(viewer, "calendar.opened", viewer.person, [:], world)
    return token
  }

  /// Whose feed a token opens: an active member's, or nobody's.
  static func owner(of token: String, _ tx: Transaction) throws -> Addressee {
    let found: Addressee? = try tx.first(
      """
      SELECT person.org_id, person.id, person.email, person.name, person.zone, person.state, person.roles FROM calendar_feed
      JOIN person ON person.org_id = calendar_feed.org_id AND person.id = calendar_feed.person_id
      WHERE calendar_feed.token_hash = \(Token.hash(token)) AND person.state = \("active")
      """)
    guard let found else { throw Problem.notFound }
    return found
  }

  /// Sessions of the last month and all that come, in two statements.
  static func text(for owner: Addressee, _ tx: Transaction, _ site: Site) throws -> String {
    let now = site.world.now()
    let sessions: [Session] = try tx.all(
      """
      SELECT \(Session.columns) FROM session WHERE org_id = \(owner.org) AND (mentor_id = \(owner.id) OR mentee_id = \(owner.id))
        AND state IN (\("booked"), \("met"), \("wrapped")) AND starts_at > \(now - .days(30)) ORDER BY starts_at, id LIMIT 500
      """)
    let others = try Member.named(sessions.map { $0.other(than: owner.id) }, org: owner.org, tx)
    let events = sessions.map { session in
      let other = others[session.other(than: owner.id)]
      // The stamp is that of the day, so that an unchanged feed reads the same all day long.
      return CalendarEvent(
        uid: session.uid, sequence: session.sequence, stamp: now.microseconds - now.microseconds % 86_400_000_000,
        start: session.start.microseconds,
        end: session.end.microseconds, summary: "\(session.title) · \(other?.name ?? "")",
        description: other.map { SharedTime.words(session.start, zone: owner.zone, other: ($0.zone, $0.name)) },
        location: session.link.isEmpty ? nil : session.link, url: "\(site.settings.baseURL)/sessions/\(session.id)")
    }
    return ICalendar.publish(events, name: "Tandem")
  }
}
