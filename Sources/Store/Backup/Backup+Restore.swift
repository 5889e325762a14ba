import Foundation
import Kit

extension Backup {
  /// Restores a backup into an empty database of either engine, in one transaction: all of it or nothing.
  ///
  /// The schema is brought to the steps of the backup, with the program's own text of them; the caller migrates further.
  /// Stored files go below `files`, keys into `keys`. The backup is verified first and throws `BackupRefusal` when damaged.
  @discardableResult
  public static func restore(
    _ file: URL, into store: Store, migrator: Migrator, files: URL? = nil, keys: URL? = nil, now: Instant
  ) async throws -> BackupManifest {
    let manifest = try verify(file)
    let known = Dictionary(migrator.migrations.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for step in manifest.steps {
      guard let own = known[step.name] else { throw BackupRefusal.newer("it has the step \(step.name)") }
      if own.checksum != step.checksum { throw Migrator.Refusal.changed(step.name) }
    }
    let named = Set(manifest.steps.map(\.name))
    let steps = migrator.migrations.filter { named.contains($0.name) }
    try await store.write { tx in
      if let table = try Catalogue(tx).tables.first(where: {
        try $0.name != "schema_step" || tx.count("SELECT count(*) FROM schema_step") > 0
      }) {
        throw BackupRefusal.notEmpty(table.name)
      }
      try migrator.prepare(tx)
      for step in steps { try migrator.apply(step, tx, now: now) }
      try load(file, manifest, tx)
    }
    try place(file, files: files, keys: keys)
    return manifest
  }

  private static func load(_ file: URL, _ manifest: BackupManifest, _ tx: Transaction) throws {
    let own = Dictionary(uniqueKeysWithValues: try Catalogue(tx).tables.map { ($0.name, $0) })
    var loaders: [String: TableLoader] = [:]
    for table in manifest.tables {
      guard let target = own[table.name], Set(target.columns.map(\.name)) == Set(table.columns) else {
        throw BackupRefusal.damaged(part: "table \(table.name)", "its columns are not those of the schema")
      }
      loaders[table.name] = TableLoader(table: target, columns: table.columns)
    }
    try ForeignKeys.postponed(in: tx) {
      // A step may have put rows into the new schema; the backup has them as they became.
      for loader in loaders.values { try loader.empty(tx) }
      let reader = try ArchiveReader(file)
      try reader.forEach { header in
        guard let name = table(of: header.path), let loader = loaders[name] else { return { _ in } }
        return try collecting(header, limit: partSize * 64, reader) { bytes in
          guard try loader.load(bytes, tx) else { throw reader.damage("a line is not a row of the table") }
        }
      }
    }
  }

  /// Writes stored files and keys to where they belong.
  private static func place(_ file: URL, files: URL?, keys: URL?) throws {
    let reader = try ArchiveReader(file)
    try reader.forEach { header in
      guard let target = try target(of: header.path, files: files, keys: keys, reader) else { return { _ in } }
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let placing = try DiskFile.Placing(target)
      return { piece in
        if let piece { try piece.withUnsafeBytes { try placing.file.write($0) } } else { try placing.finish() }
      }
    }
  }

  private static func target(of path: String, files: URL?, keys: URL?, _ reader: ArchiveReader) throws -> URL? {
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let kind = names.first, let folder = kind == "files" ? files : kind == "keys" ? keys : nil else { return nil }
    guard names.count > 1, names.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) }) else {
      throw reader.damage("its name is not allowed")
    }
    return names.dropFirst().reduce(folder) { $0.appending(path: String($1)) }
  }
}
