#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A view on the bytes of a file. Total: reading outside of it gives 0, so that no damaged file can trap or reach other memory.
/// Valid only as long as the bytes it was made of.
struct Bytes {
  private let base: UnsafePointer<UInt8>
  let count: Int

  init(_ base: UnsafePointer<UInt8>, count: Int) {
    self.base = base
    self.count = max(0, count)
  }

  @inline(__always) subscript(index: Int) -> UInt8 {
    UInt(bitPattern: index) < UInt(bitPattern: count) ? base[index] : 0
  }

  /// The bytes from `from` up to `to`, both brought into the view.
  @inline(__always) func slice(_ from: Int, _ to: Int) -> Bytes {
    let start = min(max(from, 0), count)
    return Bytes(base + start, count: min(max(to, start), count) - start)
  }

  @inline(__always) func from(_ start: Int) -> Bytes { slice(start, count) }

  /// Where `byte` comes next, `count` when it does not.
  @inline(__always) func index(of byte: UInt8, from start: Int = 0) -> Int {
    guard start >= 0, start < count, let found = memchr(base + start, Int32(byte), count - start) else { return count }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  @inline(__always) func contains(_ byte: UInt8) -> Bool { index(of: byte) < count }

  func equals(_ other: [UInt8]) -> Bool {
    count == other.count && other.withUnsafeBufferPointer { $0.baseAddress.map { memcmp(base, $0, count) == 0 } ?? true }
  }

  /// Whether these are the letters of `word`.
  @inline(__always) func equals(_ word: StaticString) -> Bool {
    count == word.utf8CodeUnitCount && memcmp(base, word.utf8Start, count) == 0
  }

  func append(to bytes: inout [UInt8]) { bytes.append(contentsOf: UnsafeBufferPointer(start: base, count: count)) }

  var array: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }
  var string: String { String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self) }

  /// The number that `length` digits from `at` write; nil when one of them is no digit. At most nine digits.
  @inline(__always) func digits(_ at: Int, _ length: Int) -> Int? {
    var value = 0
    for index in at..<at + length {
      let digit = self[index] &- 48
      if digit > 9 { return nil }
      value = value &* 10 &+ Int(digit)
    }
    return value
  }

  /// The number all bytes write, at most nine digits.
  var number: Int? { count > 0 && count <= 9 ? digits(0, count) : nil }
}
