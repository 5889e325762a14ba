import Interchange
import Kit
import Store
import Web

/// The members of an organisation with filters, fifty at a time.
struct ListMembers {
  struct Result: Output {
    let items: [MemberDetail]
    let total: Int
    let table: TableView?
    let filterForm: Form
    let nextHref: String?
    let lede: String
    let isAdmin: Bool
    let isFiltered: Bool
  }

  static let page = Endpoint.page("/members", allow: .manager, "members/list", "List members") {
    (tx, viewer, world, filter: MemberFilter) in
    let found = try MemberDetail.list(filter, limit: 51, for: viewer, tx)
    let shown = Array(found.prefix(50))
    let total = try tx.count("SELECT count(*) FROM person WHERE \(filter.condition(viewer.org, tx.dialect))")
    let departments: [String] = try tx.values(
      "SELECT DISTINCT department FROM person WHERE org_id = \(viewer.org) AND department <> '' ORDER BY department LIMIT 200")
    let query = QueryText.query(filter.values)
    var next = filter.values
    next["after"] = shown.last?.id.description
    let isAdmin = viewer.has(.admin)
    return Result(
      items: shown, total: total, table: shown.isEmpty ? nil : table(shown, isAdmin: isAdmin, csv: "/members.csv" + query),
      filterForm: Form.filter("/members", button: "Show", fields(filter, departments)),
      nextHref: found.count > 50 ? "/members" + QueryText.query(next) : nil,
      lede: query.isEmpty ? counted(total, "member") : "\(counted(total, "member")) found", isAdmin: isAdmin, isFiltered: !query.isEmpty)
  }

  static let csv = Endpoint.custom(.get, "/members.csv", allow: .manager, "Members as CSV", input: MemberFilter.self) { call, filter in
    let text = try await call.reading { tx in
      let viewer = try call.admit(tx)
      let members = try MemberDetail.list(filter, limit: 100_000, for: viewer, tx)
      let managers = try Addresses.of(members.compactMap(\.manager), org: viewer.org, tx)
      let header: [CSV.Cell] = MemberColumns.all.map { .text($0) } + ["state"]
      return CSV.text(
        [header]
          + members.map { member in
            [
              .text(member.name), .text(member.email), .text(member.title), .text(member.department),
              .text(member.manager.flatMap { managers[$0] } ?? ""), .integer(member.seniority),
              .text(member.languages.joined(separator: " ")),
              .text(member.zone), .text(member.roles.joined(separator: " ")), .text(member.state.rawValue),
            ]
          })
    }
    return .csv(text, fileName: "members.csv")
  }.with { $0.contentType = "text/csv" }

  private static func table(_ members: [MemberDetail], isAdmin: Bool, csv: String) -> TableView {
    TableView(
      "members", caption: "Members by name", columns: ["Name", "E-mail", "Title", "Department", "Roles", "State"],
      rows: members.map { member in
        [
          .init(member.name, href: isAdmin ? "/members/\(member.id)" : nil), .init(member.email), .init(member.title),
          .init(member.department),
          .init(RoleWords.list(member.roleSet)), .init(member.state.label, chip: member.state.chip),
        ]
      }, csvHref: csv)
  }

  private static func fields(_ filter: MemberFilter, _ departments: [String]) -> [Form.Field] {
    func options(_ all: [(String, String)], chosen: String?) -> [Form.Option] {
      [Form.Option("", "All")] + all.map { Form.Option($0.0, $0.1, chosen: $0.0 == chosen) }
    }
    return [
      .text("q", "Name or address", value: filter.q, type: "search", autocomplete: "off", optional: nil, max: 120),
      .choose(.select, "role", "Role", options(Roles.given.map { ($0.name, RoleWords.label($0.role)) }, chosen: filter.role)),
      .choose(.select, "department", "Department", options(departments.map { ($0, $0) }, chosen: filter.department)),
      .choose(.select, "state", "State", options(PersonState.allCases.map { ($0.rawValue, $0.label) }, chosen: filter.state)),
    ]
  }
}

/// The columns of a file of members, for import and export alike.
enum MemberColumns {
  static let all = ["name", "email", "title", "department", "manager_email", "seniority", "languages", "zone", "roles"]
  static let required = ["name", "email"]
}

enum Addresses {
  /// E-mail addresses by person, in one statement per thousand people.
  static func of(_ people: [ID<Person>], org: ID<Organisation>, _ tx: Transaction) throws -> [ID<Person>: String] {
    let people = Array(Set(people))
    var found: [ID<Person>: String] = [:]
    for start in stride(from: 0, to: people.count, by: 1000) {
      let part = Array(people[start..<min(start + 1000, people.count)])
      for row in try tx.rows("SELECT id, email FROM person WHERE org_id = \(org) AND id IN \(SQL.list(part))") {
        found[try row("id")] = try row("email", as: String.self)
      }
    }
    return found
  }
}
