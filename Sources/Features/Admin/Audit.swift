import Foundation
import Kit
import Store
import Web

/// Which lines of the activity log are shown.
struct AuditFilter: Input {
  var actor: ID<Person>?
  var after: ID<Activity>?
  /// Until the end of this day, in the viewer's zone.
  var from: String?
  var kind: String?
  var until: String?

  static let rules: [String: Rule] = ["from": .date, "until": .date, "kind": .text(0...40)]

  var values: [String: String?] { ["actor": actor?.description, "from": from, "kind": kind, "until": until] }

  func condition(_ viewer: Viewer) -> SQL {
    var parts: [SQL] = ["org_id = \(viewer.org)", PrivateActs.leftOut]
    if let actor { parts.append(PrivateActs.named(of: actor, viewer.org)) }
    if let kind, !kind.isEmpty { parts.append("kind = \(kind)") }
    if let after { parts.append("id < \(after)") }
    if let from, let start = DayBounds.start(from, viewer.zone) { parts.append("at >= \(start)") }
    if let until, let end = DayBounds.end(until, viewer.zone) { parts.append("at < \(end)") }
    return SQL.joined(parts, by: " AND ")
  }
}

/// One line of the activity log in words.
struct AuditLine: Output {
  let id: ID<Activity>
  let at: Moment
  let who: String
  let what: String
  let object: String
  let origin: String
  let detail: String

  /// Newest first; the names of people cost one further statement, what else the lines are about another.
  static func list(_ filter: AuditFilter, limit: Int, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> [AuditLine] {
    let now = world.now()
    let rows = try tx.rows(
      """
      SELECT id, actor_id, origin, verb, kind, object_id, at, data FROM activity
      WHERE \(filter.condition(viewer)) ORDER BY id DESC LIMIT \(limit)
      """)
    var people: Set<ID<Person>> = []
    var objects: Set<AuditObject> = []
    for row in rows {
      if let actor: ID<Person> = try row.optional("actor_id") { people.insert(actor) }
      // Acts that are no thing of their own are about the person they happened to.
      people.insert(try row("object_id"))
      objects.insert(AuditObject(kind: try row("kind"), id: try row("object_id")))
    }
    let names = try PersonNamesByID.of(people, org: viewer.org, tx)
    let words = try AuditObject.words(objects, org: viewer.org, tx)
    return try rows.map { row in
      let actor: ID<Person>? = try row.optional("actor_id")
      let object: ID<Person> = try row("object_id")
      let kind: String = try row("kind")
      let origin: String = try row("origin")
      let told = words[AuditObject(kind: kind, id: object.value)]
      let known = told?.sentence ?? names[object]
      let name = actor != nil && actor == told?.nameless ? "Somebody" : actor.map { names[$0] ?? "Somebody who was erased" }
      return AuditLine(
        id: try row("id"), at: Moment(try row("at"), viewer, now: now),
        who: name ?? (origin == OperatorActs.origin ? "The operator" : "Tandem"),
        what: AuditWords.sentence(try row("verb")),
        object: known ?? "\(AuditWords.sentence(kind)) \(object)",
        origin: origin, detail: AuditWords.detail(try row("data")))
    }
  }
}

/// Names by id, in one statement per thousand.
enum PersonNamesByID {
  static func of(_ people: Set<ID<Person>>, org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Person>: String] {
    let people = Array(people)
    var names: [ID<Person>: String] = [:]
    for start in stride(from: 0, to: people.count, by: 1000) {
      let part = Array(people[start..<min(start + 1000, people.count)])
      for row in try tx.rows("SELECT id, name FROM person WHERE org_id = \(org) AND id IN \(SQL.list(part))") {
        names[try row("id")] = try row("name", as: String.self)
      }
    }
    return names
  }
}

/// A thing that lines are about, told by its people or its title instead of a number.
struct AuditObject: Hashable {
  /// The first word of the verb.
  let kind: String
  let id: Int64

  /// What is told of a thing, and who asked for it without a name.
  struct Told {
    let sentence: String?
    let nameless: ID<Person>?
  }

