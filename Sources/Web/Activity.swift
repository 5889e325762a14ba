import Foundation
import Kit
import Store

/// The one log of what happened. Every change of state appends a row in its own transaction; notifications, live pages, audit and
/// figures read it.
public struct ActivityRow: Sendable, RowDecodable {
  public let id: ID<Activity>
  public let actor: ID<Person>?
  public let verb: String
  public let kind: String
  public let object: Int64
  public let at: Instant
  public let data: String

  public init(row: Row) throws {
    id = try row("id")
    actor = try row.optional("actor_id")
    verb = try row("verb")
    kind = try row("kind")
    object = try row("object_id")
    at = try row("at")
    data = try row("data")
  }

  static let migration = Migration(
    "web/2",
    [
      """
      CREATE TABLE activity (
        org_id BIGINT NOT NULL, id BIGINT NOT NULL, actor_id BIGINT, origin TEXT NOT NULL, verb TEXT NOT NULL, kind TEXT NOT NULL,
        object_id BIGINT NOT NULL, at BIGINT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (org_id, id))
      """,
      "CREATE INDEX activity_object ON activity (org_id, kind, object_id, id)",
      "CREATE INDEX activity_verb ON activity (org_id, verb, id)",
      .sqlite(
        "CREATE TRIGGER activity_no_update BEFORE UPDATE ON activity BEGIN SELECT RAISE(ABORT, 'the activity log is append-only'); END"),
      .postgres(
        """
        CREATE FUNCTION activity_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the activity log is append-only' USING ERRCODE = '23514'; END $$
        """),
      .postgres("CREATE TRIGGER activity_no_update BEFORE UPDATE ON activity FOR EACH ROW EXECUTE FUNCTION activity_append_only()"),
    ])

  /// What was written stays: a row can neither be changed nor taken out.
  static let keeping = Migration(
    "web/3",
    [
      .sqlite(
        "CREATE TRIGGER activity_no_delete BEFORE DELETE ON activity BEGIN SELECT RAISE(ABORT, 'the activity log is append-only'); END"),
      .postgres("CREATE TRIGGER activity_no_delete BEFORE DELETE ON activity FOR EACH ROW EXECUTE FUNCTION activity_append_only()"),
      .postgres(
        "CREATE TRIGGER activity_no_truncate BEFORE TRUNCATE ON activity FOR EACH STATEMENT EXECUTE FUNCTION activity_append_only()"),
    ])
}

extension Transaction {
  /// Appends one row to the activity log and tells open pages of the organisation about it.
  ///
  /// - Parameters:
  ///   - verb: what happened, as in `ask.opened`.
  ///   - data: facts about it; never free text of people, since the log outlives them.
  public func record<Entity>(
    _ viewer: Viewer, _ verb: String, _ object: ID<Entity>, _ data: [String: String] = [:], _ world: World
  ) throws {
    try record(org: viewer.org, actor: viewer.person, origin: viewer.origin.word, verb, object, data, world)
  }

  public func record<Entity>(
    org: ID<Organisation>, actor: ID<Person>?, origin: String, _ verb: String, _ object: ID<Entity>, _ data: [String: String] = [:],
    _ world: World
  ) throws {
    var fields = Value.Fields()
    for (name, fact) in data.sorted(by: { $0.key < $1.key }) { fields[name] = .string(fact) }
    let text = JSONWriter.text(.object(fields))
    let kind = verb.split(separator: ".").first.map(String.init) ?? verb
    try run(
      """
      INSERT INTO activity (org_id, id, actor_id, origin, verb, kind, object_id, at, data)
      VALUES (\(org), \(world.id() as ID<Activity>), \(actor), \(origin), \(verb), \(kind), \(object.value), \(world.now()), \(text))
      """)
    signal("org/\(org)")
  }

  /// Appends one row for each of many things that the same happened to, a few hundred a statement.
  public func record<Entity>(
    org: ID<Organisation>, actor: ID<Person>?, origin: String, _ verb: String, _ objects: [ID<Entity>], _ world: World
  ) throws {
    let kind = verb.split(separator: ".").first.map(String.init) ?? verb
    let now = world.now()
    for start in stride(from: 0, to: objects.count, by: 500) {
      let rows = objects[start..<min(start + 500, objects.count)].map { object -> SQL in
        "(\(org), \(world.id() as ID<Activity>), \(actor), \(origin), \(verb), \(kind), \(object.value), \(now), '{}')"
      }
      try run("INSERT INTO activity (org_id, id, actor_id, origin, verb, kind, object_id, at, data) VALUES \(SQL.joined(rows, by: ", "))")
    }
    if !objects.isEmpty { signal("org/\(org)") }
  }
}

extension Viewer.Origin {
  public var word: String {
    switch self {
    case .session: "session"
    case .token: "token"
    case .feed: "feed"
    case .link: "link"
    case .job: "job"
    case .command: "command"
    }
  }
}
