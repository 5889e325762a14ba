import Crypto
import Foundation
import Kit

/// A copy of everything in one file: a gzip-compressed tar archive with the rows of every table as lines of JSON, stored files,
/// keys, and last `manifest.json` with a digest of each. It is made while people work, from one snapshot, and moves between the
/// two engines. It holds keys and so is a secret: mode 0600.
public enum Backup {
  /// Rows of one table are cut into parts of about this many bytes; one part is held in memory.
  static let partSize = 4 << 20

  /// Writes a backup. `files` is the folder of stored files.
  ///
  /// The file appears under its name only when it is complete and on the disk.
  @discardableResult
  public static func write(
    _ store: Store, files: URL? = nil, keys: [Key] = [], to file: URL, version: String, now: Instant
  ) async throws -> BackupManifest {
    try await store.read { tx in
      try DiskFile.write(file) { target in
        let archive = try ArchiveWriter(target, now: now)
        var manifest = BackupManifest(version: version, createdAt: now, engine: tx.dialect)
        let catalogue = try Catalogue(tx)
        if catalogue.tables.contains(where: { $0.name == "schema_step" }) {
          manifest.steps = try tx.rows("SELECT name, checksum FROM schema_step ORDER BY applied_at, name").map {
            BackupManifest.Step(name: try $0("name"), checksum: try $0("checksum"))
          }
        }
        for table in catalogue.tables where table.name != "schema_step" {
          manifest.tables.append(try dump(table, tx, into: archive))
        }
        for (path, source) in stored(in: files) {
          if let entry = try copy(source, to: path, into: archive) { manifest.files.append(entry) }
        }
        for key in keys { manifest.files.append(try add(key, to: archive)) }
        try archive.add("manifest.json", Array(encoder.encode(manifest)))
        try archive.finish()
        return manifest
      }
    }
  }

  private static func dump(_ table: Catalogue.Table, _ tx: Transaction, into archive: ArchiveWriter) throws -> BackupManifest.Table {
    var entry = BackupManifest.Table(name: table.name, columns: table.columns.map(\.name))
    var hash = SHA256()
    var part: [UInt8] = []
    var parts = 0
    func flush() throws {
      parts += 1
      hash.update(data: part)
      try archive.add("tables/\(table.name)/\(parts).jsonl", part)
      part.removeAll(keepingCapacity: true)
    }
    try tx.each(SQL(stringLiteral: "SELECT \(table.quotedColumns) FROM \(table.quotedName)")) { row in
      RowLine.write(row.values, to: &part)
      entry.rows += 1
      if part.count >= partSize { try flush() }
    }
    if !part.isEmpty { try flush() }
    entry.sha256 = hash.finalize().hex
    return entry
  }

  /// Nil for a file that was removed after the snapshot was taken: its row is on its way out as well.
  private static func copy(_ source: URL, to path: String, into archive: ArchiveWriter) throws -> BackupManifest.File? {
    guard FileManager.default.fileExists(atPath: source.path) else { return nil }
    let file = try DiskFile.reading(source)
    let size = file.size
    var hash = SHA256()
    try archive.add(path, from: file, size: size) { hash.update(data: $0) }
    return BackupManifest.File(path: path, bytes: size, sha256: hash.finalize().hex)
  }

  private static func add(_ key: Key, to archive: ArchiveWriter) throws -> BackupManifest.File {
    let path = "keys/" + key.name
    try archive.add(path, key.content)
    return BackupManifest.File(path: path, bytes: key.content.count, sha256: SHA256.hash(data: key.content).hex)
  }

  private static func stored(in folder: URL?) -> [(path: String, source: URL)] {
    guard let folder, let names = FileManager.default.enumerator(atPath: folder.path) else { return [] }
    var found: [(String, URL)] = []
    for case let name as String in names where names.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
      found.append(("files/" + name, folder.appending(path: name)))
    }
    return found.sorted { $0.0 < $1.0 }
  }

  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()
}
