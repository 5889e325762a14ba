/// One file or folder of an archive.
public struct ZipEntry: Sendable, Hashable {
  /// With `/` between folders; a folder ends with `/`. Never absolute, never upwards.
  public let name: String
  /// Bytes when inflated, as the archive says.
  public let size: Int
  /// Bytes in the archive.
  public let packedSize: Int
  let checksum: UInt32
  let isDeflated: Bool
  /// Where the packed bytes lie.
  let place: Range<Int>

  public var isFolder: Bool { name.hasSuffix("/") }
}
