import Crypto
import Foundation
import Kit

/// A file of an export on its way to the disk: holds 64 KiB of it and knows its digest. For its owner's eyes only.
final class ExportFile {
  private let handle: FileHandle
  private let path: String
  private var hash = SHA256()
  private var pending: [UInt8] = []
  private var written = 0

  init(_ path: String, in folder: URL) throws {
    let url = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    guard FileManager.default.createFile(atPath: url.path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
      throw ExportRefusal(description: "\(url.path) cannot be written.")
    }
    handle = try FileHandle(forWritingTo: url)
    self.path = path
  }

  func write(_ text: String) throws {
    pending += text.utf8
    if pending.count >= 1 << 16 { try flush() }
  }

  /// Puts the file on the disk and tells what it is.
  func finish() throws -> ExportManifest.File {
    try flush()
    try handle.synchronize()
    try handle.close()
    return ExportManifest.File(path: path, bytes: written, sha256: Array(hash.finalize()).hex)
  }

  private func flush() throws {
    try handle.write(contentsOf: Data(pending))
    hash.update(data: pending)
    written += pending.count
    pending.removeAll(keepingCapacity: true)
  }
}
