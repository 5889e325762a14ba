import Foundation
import Interchange
import Kit
import Store
import Web

/// Everything of one organisation in a folder that other programs read: a CSV file a table, lessons as Markdown, the register of
/// personal data, and `manifest.json`. One snapshot; no secrets; nothing of another organisation. A backup is what restores.
public enum OrganisationExport {
  /// - Parameters:
  ///   - folder: absent or empty; it appears under its name only when everything is in it.
  ///   - progress: called with each table that is done.
  public static func write(
    _ org: ID<Organisation>, to folder: URL, store: Store, version: String, now: Instant,
    progress: @escaping @Sendable (ExportManifest.Table) -> Void
  ) async throws -> ExportManifest {
    let present = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    guard present.isEmpty else { throw ExportRefusal(description: "\(folder.path) is not empty. Name a new folder.") }
    let partial = URL(fileURLWithPath: folder.path + ".partial")
    try? FileManager.default.removeItem(at: partial)
    do {
      try FileManager.default.createDirectory(at: partial, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let manifest = try await store.read { tx in
        var manifest = try beginning(org, version, now, tx)
        for (table, columns) in try tx.tableColumns() where ExportedTable.leftOut[table] == nil {
          let done = try write(table, columns, of: org, tx, partial)
          manifest.tables.append(done)
          progress(done)
        }
        manifest.lessons = try lessons(of: org, tx, partial)
        return manifest
      }
      try register(partial)
      try text(ExportWords.readme, "README.md", partial)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      encoder.keyEncodingStrategy = .convertToSnakeCase
      try text(String(decoding: try encoder.encode(manifest), as: UTF8.self) + "\n", "manifest.json", partial)
      try? FileManager.default.removeItem(at: folder)
      try FileManager.default.moveItem(at: partial, to: folder)
      return manifest
    } catch {
      try? FileManager.default.removeItem(at: partial)
      throw error
    }
  }

  private static func beginning(_ org: ID<Organisation>, _ version: String, _ now: Instant, _ tx: Transaction) throws -> ExportManifest {
    guard let row = try tx.row("SELECT name, slug FROM organisation WHERE id = \(org)") else { throw Problem.notFound }
    return ExportManifest(
      version: version, madeAt: now, organisation: org, slug: try row("slug"), name: try row("name"),
      schema: try tx.values("SELECT name FROM schema_step ORDER BY applied_at, name"), leftOut: ExportedTable.leftOut)
  }

  private static func write(
    _ table: String, _ all: [String], of org: ID<Organisation>, _ tx: Transaction, _ folder: URL
  ) throws -> ExportManifest.Table {
    let columns = ExportedTable.columns(all, of: table)
    let file = try ExportFile("tables/\(table).csv", in: folder)
    var rows = 0
    try file.write(CSV.text([columns.map { .text($0) }]))
    // Classifications such as skills belong to every organisation.
    let condition: SQL? = table == "organisation" ? "id = \(org)" : all.contains("org_id") ? "org_id = \(org)" : nil
    try tx.each(of: table, columns, where: condition) { row in
      rows += 1
      try file.write(CSV.text([zip(columns, row.values).map { cell(ExportedTable.value($1, column: $0)) }]))
    }
    return ExportManifest.Table(name: table, columns: columns, rows: rows, file: try file.finish())
  }

  private static func cell(_ value: ExportedValue?) -> CSV.Cell {
    switch value {
    case nil: .empty
    case .integer(let number): .integer(Int(number))
    case .real(let number): .decimal(number)
    case .text(let text): .text(text)
    }
  }

  private static func lessons(of org: ID<Organisation>, _ tx: Transaction, _ folder: URL) throws -> [ExportManifest.File] {
    var files: [ExportManifest.File] = []
    try tx.each("SELECT id, slug, source FROM lesson WHERE org_id = \(org) ORDER BY slug") { row in
      let slug: String = try row("slug")
      // A name that no file could have gives way to the id.
      let isName = slug.wholeMatch(of: /[a-z0-9-]{1,120}/) != nil
      let file = try ExportFile("lessons/\(isName ? slug : try row("id", as: ID<Lesson>.self).description).md", in: folder)
      try file.write(try row("source"))
      files.append(try file.finish())
    }
    return files
  }

  private static func register(_ folder: URL) throws {
    let rows = Features.personalData.flatMap { entry in
      entry.columns.map { [.text(entry.table), .text($0), .text(entry.kind.rawValue), .text(entry.erasure.rawValue)] as [CSV.Cell] }
    }
    try text(CSV.text([["table", "column", "kind", "erasure"]] + rows), "personal-data.csv", folder)
  }

  private static func text(_ text: String, _ path: String, _ folder: URL) throws {
    let file = try ExportFile(path, in: folder)
    try file.write(text)
    _ = try file.finish()
  }
}

/// What a reader of an export should know; lies in it as `README.md`.
enum ExportWords {
  static let readme = """
    # An organisation's data, exported from Tandem

    - `tables/NAME.csv`: a file a table, UTF-8, RFC 4180, a header row. A cell that a spreadsheet would compute begins with `'`.
      Ids are 13 characters of base 32, as in addresses of pages; instants are RFC 3339 in UTC; an empty cell is no value.
      Tables with `org_id` hold rows of this organisation only; tables without it (skills, occupations) are shared classifications.
    - `lessons/SLUG.md`: every lesson as the Markdown file that an import takes.
    - `personal-data.csv`: what each column says about people, and what becomes of it when somebody is erased.
    - `manifest.json`: version, organisation, columns and rows of each table, SHA-256 of each file, and what was left out and why.

    Passwords, tokens and other secrets are not in here. To move or restore an installation use a backup: `tandem backup`.

    """
}
