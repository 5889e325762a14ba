import Interchange
import Kit
import Store
import Web

/// A kind of job, with the skills it needs.
public enum Occupation {}

/// The occupations of an import.
enum EscoOccupations {
  private struct Entry: Hashable, Sendable {
    let uri: String
    let label: String
    let alternatives: String
    let isco: String
    let description: String
  }

  static func put(
    _ table: CSV.Table, _ store: Store, _ world: World, _ report: inout EscoReport, _ progress: @Sendable (EscoReport) async throws -> Void
  ) async throws {
    report.begin(.occupations, table)
    var rows = EscoRows()
    for some in table.rows.batches(of: EscoImport.batch) {
      var entries: [Entry] = []
      for row in some {
        do {
          let concept = try rows.concept(row)
          entries.append(
            Entry(
              uri: concept.uri, label: concept.label, alternatives: concept.alternatives.joined(separator: "\n"),
              isco: (row["iscoGroup"] ?? "").trimmed, description: concept.description))
        } catch {
          report.refuse(.occupations, row.number, "Row \(row.number): \(error.text)")
        }
      }
      let ready = entries
      let counts = try await store.write { tx in try put(ready, tx, world) }
      report.count(.occupations, counts)
      try await progress(report)
    }
  }

  private static func put(_ entries: [Entry], _ tx: Transaction, _ world: World) throws -> SkillCatalogue.Counts {
    if entries.isEmpty { return .init() }
    let rows = try tx.rows(
      "SELECT id, uri, label, alternatives, isco, description FROM occupation WHERE uri IN \(SQL.list(entries.map(\.uri)))")
    var known: [String: (id: ID<Occupation>, entry: Entry)] = [:]
    for row in rows {
      let entry = Entry(
        uri: try row("uri"), label: try row("label"), alternatives: try row("alternatives"), isco: try row("isco"),
        description: try row("description"))
      known[entry.uri] = (try row("id"), entry)
    }
    let changed = entries.filter { known[$0.uri]?.entry != $0 }
    var counts = SkillCatalogue.Counts()
    counts.created = changed.count { known[$0.uri] == nil }
    counts.updated = changed.count - counts.created
    counts.unchanged = entries.count - changed.count
    if changed.isEmpty { return counts }
    let values = changed.map { entry in
      let id: ID<Occupation> = known[entry.uri]?.id ?? world.id()
      let folded = SkillText.folded(entry.label)
      return "(\(id), \(entry.uri), \(entry.label), \(folded), \(entry.alternatives), \(entry.isco), \(entry.description))" as SQL
    }
    try tx.run(
      """
      INSERT INTO occupation (id, uri, label, folded, alternatives, isco, description) VALUES \(SQL.joined(values, by: ", "))
      ON CONFLICT (id) DO UPDATE SET label = excluded.label, folded = excluded.folded, alternatives = excluded.alternatives,
        isco = excluded.isco, description = excluded.description
      """)
    return counts
  }
}
