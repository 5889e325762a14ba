/// Writes a zip archive that any program reads. The same files in the same order give the same bytes: times are fixed at 1980-01-01.
public struct ZipWriter: Sendable {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var names: Set<String> = []

  public init() {}

  /// Adds a file.
  /// - Parameter isStored: for content that does not shrink.
  /// - Throws: `ZipRefusal` for an unsafe name, a second file of the same name, or an archive beyond 4 GiB or 65 534 files.
  public mutating func add(_ name: String, _ content: [UInt8], isStored: Bool = false) throws(ZipRefusal) {
    guard ZipName.isSafe(name), name.utf8.count <= ZipName.mostBytes else { throw ZipRefusal(.unsafeName, name) }
    guard names.count < 0xFFFE else { throw ZipRefusal(.tooManyEntries) }
    guard names.insert(name).inserted else { throw ZipRefusal(.duplicateName, name) }
    let deflated = isStored ? nil : Deflate.deflated(content).flatMap { $0.count < content.count ? $0 : nil }
    let packed = deflated ?? content
    guard body.count + packed.count + 1024 < 0xFFFF_FFFF else { throw ZipRefusal(.tooLarge) }
    // Bit 11: the name is UTF-8.
    var common = LittleEndian.bytes(20, 2) + LittleEndian.bytes(1 << 11, 2) + LittleEndian.bytes(deflated == nil ? 0 : 8, 2)
    common += LittleEndian.bytes(0, 2) + LittleEndian.bytes(0x21, 2)
    common += LittleEndian.bytes(Int(Deflate.checksum(content)), 4) + LittleEndian.bytes(packed.count, 4)
    common += LittleEndian.bytes(content.count, 4) + LittleEndian.bytes(name.utf8.count, 2) + LittleEndian.bytes(0, 2)
    directory += LittleEndian.bytes(0x0201_4B50, 4) + LittleEndian.bytes(0x0314, 2) + common
    directory += LittleEndian.bytes(0, 2) + LittleEndian.bytes(0, 2) + LittleEndian.bytes(0, 2)
    directory += LittleEndian.bytes(0o100644 << 16, 4) + LittleEndian.bytes(body.count, 4) + Array(name.utf8)
    body += LittleEndian.bytes(0x0403_4B50, 4) + common + Array(name.utf8) + packed
  }

  /// The archive.
  public func finish() -> [UInt8] {
    let count = LittleEndian.bytes(names.count, 2)
    let end = LittleEndian.bytes(0x0605_4B50, 4) + LittleEndian.bytes(0, 4) + count + count
    return body + directory + end + LittleEndian.bytes(directory.count, 4) + LittleEndian.bytes(body.count, 4) + LittleEndian.bytes(0, 2)
  }
}
