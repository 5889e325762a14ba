import Kit

/// `manifest.json` of an export: what is in the folder, what is not, and a digest of each file.
public struct ExportManifest: Codable, Sendable {
  public static let currentFormat = 1

  public var format = ExportManifest.currentFormat
  public let version: String
  public let madeAt: Instant
  public let organisation: ID<Organisation>
  public let slug: String
  public let name: String
  /// The steps of the schema that the tables have.
  public let schema: [String]
  public var tables: [Table] = []
  public var lessons: [File] = []
  /// Tables that are not here, each with the reason.
  public let leftOut: [String: String]

  public struct Table: Codable, Sendable {
    public let name: String
    public let columns: [String]
    public let rows: Int
    public let file: File
  }

  public struct File: Codable, Sendable {
    public let path: String
    public let bytes: Int
    /// SHA-256 in hexadecimal.
    public let sha256: String
  }
}

/// An export that cannot be made, and why.
public struct ExportRefusal: Error, CustomStringConvertible, Sendable {
  public let description: String
}
