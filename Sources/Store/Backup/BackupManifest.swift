import Kit

/// The last part of a backup: what is in it, and a digest of each part.
public struct BackupManifest: Codable, Sendable, Hashable {
  public static let currentFormat = 1

  public var format = BackupManifest.currentFormat
  /// The version of Tandem that wrote it.
  public let version: String
  public let createdAt: Instant
  /// The engine it was read from; it can be restored into either.
  public let engine: Dialect
  /// The steps of the schema, in the order in which they were applied.
  public var steps: [Step] = []
  public var tables: [Table] = []
  public var files: [File] = []

  /// The names of the keys in it; one without `Backup.secretName` opens nothing that the installation encrypted.
  public var keys: [String] { files.filter { $0.path.hasPrefix("keys/") }.map { String($0.path.dropFirst("keys/".count)) } }

  public struct Step: Codable, Sendable, Hashable {
    public let name: String
    public let checksum: String
  }

  public struct Table: Codable, Sendable, Hashable {
    public let name: String
    public let columns: [String]
    public var rows = 0
    /// SHA-256 over the lines of all rows, in hexadecimal.
    public var sha256 = ""
  }

  /// A stored file or a key.
  public struct File: Codable, Sendable, Hashable {
    public let path: String
    public let bytes: Int
    public let sha256: String
  }
}

/// A backup that cannot be used, and why, for whoever asked for it.
public enum BackupRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  case unreadable(String)
  case damaged(part: String, String)
  case newer(String)
  case notEmpty(String)

  public var description: String {
    switch self {
    case .unreadable(let path): "\(path) cannot be read."
    case .damaged(let part, let reason): "The backup is damaged at \(part): \(reason)."
    case .newer(let what): "The backup was written by a newer program: \(what). Restore it with that program."
    case .notEmpty(let table): "The database is not empty: it has the table \(table). A backup is restored into an empty database only."
    }
  }
}
