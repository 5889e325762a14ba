/// The lines of a feed that libical is to see: those that say when, of which event and in which zone. Its time grows with the square of
/// the lines it cannot read in one component, so the others are left out before, and of one component no more than a bound is kept.
struct FullFeedText {
  /// Lines of one component.
  static let mostLines = 1_000
  /// Changes of the clock of one zone, and of all zones.
  static let mostParts = 300
  static let mostPartsInAll = 3_000

  /// What libical reads, ended by a zero byte.
  private(set) var text: [CChar] = []
  /// Whether lines that matter were left out.
  private(set) var isShortened = false

  private var lines = [0]
  private var parts = [0]
  private var partsInAll = 0
  /// How many components deep the part is that is being left out; 0 for none.
  private var skipped = 0

  private static let names: Set<String> = [
    "BEGIN", "END", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID", "UID", "SUMMARY", "STATUS",
    "TRANSP", "SEQUENCE", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "X-WR-TIMEZONE", "X-LIC-LOCATION", "VERSION",
  ]
  private static let longestName = 15

  init(_ bytes: Slice<UnsafeRawBufferPointer>) {
    text.reserveCapacity(bytes.count + 3)
    var line: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 10) ?? rest.endIndex
      var part = rest[..<end]
      while part.last == 13 { part.removeLast() }
      line += part
      rest = rest[end...].dropFirst()
      // A line that begins with a blank goes on with the one before, also in the middle of a name.
      if rest.first == 32 || rest.first == 9 {
        rest = rest.dropFirst()
      } else {
        take(line)
        line.removeAll(keepingCapacity: true)
      }
    }
    take(line)
    text += [13, 10, 0]
  }

  private mutating func take(_ line: [UInt8]) {
    guard let nameEnd = line.prefix(Self.longestName + 1).firstIndex(where: { $0 == 58 || $0 == 59 }), nameEnd > 0 else { return }
    let name = String(decoding: line[..<nameEnd], as: UTF8.self).uppercased()
    // A value that is empty is none.
    guard Self.names.contains(name), line.last != 58 else { return }
    switch name {
    case "BEGIN": begin(line, String(decoding: line[(nameEnd + 1)...].prefix(12), as: UTF8.self).uppercased())
    case "END": end(line)
    default:
      guard skipped == 0, let count = lines.indices.last else { return }
      lines[count] += 1
      if lines[count] > Self.mostLines { isShortened = true } else { append(line) }
    }
  }

  private mutating func begin(_ line: [UInt8], _ component: String) {
    let isPart = component == "STANDARD" || component == "DAYLIGHT"
    if isPart, let last = parts.indices.last {
      parts[last] += 1
      partsInAll += 1
    }
    if skipped > 0 || isPart && ((parts.last ?? 0) > Self.mostParts || partsInAll > Self.mostPartsInAll) {
      skipped += 1
      isShortened = true
      return
    }
    lines.append(0)
    parts.append(0)
    append(line)
  }

  private mutating func end(_ line: [UInt8]) {
    guard skipped == 0 else {
      skipped -= 1
      return
    }
    if lines.count > 1 {
      lines.removeLast()
      parts.removeLast()
    }
    append(line)
  }

  private mutating func append(_ line: [UInt8]) {
    if !text.isEmpty { text += [13, 10] }
    // A zero byte would end the text for C.
    for byte in line { text.append(CChar(bitPattern: byte == 0 ? 32 : byte)) }
  }
}
