/// The outermost look at a feed, before any reader sees it.
public enum FeedOutline {
  /// 2 MB.
  public static let mostBytes = 2_097_152

  /// Throws ``FeedRefusal`` unless `bytes` begin and end as a calendar does. A byte order mark and blank lines around it are
  /// tolerated. O(1).
  public static func check(_ bytes: UnsafeRawBufferPointer) throws(FeedRefusal) {
    guard bytes.count <= mostBytes else { throw .tooLarge }
    let inner = trimmed(bytes)
    guard matches(inner.prefix(15), "BEGIN:VCALENDAR") else { throw .notACalendar }
    guard matches(inner.suffix(13), "END:VCALENDAR") else { throw .cutOff }
  }

  /// Without byte order mark and white space at both ends.
  package static func trimmed(_ bytes: UnsafeRawBufferPointer) -> Slice<UnsafeRawBufferPointer> {
    var inner = bytes[...]
    if inner.starts(with: [0xEF, 0xBB, 0xBF]) { inner = inner.dropFirst(3) }
    inner = inner.drop { $0 <= 32 }
    while let last = inner.last, last <= 32 { inner.removeLast() }
    return inner
  }

  private static func matches(_ bytes: Slice<UnsafeRawBufferPointer>, _ word: StaticString) -> Bool {
    bytes.count == word.utf8CodeUnitCount
      && word.withUTF8Buffer { letters in zip(bytes, letters).allSatisfy { ($0 >= 97 && $0 <= 122 ? $0 - 32 : $0) == $1 } }
  }
}
