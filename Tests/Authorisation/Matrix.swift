import Foundation
import Web

/// The hand-written statement of who may call what: one row a route, one column a role.
///
/// It is deliberately not made from the declarations and not read by the product; the tests hold the two against each other.
struct Matrix: Sendable {
  enum Role: String, CaseIterable, Sendable {
    case anon, member, mentor, manager, editor, moderator, admin
    /// A member of another organisation who asks for this organisation's object.
    case other
  }

  enum Cell: String, Sendable {
    case refused = "-"
    /// Only what is one's own, or one's pair's.
    case own
    /// Everything of that kind in the organisation.
    case org
    case any
  }

  struct Row: Sendable {
    let route: String
    let cells: [Role: Cell]
    let note: String

    func cell(_ role: Role) -> Cell { cells[role] ?? .refused }
  }

  struct Unreadable: Error, CustomStringConvertible { let description: String }

  let rows: [Row]

  init(_ text: String) throws {
    let names = Role.allCases.map(\.rawValue)
    rows = try text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty && !$0.hasPrefix("route,") }
      .map { line in
        let parts = line.split(separator: ",", maxSplits: names.count + 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= names.count + 1 else { throw Unreadable(description: "The row has too few columns: \(line)") }
        var cells: [Role: Cell] = [:]
        for (name, text) in zip(names, parts.dropFirst()) {
          guard let role = Role(rawValue: name), let cell = Cell(rawValue: text) else {
            throw Unreadable(description: "\(text) is no value of the column \(name): \(line)")
          }
          cells[role] = cell
        }
        return Row(route: parts[0], cells: cells, note: parts.count > names.count + 1 ? parts[names.count + 1] : "")
      }
  }

  /// The battery's control names another file, which must be noticed.
  static func read() throws -> Matrix {
    let own = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "matrix.csv")
    let file = ProcessInfo.processInfo.environment["TANDEM_TEST_MATRIX"].map { URL(filePath: $0) } ?? own
    return try Matrix(String(contentsOf: file, encoding: .utf8))
  }

  /// Where the file and the declarations do not say the same.
  func differences(from endpoints: [Endpoint]) -> [String] {
    let declared = Dictionary(endpoints.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var found = endpoints.map(\.name).filter { name in !rows.contains { $0.route == name } }.map { "\($0) has no row in matrix.csv." }
    found += Dictionary(grouping: rows, by: \.route).filter { $0.value.count > 1 }.map { "\($0.key) has \($0.value.count) rows." }
    for row in rows {
      guard let endpoint = declared[row.route] else {
        found.append("\(row.route) is a row without a route.")
        continue
      }
      found += Role.allCases.compactMap { role in disagreement(row, endpoint, role) }
    }
    return found.sorted()
  }

  private func disagreement(_ row: Row, _ endpoint: Endpoint, _ role: Role) -> String? {
    let cell = row.cell(role)
    if role == .anon || role == .other {
      guard endpoint.permission.needsViewer, role == .anon, cell != .refused else { return nil }
      return "\(row.route): the matrix lets anybody in, the declaration asks for \(endpoint.permission)."
    }
    if cell != .refused, !endpoint.permission.allows(role.roles) {
      return "\(row.route): the matrix allows \(role), the declaration only \(endpoint.permission)."
    }
    return nil
  }
}

extension Matrix.Role {
  var roles: Roles {
    switch self {
    case .anon, .other: []
    case .member: [.member]
    case .mentor: [.member, .mentor]
    case .manager: [.member, .manager]
    case .editor: [.member, .editor]
    case .moderator: [.member, .moderator]
    case .admin: [.member, .admin]
    }
  }
}
