import Kit
import Store
import Web

/// Which members a list shows.
struct MemberFilter: Input {
  var after: ID<Person>?
  var department: String?
  /// Words of a name or an address.
  var q: String?
  var role: String?
  var state: String?

  static let rules: [String: Rule] = [
    "q": .text(0...120), "department": .text(0...120), "role": .one(of: Roles.names.map(\.name)),
    "state": .one(of: PersonState.allCases.map(\.rawValue)),
  ]

  /// The filter as the query of an address, without the place in the list.
  var values: [String: String?] { ["department": department, "q": q, "role": role, "state": state] }

  /// Conditions on `person`, the organisation first.
  func condition(_ org: ID<Organisation>, _ dialect: Dialect) -> SQL {
    var parts: [SQL] = ["person.org_id = \(org)"]
    if let state, !state.isEmpty {
      parts.append("person.state = \(state)")
    } else {
      parts.append("person.state <> \("left")")
    }
    if let department, !department.isEmpty { parts.append("person.department = \(department)") }
    if let role = role.flatMap({ word in Roles.names.first { $0.name == word } }) {
      parts.append("(person.roles & \(role.role.rawValue)) <> 0")
    }
    for word in (q ?? "").split(whereSeparator: \.isWhitespace).prefix(5) {
      let pattern = "%" + escaped(word.folded) + "%"
      parts.append(
        "(\(dialect.folded("person.name")) LIKE \(pattern) ESCAPE '\\' OR person.email LIKE \(pattern) ESCAPE '\\')")
    }
    return SQL.joined(parts, by: " AND ")
  }

  /// `%` and `_` stand for themselves.
  private func escaped(_ word: String) -> String {
    word.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
  }
}

enum PersonState: String, Bindable, Choice {
  case invited, active, suspended, left

  var label: String {
    switch self {
    case .invited: "Invited"
    case .active: "Active"
    case .suspended: "Suspended"
    case .left: "Left"
    }
  }

  var chip: String {
    switch self {
    case .active: "good"
    case .suspended: "warn"
    case .invited, .left: "plain"
    }
  }
}
