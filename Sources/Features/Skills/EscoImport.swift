import Foundation
import Interchange
import Kit
import Store

/// Brings the European classification of skills and occupations into the catalogue. An import of the same or newer files updates
/// what is there; nothing is ever removed, since people may hold it.
public struct EscoImport: Sendable {
  /// Rows of one transaction: others can write in between.
  static let batch = 1000

  /// Imports the files of a folder. See ``run(_:store:world:progress:)``.
  public static func run(
    folder: URL, language: String = "en", store: Store, world: World,
    progress: @escaping @Sendable (EscoReport) async throws -> Void = { _ in }
  ) async throws -> EscoReport {
    try await run(try EscoFiles(folder: folder, language: language), store: store, world: world, progress: progress)
  }

  /// Imports what is given, skills first, relations last.
  ///
  /// - Parameter progress: called after each batch with the counts so far.
  /// - Throws: ``EscoFiles/Unreadable`` before anything is written, when a file is broken as a whole.
  public static func run(
    _ files: EscoFiles, store: Store, world: World, progress: @escaping @Sendable (EscoReport) async throws -> Void = { _ in }
  ) async throws -> EscoReport {
    let skills = try files.table(.skills)
    let occupations = try files.table(.occupations)
    let relations = try files.table(.relations)
    var report = EscoReport()
    if let skills { try await put(skills, store, world, &report, progress) }
    if let occupations { try await EscoOccupations.put(occupations, store, world, &report, progress) }
    if let relations { try await EscoRelations.put(relations, store, &report, progress) }
    return report
  }

  private static func put(
    _ table: CSV.Table, _ store: Store, _ world: World, _ report: inout EscoReport, _ progress: @Sendable (EscoReport) async throws -> Void
  ) async throws {
    report.begin(.skills, table)
    var rows = EscoRows()
    for some in table.rows.batches(of: batch) {
      var entries: [SkillEntry] = []
      for row in some {
        do {
          let concept = try rows.concept(row)
          entries.append(
            SkillEntry(
              uri: concept.uri, label: concept.label, alternatives: concept.alternatives, topic: "", description: concept.description,
              source: .esco))
        } catch {
          report.refuse(.skills, row.number, "Row \(row.number): \(error.text)")
        }
      }
      let ready = entries
      let counts = try await store.write { tx in try SkillCatalogue.put(ready, tx, world) }
      report.count(.skills, counts)
      try await progress(report)
    }
  }
}

extension Array {
  /// Slices of at most so many elements, in order.
  func batches(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
