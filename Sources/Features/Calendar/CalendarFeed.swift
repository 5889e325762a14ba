import Kit
import Scheduling
import Store
import Web

/// A person's sessions under a secret address that calendar programs read. The token is kept as a hash; it dies with the membership.
struct CalendarFeed {
  enum Content: String, Choice, Bindable {
    case full
    /// Times alone: for an address that is given to others.
    case busy
  }

  static let migrations = [
    Migration(
      "calendar/1",
      [
        """
        CREATE TABLE calendar_feed (
          org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, token_hash TEXT NOT NULL UNIQUE, created_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, person_id), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """
      ]),
    Migration(
      "calendar/2",
      [
        """
        CREATE TABLE calendar_address (
          org_id BIGINT NOT NULL, person_id BIGINT NOT NULL, content TEXT NOT NULL CHECK (content IN ('full', 'busy')),
          token_hash TEXT NOT NULL UNIQUE, created_at BIGINT NOT NULL,
          PRIMARY KEY (org_id, person_id, content), FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
        """,
        """
        INSERT INTO calendar_address (org_id, person_id, content, token_hash, created_at)
        SELECT org_id, person_id, 'full', token_hash, created_at FROM calendar_feed
        """,
        "DROP TABLE calendar_feed",
      ]),
  ]

  static func contents(for viewer: Viewer, _ tx: Transaction) throws -> Set<Content> {
    Set(try tx.values("SELECT content FROM calendar_address WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)"))
  }

  /// A new token in place of the old one, which is dead from then on.
  static func rotate(_ tx: Transaction, _ viewer: Viewer, content: Content = .full, _ world: World) throws -> String {
    let token = Token.make(world)
    try tx.run(
      """
      INSERT INTO calendar_address (org_id, person_id, content, token_hash, created_at)
      VALUES (\(viewer.org), \(viewer.person), \(content), \(Token.hash(token)), \(world.now()))
      ON CONFLICT (org_id, person_id, content) DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at
      """)
    try tx.record(viewer, "calendar.opened", viewer.person, ["content": content.rawValue], world)
    return token
  }

  /// Whose feed a token opens: an active member's, or nobody's.
  static func owner(of token: String, _ tx: Transaction) throws -> (person: Addressee, content: Content) {
    let found = try tx.row(
      """
      SELECT person.org_id, person.id, person.email, person.name, person.zone, person.state, person.roles, calendar_address.content
      FROM calendar_address
      JOIN person ON person.org_id = calendar_address.org_id AND person.id = calendar_address.person_id
      WHERE calendar_address.token_hash = \(Token.hash(token)) AND person.state = \("active")
      """)
    guard let found else { throw Problem.notFound }
    return (try Addressee(row: found), try found("content"))
  }

  /// Sessions of the last month and all that come, group sessions with them, and the windows kept for learning, in four statements.
  static func text(for owner: Addressee, _ content: Content = .full, _ tx: Transaction, _ site: Site) throws -> String {
    let now = site.world.now()
    let sessions: [Session] = try tx.all(
      """
      SELECT \(Session.columns) FROM session WHERE org_id = \(owner.org) AND (mentor_id = \(owner.id) OR mentee_id = \(owner.id))
        AND state IN (\("booked"), \("met"), \("wrapped")) AND starts_at > \(now - .days(30)) ORDER BY starts_at, id LIMIT 500
      """)
    let others = content == .busy ? [:] : try Member.named(sessions.map { $0.other(than: owner.id) }, org: owner.org, tx)
    // The stamp is that of the day, so that an unchanged feed reads the same all day long.
    let stamp = now.microseconds - now.microseconds % 86_400_000_000
    let events = sessions.map { session in
      var event = CalendarEvent(
        uid: session.uid, sequence: session.sequence, stamp: stamp, start: session.start.microseconds, end: session.end.microseconds,
        summary: "Busy")
      if content == .busy { return event }
      let other = others[session.other(than: owner.id)]
      event.summary = "\(session.title) · \(other?.name ?? "")"
      event.description = other.map { SharedTime.words(session.start, zone: owner.zone, other: ($0.zone, $0.name)) }
      event.location = session.link.isEmpty ? nil : session.link
      event.url = "\(site.settings.baseURL)/sessions/\(session.id)"
      return event
    }
    let groups = try OwnGroup.of(owner.id, org: owner.org, from: now - .days(30), tx).map { $0.event(content, stamp: stamp, site) }
    let windows = content == .busy ? [] : try LearningTime.events(of: owner, stamp: stamp, tx, site)
    return ICalendar.publish(events + groups + windows, name: "Tandem")
  }
}
