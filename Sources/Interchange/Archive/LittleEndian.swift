/// Numbers inside bytes, least significant byte first. A place outside the bytes is nil, never a trap.
struct LittleEndian {
  let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// The number of `count` bytes (at most 7) from an offset.
  func number(_ offset: Int, _ count: Int) -> Int? {
    guard let found = slice(offset, count), count <= 7 else { return nil }
    return found.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  func short(_ offset: Int) -> Int? { number(offset, 2) }
  func word(_ offset: Int) -> Int? { number(offset, 4) }

  /// A number of eight bytes, as far as it is below 2^56: nothing larger is a size of anything here.
  func long(_ offset: Int) -> Int? {
    guard let top = number(offset, 8 - 1), let last = slice(offset, 8)?.last, last == 0 else { return nil }
    return top
  }

  func slice(_ offset: Int, _ count: Int) -> ArraySlice<UInt8>? {
    guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else { return nil }
    let start = bytes.startIndex + offset
    return bytes[start..<start + count]
  }

  static func bytes(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
