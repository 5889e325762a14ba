import Foundation
import Kit
import Store
import Web

/// The folder of backups. Its files hold keys, so they are never served.
struct BackupFolder {
  let path: String
  private let dataFolder: String

  init(_ settings: Settings) {
    dataFolder = settings.dataFolder
    path = settings.backups.folder
  }

  struct File: Sendable {
    let name: String
    let bytes: Int64
    let madeAt: Instant
  }

  /// Whole backups, newest first.
  var files: [File] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasPrefix("tandem-") && $0.hasSuffix(".tar.gz") }.compactMap { name in
      guard let facts = try? FileManager.default.attributesOfItem(atPath: path + "/" + name), let date = facts[.modificationDate] as? Date
      else { return nil }
      return File(
        name: name, bytes: (facts[.size] as? NSNumber)?.int64Value ?? 0,
        madeAt: Instant(microseconds: Int64(date.timeIntervalSince1970 * 1_000_000)))
    }.sorted { ($1.madeAt, $1.name) < ($0.madeAt, $0.name) }
  }

  /// Writes a backup under the name that the command line gives its own.
  func make(_ store: Store, named word: String, key: Backup.Key?, version: String, now: Instant) async throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let stamp = now.description.prefix(19).replacing(":", with: "").replacing("-", with: "")
    let stored = URL(fileURLWithPath: dataFolder + "/files")
    try await Backup.write(
      store, files: FileManager.default.fileExists(atPath: stored.path) ? stored : nil,
      keys: key.map { [$0] } ?? [], to: URL(fileURLWithPath: path + "/tandem-\(stamp)-\(word).tar.gz"), version: version, now: now)
  }

  /// Removes the oldest backups that were made by themselves, beyond so many. Those made by hand stay.
  func prune(keep: Int) {
    for file in files.filter({ $0.name.hasSuffix("-daily.tar.gz") }).dropFirst(max(1, keep)) {
      try? FileManager.default.removeItem(atPath: path + "/" + file.name)
    }
  }
}
