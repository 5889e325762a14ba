import Interchange
import Kit

/// The rows of a file as entries, and why some cannot be taken.
struct EscoRows {
  static let addresses = "http://data.europa.eu/esco/"
  private static let longestLabel = 300
  private static let longestDescription = 10_000

  /// A row that keeps the rules; thrown text says which it breaks.
  struct Fault: Error { let text: String }

  /// URIs seen so far with their rows: a concept stands in a file once.
  private var seen: [String: Int] = [:]

  mutating func concept(_ row: CSV.Row) throws(Fault) -> (uri: String, label: String, alternatives: [String], description: String) {
    let uri = (row["conceptUri"] ?? "").trimmed
    guard uri.hasPrefix(EscoRows.addresses), uri.utf8.count <= 300 else {
      throw Fault(text: "the concept address does not begin with \(EscoRows.addresses).")
    }
    let label = text(row["preferredLabel"])
    guard !label.isEmpty else { throw Fault(text: "the preferred label is missing.") }
    guard label.unicodeScalars.count <= EscoRows.longestLabel else {
      throw Fault(text: "the preferred label is longer than \(EscoRows.longestLabel) characters.")
    }
    let status = (row["status"] ?? "").trimmed.lowercased()
    guard status.isEmpty || status == "released" else { throw Fault(text: "its status is \(status.shortened(to: 30)), not released.") }
    if let first = seen[uri] { throw Fault(text: "the concept stands in row \(first) already.") }
    seen[uri] = row.number
    var alternatives: [String] = []
    for part in (row["altLabels"] ?? "").split(whereSeparator: { $0.isNewline || $0 == "|" }) {
      let name = text(String(part))
      if !name.isEmpty, name.unicodeScalars.count <= EscoRows.longestLabel, !alternatives.contains(name) { alternatives.append(name) }
    }
    return (uri, label, alternatives, String(text(row["description"]).prefix(EscoRows.longestDescription)))
  }

  static func relation(_ row: CSV.Row) throws(Fault) -> (occupation: String, skill: String, relation: String) {
    let relation = (row["relationType"] ?? "").trimmed.lowercased()
    guard ["essential", "optional"].contains(relation) else { throw Fault(text: "the relation is neither essential nor optional.") }
    return ((row["occupationUri"] ?? "").trimmed, (row["skillUri"] ?? "").trimmed, relation)
  }

  /// No database stores U+0000.
  private func text(_ field: String?) -> String {
    guard let field else { return "" }
    return (field.utf8.contains(0) ? field.replacing("\0", with: "") : field).trimmed
  }
}
