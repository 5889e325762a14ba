import Foundation

/// Every statement that names a table of an organisation's says which organisation's rows it means.
struct StatementRule: Sendable {
  /// Tables with an `org_id`.
  let tenantTables: Set<String>

  /// Statements that may go without, and why. Short, and read by a person when it grows.
  static let exceptions: [(part: String, why: String)] = [
    ("token_hash = ", "the secret itself names the row; whose it is is what is asked"),
    ("FROM job", "the queue serves all organisations; each job carries its own"),
    ("UPDATE job", "the queue serves all organisations; each job carries its own"),
    ("DELETE FROM job", "the queue serves all organisations; each job carries its own"),
    ("INSERT INTO job", "the queue serves all organisations; each job carries its own"),
    ("p.email = ", "somebody who signs in says who they are, not where"),
    ("person.email = ", "somebody who signs in says who they are, not where"),
    ("WHERE email = ", "somebody who signs in says who they are, not where"),
    ("FROM person WHERE state = ", "whether the installation has an administrator at all"),
    ("SET seen_at = ", "stamping the credentials used, each of which is one row of one organisation"),
    ("SELECT \"", "a backup copies every table"),
    ("expires_at < ", "sweeping what has ended, in all organisations"),
    ("created_at < ", "sweeping what is old, in all organisations"),
  ]

  func breach(_ statement: String) -> String? {
    let flat = statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard let table = firstTenantTable(in: flat) else { return nil }
    if Self.bindsOrganisation(flat) { return nil }
    if Self.exceptions.contains(where: { flat.contains($0.part) }) { return nil }
    return "\(table): \(flat.prefix(240))"
  }

  private func firstTenantTable(in flat: String) -> String? {
    flat.matches(of: /\b(?:FROM|JOIN|INTO|UPDATE)\s+"?([a-z_]+)"?/).map { String($0.1) }.first { tenantTables.contains($0) }
  }

  /// `org_id = ?1`, `(org_id, …) = ($1, …)`, `org_id IN (…)`, or an insert that gives it.
  static func bindsOrganisation(_ flat: String) -> Bool {
    // By default a word goes on across the full stop of `s.org_id`.
    if flat.contains(/\borg_id\s*(?:=|IN \()\s*\(?[$?]\d/.wordBoundaryKind(.simple)) { return true }
    if flat.contains(/^INSERT INTO "?[a-z_]+"? \("?org_id"?\b/) { return true }
    return false
  }
}
