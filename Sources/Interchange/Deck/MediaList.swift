import Foundation

/// Which file of the archive is which sound or picture.
enum MediaList {
  /// A message with one field 1 a file, in order: name in 1, size in 2, SHA-1 in 3.
  static func read(packed bytes: [UInt8]) throws(DeckPackage.Refusal) -> [(entry: String, name: String)] {
    guard let list = try? ProtocolBuffer(bytes[...]) else { throw .mediaList }
    var found: [(String, String)] = []
    for field in list.fields where field.number == 1 {
      guard case .bytes(let bytes) = field.value, let file = try? ProtocolBuffer(bytes), let name = file.text(1) else { throw .mediaList }
      found.append(("\(found.count)", name))
    }
    return found.map { (entry: $0.0, name: $0.1) }
  }

  /// `{"0": "pause.wav"}`.
  static func read(json bytes: [UInt8]) throws(DeckPackage.Refusal) -> [(entry: String, name: String)] {
    if bytes.isEmpty { return [] }
    guard let names = try? JSONDecoder().decode([String: String].self, from: Data(bytes)),
      names.keys.allSatisfy({ (1...9).contains($0.utf8.count) && $0.utf8.allSatisfy(Ascii.isDigit) })
    else { throw .mediaList }
    return names.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }.map { (entry: $0.key, name: $0.value) }
  }

  static func isSafe(_ name: String) -> Bool {
    (1..<DeckPackage.mostNameBytes).contains(name.utf8.count) && !name.contains("/") && name != "." && name != ".." && ZipName.isSafe(name)
  }

  static func write(_ media: [DeckPackage.Media]) -> [UInt8] {
    var list = ProtocolBufferWriter()
    for file in media {
      var entry = ProtocolBufferWriter()
      entry.add(1, Array(file.name.utf8))
      entry.add(2, UInt64(file.content.count))
      entry.add(3, SHA1.digest(file.content))
      list.add(1, entry.bytes)
    }
    return list.bytes
  }

  static func json(_ media: [DeckPackage.Media]) -> [UInt8] {
    let names = Dictionary(uniqueKeysWithValues: media.enumerated().map { ("\($0.offset)", $0.element.name) })
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(names)).map { Array($0) } ?? Array("{}".utf8)
  }
}
