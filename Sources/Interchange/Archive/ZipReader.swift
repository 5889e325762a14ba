/// Reads a zip archive that comes from anywhere.
///
/// Everything that can be told without inflating is checked first: number of files, names, sizes, ratios, links, encryption, files that
/// share bytes. Contents are given out one at a time and held against their checksum. Nothing is ever written to disk.
public struct ZipReader: Sendable {
  /// In the order of the directory.
  public let entries: [ZipEntry]
  private let bytes: [UInt8]
  private let byName: [String: Int]

  /// - Throws: `ZipRefusal` for the first thing that is wrong. Takes O(n log n) time for n entries, whatever they claim to hold.
  public init(_ bytes: [UInt8], limits: ZipLimits = ZipLimits()) throws(ZipRefusal) {
    self.bytes = bytes
    entries = try ZipDirectory(bytes, limits: limits).entries()
    byName = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.name, $0) })
  }

  public func entry(_ name: String) -> ZipEntry? { byName[name].map { entries[$0] } }

  /// The bytes of a file of this archive.
  /// - Throws: `ZipRefusal` when there are more or fewer than the directory says, or others than its checksum says.
  public func contents(_ entry: ZipEntry) throws(ZipRefusal) -> [UInt8] {
    guard let place = byName[entry.name], entries[place] == entry else { throw ZipRefusal(.missing, entry.name) }
    let packed = bytes[entry.place]
    guard let content = entry.isDeflated ? Deflate.inflated(packed, size: entry.size) : Array(packed),
      Deflate.checksum(content) == entry.checksum
    else { throw ZipRefusal(.damaged, entry.name) }
    return content
  }

  public func contents(named name: String) throws(ZipRefusal) -> [UInt8] {
    guard let entry = entry(name) else { throw ZipRefusal(.missing, name) }
    return try contents(entry)
  }
}
