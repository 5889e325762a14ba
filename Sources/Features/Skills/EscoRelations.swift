import Interchange
import Kit
import Store

/// Which occupation needs which skill. A pair that the file names both ways is essential.
enum EscoRelations {
  private struct Pair: Hashable, Sendable {
    let occupation: Int64
    let skill: Int64
  }

  /// What the database knew before; relations name both ends by their addresses.
  private struct Known: Sendable {
    var occupations: [String: Int64] = [:]
    var skills: [String: Int64] = [:]
    var relations: [Pair: String] = [:]
  }

  static func put(
    _ table: CSV.Table, _ store: Store, _ report: inout EscoReport, _ progress: @Sendable (EscoReport) async throws -> Void
  ) async throws {
    report.begin(.relations, table)
    var known = try await store.read(load)
    let essential = essentialPairs(table, known)
    for some in table.rows.batches(of: EscoImport.batch) {
      var counts = SkillCatalogue.Counts()
      var changed: [Pair: String] = [:]
      for row in some {
        do {
          let (pair, said) = try read(row, known)
          let relation = essential.contains(pair) ? "essential" : said
          switch known.relations.updateValue(relation, forKey: pair) {
          case nil: counts.created += 1
          case relation: counts.unchanged += 1
          default: counts.updated += 1
          }
          changed[pair] = relation
        } catch {
          report.refuse(.relations, row.number, "Row \(row.number): \(error.text)")
        }
      }
      if counts.created + counts.updated > 0 {
        let ready = changed.sorted { ($0.key.occupation, $0.key.skill) < ($1.key.occupation, $1.key.skill) }.map { $0 }
        try await store.write { tx in
          let values = ready.map { pair, relation in "(\(pair.occupation), \(pair.skill), \(relation))" as SQL }
          try tx.run(
            """
            INSERT INTO occupation_skill (occupation_id, skill_id, relation) VALUES \(SQL.joined(values, by: ", "))
            ON CONFLICT (occupation_id, skill_id) DO UPDATE SET relation = excluded.relation
            """)
        }
      }
      report.count(.relations, counts)
      try await progress(report)
    }
  }

  private static func essentialPairs(_ table: CSV.Table, _ known: Known) -> Set<Pair> {
    var pairs: Set<Pair> = []
    for row in table.rows {
      if let (pair, relation) = try? read(row, known), relation == "essential" { pairs.insert(pair) }
    }
    return pairs
  }

  private static func read(_ row: CSV.Row, _ known: Known) throws(EscoRows.Fault) -> (Pair, String) {
    let (occupation, skill, relation) = try EscoRows.relation(row)
    guard let occupationID = known.occupations[occupation] else { throw EscoRows.Fault(text: "its occupation is not known.") }
    guard let skillID = known.skills[skill] else { throw EscoRows.Fault(text: "its skill is not known.") }
    return (Pair(occupation: occupationID, skill: skillID), relation)
  }

  @Sendable private static func load(_ tx: Transaction) throws -> Known {
    var known = Known()
    for row in try tx.rows("SELECT id, uri FROM occupation") { known.occupations[try row("uri")] = try row("id") as Int64 }
    for row in try tx.rows("SELECT id, uri FROM skill WHERE source = 'esco'") { known.skills[try row("uri")] = try row("id") as Int64 }
    for row in try tx.rows("SELECT occupation_id, skill_id, relation FROM occupation_skill") {
      known.relations[Pair(occupation: try row("occupation_id"), skill: try row("skill_id"))] = try row("relation") as String
    }
    return known
  }
}
