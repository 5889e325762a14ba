import Crypto
import Foundation
import Kit

extension Backup {
  /// Reads a whole backup, compares every digest, and returns what it says of itself. Throws `BackupRefusal`, which names the
  /// damaged part. Nothing is written.
  @discardableResult
  public static func verify(_ file: URL) throws -> BackupManifest {
    var tables: [String: (hash: SHA256, rows: Int)] = [:]
    var files: [String: BackupManifest.File] = [:]
    var manifest: BackupManifest?
    let reader = try ArchiveReader(file)
    try reader.forEach { header in
      if manifest != nil { throw reader.damage("it follows the manifest") }
      if header.path == "manifest.json" {
        return try collecting(header, limit: 64 << 20, reader) { manifest = try read($0) }
      }
      if let table = table(of: header.path) {
        return { piece in
          guard let piece else { return }
          tables[table, default: (SHA256(), 0)].hash.update(data: piece)
          tables[table, default: (SHA256(), 0)].rows += piece.count { $0 == UInt8(ascii: "\n") }
        }
      }
      var hash = SHA256()
      return { piece in
        if let piece { return hash.update(data: piece) }
        files[header.path] = BackupManifest.File(path: header.path, bytes: header.size, sha256: hash.finalize().hex)
      }
    }
    guard let manifest else { throw BackupRefusal.damaged(part: "manifest.json", "it is missing") }
    for table in manifest.tables {
      let found = tables.removeValue(forKey: table.name) ?? (SHA256(), 0)
      if found.rows != table.rows {
        throw BackupRefusal.damaged(part: "table \(table.name)", "\(table.rows) rows are named, \(found.rows) are there")
      }
      if found.hash.finalize().hex != table.sha256 { throw BackupRefusal.damaged(part: "table \(table.name)", "its content was altered") }
    }
    for file in manifest.files {
      guard let found = files.removeValue(forKey: file.path) else { throw BackupRefusal.damaged(part: file.path, "it is missing") }
      if found != file { throw BackupRefusal.damaged(part: file.path, "its content was altered") }
    }
    if let extra = tables.keys.first ?? files.keys.first { throw BackupRefusal.damaged(part: extra, "the manifest does not name it") }
    return manifest
  }

  /// The table that a part belongs to.
  static func table(of path: String) -> String? {
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    return names.count == 3 && names[0] == "tables" ? String(names[1]) : nil
  }

  /// Gathers a part that must be in memory as a whole.
  static func collecting(
    _ header: TarHeader, limit: Int, _ reader: ArchiveReader, _ done: @escaping ([UInt8]) throws -> Void
  ) throws -> ([UInt8]?) throws -> Void {
    if header.size > limit { throw reader.damage("it is too large") }
    var whole: [UInt8] = []
    return { piece in
      if let piece { whole += piece } else { try done(whole) }
    }
  }

  private static func read(_ bytes: [UInt8]) throws -> BackupManifest {
    struct Format: Decodable { let format: Int }
    let data = Data(bytes)
    if let format = try? JSONDecoder().decode(Format.self, from: data).format, format > BackupManifest.currentFormat {
      throw BackupRefusal.newer("its format is \(format)")
    }
    do {
      return try JSONDecoder().decode(BackupManifest.self, from: data)
    } catch {
      throw BackupRefusal.damaged(part: "manifest.json", "it is not readable")
    }
  }
}
