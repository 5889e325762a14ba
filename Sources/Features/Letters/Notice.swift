import Kit
import Store
import Web

/// A letter as a line in Tandem itself, until it is seen.
struct Notice: Output, RowDecodable {
  let id: ID<Notice>
  let topic: Letter.Topic
  let subject: String
  /// Where it leads, an own path.
  let href: String
  let isNew: Bool

  static let migration = Migration(
    "letters/4",
    [
      """
      CREATE TABLE notice (
        org_id BIGINT NOT NULL, id BIGINT NOT NULL, person_id BIGINT NOT NULL, key TEXT NOT NULL, topic TEXT NOT NULL, subject TEXT NOT NULL,
        path TEXT NOT NULL, made_at BIGINT NOT NULL, seen_at BIGINT, PRIMARY KEY (org_id, id), UNIQUE (org_id, person_id, key),
        FOREIGN KEY (org_id, person_id) REFERENCES person (org_id, id))
      """,
      "CREATE INDEX notice_person ON notice (org_id, person_id, seen_at, id)",
    ])

  init(row: Row) throws {
    id = try row("id")
    topic = Letter.Topic(rawValue: try row("topic")) ?? .account
    subject = try row("subject")
    href = try row("path")
    isNew = try row.optional("seen_at", as: Instant.self) == nil
  }

  /// Once for each key, however often the letter's job runs; open pages of the person hear of it.
  static func make(_ letter: Letter, key: String, for person: Addressee, _ tx: Transaction, _ world: World) throws {
    let made = try tx.run(
      """
      INSERT INTO notice (org_id, id, person_id, key, topic, subject, path, made_at)
      VALUES (\(person.org), \(world.id() as ID<Notice>), \(person.id), \(key), \(letter.topic.rawValue), \(letter.subject),
        \(letter.buttons.first?.path ?? "/"), \(world.now()))
      ON CONFLICT (org_id, person_id, key) DO NOTHING
      """)
    if made == 1 { tx.signal("person/\(person.id)") }
  }

  /// Those not seen yet, latest first.
  static func unseen(_ viewer: Viewer, limit: Int = 5, _ tx: Transaction) throws -> [Notice] {
    try tx.all(
      """
      SELECT id, topic, subject, path, seen_at FROM notice WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND seen_at IS NULL
      ORDER BY id DESC LIMIT \(limit)
      """)
  }
}

/// What the viewer was told lately.
struct ListNotices: UseCase {
  struct Page: Output {
    let notices: [Notice]
    let hasNew: Bool
    let empty: Empty?
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Page {
    let notices: [Notice] = try tx.all(
      """
      SELECT id, topic, subject, path, seen_at FROM notice WHERE org_id = \(viewer.org) AND person_id = \(viewer.person)
      ORDER BY id DESC LIMIT 50
      """)
    return Page(
      notices: notices, hasNew: notices.contains(where: \.isNew),
      empty: notices.isEmpty
        ? Empty(title: "Nothing yet.", text: "Bookings, reminders and requests appear here.", drawing: .calm, "Today", "/") : nil)
  }
}

/// The viewer has seen what was told so far.
struct SeeNotices: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    try tx.run(
      "UPDATE notice SET seen_at = \(world.now()) WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND seen_at IS NULL")
    return Done()
  }
}
