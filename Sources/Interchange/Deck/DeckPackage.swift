/// The outer shell of an Anki package (.apkg): a zip archive with a database, a list of media, and the media.
///
/// Three flavours are about, told apart by which database is there: `collection.anki21b` (compressed by Zstandard, media list as Protocol
/// Buffers), `collection.anki21` (media list as JSON) and `collection.anki2` alone. The newer ones hold an old database too, with one note
/// that asks to update; it is passed over.
public struct DeckPackage: Sendable, Hashable {
  public enum Flavour: String, Sendable, Hashable, CaseIterable {
    /// Anki from 2.1.50.
    case current
    /// Anki 2.1.
    case legacy
    /// Anki 2.0, and programs that write for it.
    case oldest
  }

  /// A sound or picture.
  public struct Media: Sendable, Hashable {
    public let name: String
    public let content: [UInt8]

    public init(name: String, content: [UInt8]) {
      self.name = name
      self.content = content
    }
  }

  public enum Refusal: Error, Sendable, Hashable, CustomStringConvertible {
    case archive(ZipRefusal)
    case noCollection
    case collection
    case mediaList
    case mediaName(String)
    case tooLarge

    public var description: String {
      switch self {
      case .archive(let refusal): refusal.description
      case .noCollection: "This is not an Anki package: it holds no collection."
      case .collection: "The collection in the package is damaged."
      case .mediaList: "The list of media in the package is damaged."
      case .mediaName(let name): "The media name \"\(name.prefix(80))\" is not allowed."
      case .tooLarge: "The package would be too large when unpacked."
      }
    }
  }

  public let flavour: Flavour
  /// An SQLite database.
  public let collection: [UInt8]
  public let media: [Media]
  /// Media that are listed but not there.
  public let missingMedia: [String]

  /// 50,000 files of at most 100 MB, 200 MB in all.
  public static let limits = ZipLimits(entries: 50_000)
  static let mostNameBytes = 120

  public init(flavour: Flavour, collection: [UInt8], media: [Media]) {
    self.flavour = flavour
    self.collection = collection
    self.media = media
    missingMedia = []
  }

  /// Reads a package; nothing is written anywhere.
  public init(_ bytes: [UInt8], limits: ZipLimits = DeckPackage.limits) throws(Refusal) {
    let zip: ZipReader
    do throws(ZipRefusal) { zip = try ZipReader(bytes, limits: limits) } catch { throw .archive(error) }
    let names: [(Flavour, String)] = [(.current, "collection.anki21b"), (.legacy, "collection.anki21"), (.oldest, "collection.anki2")]
    guard let found = names.first(where: { zip.entry($0.1) != nil }) else { throw .noCollection }
    var room = Room(limits)
    flavour = found.0
    collection = try room.read(zip, found.1, isPacked: flavour == .current)
    guard collection.starts(with: Array("SQLite format 3\0".utf8)) else { throw .collection }
    let list = zip.entry("media") == nil ? [] : try room.read(zip, "media", isPacked: flavour == .current)
    let names2 = flavour == .current ? try MediaList.read(packed: list) : try MediaList.read(json: list)
    var media: [Media] = []
    var missing: [String] = []
    for (entry, name) in names2 {
      guard MediaList.isSafe(name) else { throw .mediaName(name) }
      if zip.entry(entry) == nil {
        missing.append(name)
      } else {
        media.append(Media(name: name, content: try room.read(zip, entry, isPacked: flavour == .current)))
      }
    }
    self.media = media
    missingMedia = missing
  }

  /// The package as a file, in its flavour.
  public func write() throws(Refusal) -> [UInt8] {
    var zip = ZipWriter()
    do throws(ZipRefusal) {
      switch flavour {
      case .current:
        try zip.add("meta", [0x08, 0x03])
        try zip.add("collection.anki21b", packed(collection), isStored: true)
        for (place, file) in media.enumerated() { try zip.add("\(place)", packed(file.content), isStored: true) }
        try zip.add("media", packed(MediaList.write(media)), isStored: true)
      case .legacy, .oldest:
        if flavour == .legacy { try zip.add("meta", [0x08, 0x02]) }
        try zip.add(flavour == .legacy ? "collection.anki21" : "collection.anki2", collection)
        for (place, file) in media.enumerated() { try zip.add("\(place)", file.content) }
        try zip.add("media", MediaList.json(media))
      }
    } catch {
      throw .archive(error)
    }
    return zip.finish()
  }

  private func packed(_ bytes: [UInt8]) throws(ZipRefusal) -> [UInt8] {
    guard let packed = Zstandard.encoded(bytes) else { throw ZipRefusal(.tooLarge) }
    return packed
  }

  /// What is left of the bytes that may come out of a package.
  private struct Room {
    private var left: Int
    private let fileBytes: Int
    private let ratio: Int

    init(_ limits: ZipLimits) {
      left = limits.totalBytes
      fileBytes = limits.fileBytes
      ratio = limits.ratio
    }

    mutating func read(_ zip: ZipReader, _ name: String, isPacked: Bool) throws(Refusal) -> [UInt8] {
      let content: [UInt8]
      do throws(ZipRefusal) { content = try zip.contents(named: name) } catch { throw .archive(error) }
      guard isPacked else {
        left -= content.count
        if left < 0 { throw .tooLarge }
        return content
      }
      let most = min(left, fileBytes, max(1 << 20, content.count.multipliedReportingOverflow(by: ratio).partialValue))
      do throws(Zstandard.Refusal) {
        let plain = try Zstandard.decoded(content, limit: most)
        left -= plain.count
        return plain
      } catch {
        throw error == .tooLarge ? .tooLarge : .collection
      }
    }
  }
}