  /// Those of the things that have a person or a title, in one statement per thousand.
  static func words(_ objects: Set<AuditObject>, org: ID<Organisation>, _ tx: Transaction) throws -> [AuditObject: Told] {
    let objects = Array(objects)
    var words: [AuditObject: Told] = [:]
    for start in stride(from: 0, to: objects.count, by: 1000) {
      let part = Array(objects[start..<min(start + 1000, objects.count)])
      let ids = Dictionary(grouping: part, by: \.kind).mapValues { $0.map(\.id) }
      for row in try tx.rows(statement(ids, org)) {
        let object = AuditObject(kind: try row("kind"), id: try row("id"))
        let name: String = try row("name")
        let nameless: ID<Person> = try row("nameless")
        words[object] = Told(
          sentence: name.isEmpty ? nil : object.sentence(name, try row("other")), nameless: nameless == ID(0) ? nil : nameless)
      }
    }
    return words
  }

  /// Every kind is looked for each time: the page costs the same whatever it shows. Who asked without a name is not named here.
  private static func statement(_ ids: [String: [Int64]], _ org: ID<Organisation>) -> SQL {
    func these(_ kind: String) -> SQL { SQL.list(ids[kind] ?? []) }
    let owned: [(kind: String, table: SQL, owner: SQL)] = [
      ("action", "action_item", "owner_id"), ("application", "application", "person_id"), ("offer", "offer", "mentor_id"),
      ("token", "api_token", "person_id"), ("vetting", "vetting", "person_id"),
    ]
    let titled: [(kind: String, table: SQL, title: SQL)] = [
      ("group", "group_session", "title"), ("invite", "invite", "email"), ("lesson", "lesson", "title"), ("program", "program", "name"),
    ]
    let shared: [(kind: String, table: SQL)] = [("series", "session_series"), ("session", "session")]
    var parts: [SQL] = [
      """
      SELECT 'ask' AS kind, thing.id AS id, CASE WHEN thing.is_anonymous = 1 THEN '' ELSE person.name END AS name, '' AS other,
        CASE WHEN thing.is_anonymous = 1 THEN thing.asker_id ELSE 0 END AS nameless
      FROM ask thing JOIN person ON person.org_id = thing.org_id AND person.id = thing.asker_id
      WHERE thing.org_id = \(org) AND thing.id IN \(these("ask"))
      """,
      """
      SELECT 'assignment' AS kind, thing.id AS id, person.name AS name, lesson.title AS other, 0 AS nameless FROM assignment thing
      JOIN person ON person.org_id = thing.org_id AND person.id = thing.person_id
      JOIN lesson ON lesson.org_id = thing.org_id AND lesson.id = thing.lesson_id
      WHERE thing.org_id = \(org) AND thing.id IN \(these("assignment"))
      """,
    ]
    for (kind, table, owner) in owned {
      parts.append(
        """
        SELECT CAST(\(kind) AS TEXT) AS kind, thing.id AS id, person.name AS name, '' AS other, 0 AS nameless FROM \(table) thing
        JOIN person ON person.org_id = thing.org_id AND person.id = thing.\(owner)
        WHERE thing.org_id = \(org) AND thing.id IN \(these(kind))
        """)
    }
    for (kind, table, title) in titled {
      parts.append(
        """
        SELECT CAST(\(kind) AS TEXT) AS kind, thing.id AS id, thing.\(title) AS name, '' AS other, 0 AS nameless FROM \(table) thing
        WHERE thing.org_id = \(org) AND thing.id IN \(these(kind))
        """)
    }
    for (kind, table) in shared {
      let isNameless: SQL = kind == "session" ? "\(PrivateActs.namelessSession(org))" : "1 = 0"
      parts.append(
        """
        SELECT CAST(\(kind) AS TEXT) AS kind, thing.id AS id, CASE WHEN \(isNameless) THEN 'somebody' ELSE mentee.name END AS name,
          mentor.name AS other, CASE WHEN \(isNameless) THEN thing.mentee_id ELSE 0 END AS nameless FROM \(table) thing
        JOIN person mentee ON mentee.org_id = thing.org_id AND mentee.id = thing.mentee_id
        JOIN person mentor ON mentor.org_id = thing.org_id AND mentor.id = thing.mentor_id
        WHERE thing.org_id = \(org) AND thing.id IN \(these(kind))
        """)
    }
    return SQL.joined(parts, by: " UNION ALL ")
  }

