/// Bounds on an archive. They are held against what it says of itself before a byte is inflated, and against what comes out after.
public struct ZipLimits: Sendable, Hashable {
  /// Files and folders.
  public var entries: Int
  /// Bytes of one file, inflated.
  public var fileBytes: Int
  /// Bytes of all files, inflated.
  public var totalBytes: Int
  /// Inflated bytes for each stored one, for files above a mebibyte.
  public var ratio: Int

  public init(entries: Int = 10_000, fileBytes: Int = 100_000_000, totalBytes: Int = 200_000_000, ratio: Int = 100) {
    self.entries = entries
    self.fileBytes = fileBytes
    self.totalBytes = totalBytes
    self.ratio = ratio
  }
}

/// Why an archive was refused.
public struct ZipRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// Stable, kebab case.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case notAnArchive = "not-an-archive"
    case truncated
    case tooManyEntries = "too-many-entries"
    case tooLarge = "too-large"
    case bomb
    case encrypted
    case link
    case unsafeName = "unsafe-name"
    case duplicateName = "duplicate-name"
    case overlapping
    case unknownMethod = "unknown-method"
    case damaged
    case missing
  }

  public let code: Code
  /// The file it is about, as far as there is one.
  public let name: String?

  init(_ code: Code, _ name: String? = nil) {
    self.code = code
    self.name = name
  }

  /// One plain sentence.
  public var description: String {
    let file = name.map { "\"\($0.prefix(80))\"" } ?? "the archive"
    return switch code {
    case .notAnArchive: "This is not a zip archive."
    case .truncated: "The archive ends too early. Was it copied completely?"
    case .tooManyEntries: "The archive holds too many files."
    case .tooLarge: "\(name == nil ? "The archive" : "The file \(file)") would be too large when unpacked."
    case .bomb: "The file \(file) unpacks to far more than it takes; such archives are not opened."
    case .encrypted: "The file \(file) is encrypted. Make the archive without a password."
    case .link: "The file \(file) is a link. Only plain files are taken."
    case .unsafeName: "The name \(file) leads out of the archive or is not plain text."
    case .duplicateName: "The name \(file) occurs twice."
    case .overlapping: "Files in the archive overlap; it is damaged or made to harm."
    case .unknownMethod: "The file \(file) is packed in a way that is not read here. Use deflate."
    case .damaged: "The file \(file) is damaged."
    case .missing: "The file \(file) is not in the archive."
    }
  }
}
