/// The 512 bytes before each file of a tar archive (POSIX.1-1988, ustar).
struct TarHeader: Equatable {
  static let block = 512
  let path: String
  let size: Int

  init(path: String, size: Int) {
    self.path = path
    self.size = size
  }

  /// Bytes after the content that fill its last block.
  var padding: Int { (Self.block - size % Self.block) % Self.block }

  /// Nil when the path or the size does not fit the format: 255 bytes with a `/` in the right place, 8 GiB.
  func bytes(modified seconds: Int64) -> [UInt8]? {
    guard let (prefix, name) = split, size >= 0, size < 1 << 33 else { return nil }
    var header: [UInt8] = []
    func field(_ text: String, _ width: Int) {
      let bytes = Array(text.utf8.prefix(width))
      header += bytes + [UInt8](repeating: 0, count: width - bytes.count)
    }
    func octal(_ number: Int, _ digits: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    field(name, 100)
    field(octal(0o600, 7), 8)
    field(octal(0, 7), 8)
    field(octal(0, 7), 8)
    field(octal(size, 11), 12)
    field(octal(Int(max(0, min(seconds, 1 << 33 - 1))), 11), 12)
    field("        ", 8)
    field("0", 1)
    field("", 100)
    field("ustar", 6)
    field("00", 2)
    field("tandem", 32)
    field("tandem", 32)
    field("", 16)
    field(prefix, 155)
    field("", 12)
    let sum = header.reduce(0) { $0 + Int($1) }
    header.replaceSubrange(148..<156, with: Array(octal(sum, 6).utf8) + [0, 32])
    return header
  }

  /// Reads a block; nil when it is not a header whose sum agrees.
  init?(_ block: ArraySlice<UInt8>) {
    guard block.count == Self.block else { return nil }
    let bytes = Array(block)
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range].prefix { $0 != 0 }, as: UTF8.self) }
    func octal(_ range: Range<Int>) -> Int? {
      Int(String(decoding: bytes[range].prefix { $0 != 0 && $0 != 32 }, as: UTF8.self), radix: 8)
    }
    var sum = 8 * 32
    for (place, byte) in bytes.enumerated() where !(148..<156).contains(place) { sum += Int(byte) }
    guard octal(148..<156) == sum, text(257..<262) == "ustar", bytes[156] == UInt8(ascii: "0"), let size = octal(124..<136), size >= 0
    else { return nil }
    let prefix = text(345..<500)
    path = (prefix.isEmpty ? "" : prefix + "/") + text(0..<100)
    self.size = size
  }

  private var split: (prefix: String, name: String)? {
    if path.utf8.count <= 100 { return ("", path) }
    for place in path.indices where path[place] == "/" {
      let (prefix, name) = (path[..<place], path[path.index(after: place)...])
      if prefix.utf8.count <= 155, name.utf8.count <= 100, !name.isEmpty { return (String(prefix), String(name)) }
    }
    return nil
  }
}