  private func sentence(_ name: String, _ other: String) -> String {
    switch kind {
    case "application": "Use at work of \(name)"
    case "assignment": "Lesson for \(name): \(other)"
    case "group": "Group session: \(name)"
    case "invite": "Invitation of \(name)"
    case "lesson", "program": "\(AuditWords.sentence(kind)): \(name)"
    case "offer": "Offer to \(name)"
    case "series", "session": "\(AuditWords.sentence(kind)) of \(name) with \(other)"
    case "token": "API token of \(name)"
    case "vetting": "Application of \(name) to mentor"
    default: "\(AuditWords.sentence(kind)) of \(name)"
    }
  }
}

enum AuditWords {
  /// `sign_in.failed` as "Sign in failed".
  static func sentence(_ verb: String) -> String {
    let words = verb.replacing(".", with: " ").replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// `{"from":"member","to":"mentor"}` as "from member, to mentor"; names of fields stand alone. The log holds no free text of people.
  static func detail(_ json: String) -> String {
    guard let facts = try? JSONDecoder().decode([String: String].self, from: Data(json.utf8)) else { return "" }
    let parts = facts.sorted { $0.key < $1.key }.map { key, value -> String in
      if key == "fields" { return value.replacing(" ", with: ", ").replacing("_", with: " ") }
      return "\(key.replacing("_", with: " ")) \(value)"
    }
    return parts.joined(separator: ", ")
  }
}

/// The page of the activity log.
enum ShowAudit {
  struct Result: Output {
    let items: [AuditLine]
    let table: TableView?
    let filterForm: Form
    let nextHref: String?
    let isFiltered: Bool
    /// Whose acts are shown; nil for those of everybody.
    let actorName: String?
    /// What the log holds and this page does not show.
    let leftOut: String
    let fileWords: String
    let tabs: AdminTabs
  }

  static let page = Endpoint.page("/admin/audit", allow: .admin, "admin/audit", "The activity log") {
    (tx, viewer, world, filter: AuditFilter) in
    let found = try AuditLine.list(filter, limit: 51, viewer, tx, world)
    let shown = Array(found.prefix(50))
    let kinds: [String] = try tx.values(
      "SELECT DISTINCT kind FROM activity WHERE org_id = \(viewer.org) AND \(PrivateActs.kindsLeftOut) ORDER BY kind LIMIT 200")
    let actorName: String? = try filter.actor.flatMap { actor in
      try tx.value("SELECT name FROM person WHERE org_id = \(viewer.org) AND id = \(actor)")
    }
    var next = filter.values
    next["after"] = shown.last?.id.description
    let query = QueryText.query(filter.values)
    return Result(
      items: shown, table: shown.isEmpty ? nil : table(shown, of: actorName, csv: "/admin/audit.csv" + query),
      filterForm: Form.filter("/admin/audit", button: "Show", fields(filter, kinds, actorName)),
      nextHref: found.count > 50 ? "/admin/audit" + QueryText.query(next) : nil, isFiltered: !query.isEmpty, actorName: actorName,
      leftOut: PrivateActs.words, fileWords: AuditFile.words, tabs: AdminTabs("/admin/audit"))
  }

  private static func table(_ lines: [AuditLine], of actor: String?, csv: String) -> TableView {
    TableView(
      "log", caption: actor.map { "What \($0) did, newest first" } ?? "Newest first",
      columns: ["When", "Who", "What", "About", "By", "Detail"],
      rows: lines.map { [.init($0.at.text), .init($0.who), .init($0.what), .init($0.object), .init($0.origin), .init($0.detail)] },
      csvHref: csv)
  }

  private static func fields(_ filter: AuditFilter, _ kinds: [String], _ actorName: String?) -> [Form.Field] {
    var fields: [Form.Field] = [
      .choose(
        .select, "kind", "About",
        [Form.Option("", "Everything")] + kinds.map { Form.Option($0, AuditWords.sentence($0), chosen: $0 == filter.kind) }),
      .text("from", "From", value: filter.from, type: "date"), .text("until", "Until", value: filter.until, type: "date"),
    ]
    if let actor = filter.actor, let actorName {
      // Comes from a member's page; choosing everybody takes it off.
      let options = [Form.Option("", "Everybody"), Form.Option(actor.description, actorName, chosen: true)]
      fields.insert(.choose(.select, "actor", "Who", options), at: 0)
    }
    return fields
  }
}
