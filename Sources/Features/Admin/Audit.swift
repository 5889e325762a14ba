import Foundation
import Interchange
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
    var parts: [SQL] = ["org_id = \(viewer.org)"]
    if let actor { parts.append("actor_id = \(actor)") }
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

  /// Newest first, with the names of people in one further statement.
  static func list(_ filter: AuditFilter, limit: Int, _ viewer: Viewer, _ tx: Transaction, _ world: World) throws -> [AuditLine] {
    let now = world.now()
    let rows = try tx.rows(
      """
      SELECT id, actor_id, origin, verb, kind, object_id, at, data FROM activity
      WHERE \(filter.condition(viewer)) ORDER BY id DESC LIMIT \(limit)
      """)
    var people: Set<ID<Person>> = []
    for row in rows {
      if let actor: ID<Person> = try row.optional("actor_id") { people.insert(actor) }
      if AuditWords.isAboutPerson(try row("kind")) { people.insert(try row("object_id")) }
    }
    let names = try PersonNamesByID.of(people, org: viewer.org, tx)
    return try rows.map { row in
      let actor: ID<Person>? = try row.optional("actor_id")
      let object: ID<Person> = try row("object_id")
      let kind: String = try row("kind")
      return AuditLine(
        id: try row("id"), at: Moment(try row("at"), viewer, now: now),
        who: actor.map { names[$0] ?? "Somebody who was erased" } ?? "Tandem",
        what: AuditWords.sentence(try row("verb")),
        object: AuditWords.isAboutPerson(kind) ? names[object] ?? object.description : object.description,
        origin: try row("origin"), detail: AuditWords.detail(try row("data")))
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

enum AuditWords {
  /// `sign_in.failed` as "Sign in failed".
  static func sentence(_ verb: String) -> String {
    let words = verb.replacing(".", with: " ").replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  static func isAboutPerson(_ kind: String) -> Bool { ["person", "sign_in", "password", "mail"].contains(kind) }

  /// `{"from":"member","to":"mentor"}` as "from member, to mentor". The log holds no free text of people.
  static func detail(_ json: String) -> String {
    guard let facts = try? JSONDecoder().decode([String: String].self, from: Data(json.utf8)) else { return "" }
    return facts.sorted { $0.key < $1.key }.map { "\($0.key.replacing("_", with: " ")) \($0.value)" }.joined(separator: ", ")
  }
}

/// The page and the file of the activity log.
enum ShowAudit {
  struct Result: Output {
    let items: [AuditLine]
    let table: TableView?
    let filterForm: Form
    let nextHref: String?
    let isFiltered: Bool
    let tabs: AdminTabs
  }

  static let page = Endpoint.page("/admin/audit", allow: .admin, "admin/audit", "The activity log") {
    (tx, viewer, world, filter: AuditFilter) in
    let found = try AuditLine.list(filter, limit: 51, viewer, tx, world)
    let shown = Array(found.prefix(50))
    let kinds: [String] = try tx.values("SELECT DISTINCT kind FROM activity WHERE org_id = \(viewer.org) ORDER BY kind LIMIT 200")
    var next = filter.values
    next["after"] = shown.last?.id.description
    let query = QueryText.query(filter.values)
    return Result(
      items: shown, table: shown.isEmpty ? nil : table(shown, csv: "/admin/audit.csv" + query),
      filterForm: Form("/admin/audit", button: "Show", fields(filter, kinds)),
      nextHref: found.count > 50 ? "/admin/audit" + QueryText.query(next) : nil, isFiltered: !query.isEmpty, tabs: AdminTabs("/admin/audit")
    )
  }

  static let mostLines = 50_000

  static let csv = Endpoint.custom(.get, "/admin/audit.csv", allow: .admin, "The activity log as CSV", input: AuditFilter.self) {
    call, filter in
    let world = call.site.world
    let text = try await call.reading { tx in
      let viewer = try call.admit(tx)
      let lines = try AuditLine.list(filter, limit: mostLines, viewer, tx, world)
      return CSV.text(
        [["at", "who", "what", "object", "id", "by", "detail"]]
          + lines.map {
            [
              .text($0.at.at), .text($0.who), .text($0.what), .text($0.object), .text($0.id.description), .text($0.origin),
              .text($0.detail),
            ]
          })
    }
    return .csv(text, fileName: "activity.csv")
  }.with { $0.contentType = "text/csv" }

  private static func table(_ lines: [AuditLine], csv: String) -> TableView {
    TableView(
      "log", caption: "Newest first", columns: ["When", "Who", "What", "About", "By", "Detail"],
      rows: lines.map { [.init($0.at.text), .init($0.who), .init($0.what), .init($0.object), .init($0.origin), .init($0.detail)] },
      csvHref: csv)
  }

  private static func fields(_ filter: AuditFilter, _ kinds: [String]) -> [Form.Field] {
    var fields: [Form.Field] = [
      .choose(
        .select, "kind", "About",
        [Form.Option("", "Everything")] + kinds.map { Form.Option($0, AuditWords.sentence($0), chosen: $0 == filter.kind) }),
      .text("from", "From", value: filter.from, type: "date"), .text("until", "Until", value: filter.until, type: "date"),
    ]
    if let actor = filter.actor { fields.append(.hidden("actor", actor.description)) }
    return fields
  }
}
