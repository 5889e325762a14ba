import Features
import Foundation
import Kit
import Store

/// The folder of an installation: database, secret, outbox, backups. For its owner's eyes only.
struct DataFolder {
  let path: String
  /// Where its backups are.
  let backups: String

  init(_ path: String, backups: String? = nil) {
    self.path = path
    self.backups = backups ?? path + "/backups"
  }

  init(_ configuration: Configuration) { self.init(configuration["storage.path"], backups: configuration.backups.folder) }

  func prepare() throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Configuration.Fault(description: "The data folder \(path) cannot be made: \(error.localizedDescription)")
    }
  }

  /// The secret in the folder; nil where none was made.
  func knownSecret() throws -> [UInt8]? {
    let file = path + "/secret_key"
    if let text = try? String(contentsOfFile: file, encoding: .utf8), let bytes = Self.secret(text) { return bytes }
    guard !FileManager.default.fileExists(atPath: file) else {
      throw Configuration.Fault(description: "\(file) is damaged: restore it from a backup.")
    }
    return nil
  }

  /// The bytes of a secret in base64url or plain base64; nil for fewer than 32.
  static func secret(_ text: String) -> [UInt8]? {
    let digits = text.trimmed.replacing("+", with: "-").replacing("/", with: "_").prefix { $0 != "=" }
    guard let bytes = digits.base64URLBytes, bytes.count >= 32 else { return nil }
    return bytes
  }

  /// The secret in the folder, made when there is none.
  func secret() throws -> [UInt8] {
    if let known = try knownSecret() { return known }
    let file = path + "/secret_key"
    let bytes = World.live.bytes(32)
    guard
      FileManager.default.createFile(atPath: file, contents: Data((bytes.base64URL + "\n").utf8), attributes: [.posixPermissions: 0o600])
    else { throw Configuration.Fault(description: "\(file) cannot be written.") }
    return bytes
  }

  /// Two servers must not share one SQLite folder: the second one is told so.
  func lock() throws -> Lock {
    let file = open(path + "/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Configuration.Fault(description: "\(path)/lock cannot be opened.") }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw NotNow(description: "Another Tandem is serving this data folder. Stop it first, or give another --data.")
    }
    return Lock(file: file)
  }

  final class Lock {
    private let file: Int32
    init(file: Int32) { self.file = file }
    func release() { close(file) }
  }

  @discardableResult
  func backup(_ store: Store, named name: String, key: Backup.Key?) async throws -> URL {
    let now = World.live.now()
    let stamp = now.description.prefix(19).replacing(":", with: "").replacing("-", with: "")
    let folder = URL(fileURLWithPath: backups)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let file = folder.appending(path: "tandem-\(stamp)-\(name).tar.gz")
    try await Backup.write(store, keys: key.map { [$0] } ?? [], to: file, version: Version.text, now: now)
    return file
  }
}
