/// A content line of RFC 5545 section 3.1, unfolded: name, the two parameters that matter, value.
struct FeedLine {
  /// The names that say when something takes place. The raw value is the name in ASCII, eight letters at most.
  enum Name: UInt64 {
    case begin = 0x42_4547_494E  // BEGIN
    case end = 0x45_4E44  // END
    case start = 0x44_5453_5441_5254  // DTSTART
    case finish = 0x44_5445_4E44  // DTEND
    case duration = 0x4455_5241_5449_4F4E  // DURATION
    case rule = 0x52_5255_4C45  // RRULE
    case exceptionRule = 0x4558_5255_4C45  // EXRULE
    case exceptions = 0x4558_4441_5445  // EXDATE
    case additions = 0x52_4441_5445  // RDATE
    case uid = 0x55_4944  // UID
    case summary = 0x53_554D_4D41_5259  // SUMMARY
    case status = 0x5354_4154_5553  // STATUS
    case transparency = 0x5452_414E_5350  // TRANSP

    /// Whether parameters beside zone and type could change the meaning.
    var isDated: Bool {
      switch self {
      case .start, .finish, .exceptions, .additions, .rule, .duration: true
      default: false
      }
    }
  }

  enum ValueType { case none, date, dateTime, other }

  let name: Name
  private(set) var zoneName: Bytes
  private(set) var type = ValueType.none
  let value: Bytes

  /// What a line begins with.
  enum Head {
    case known(Name, length: Int)
    /// `RECURRENCE-ID`.
    case replaced
    /// A name that does not matter here.
    case other
    /// Not the shape of a line.
    case malformed
  }

  /// The name of a line, whatever its case. O(length of the name).
  @inline(__always) static func head(_ line: Bytes) -> Head {
    var key: UInt64 = 0
    var length = 0
    while length < line.count {
      let byte = line[length]
      if byte == UInt8(ascii: ":") || byte == UInt8(ascii: ";") { break }
      key = key << 8 | UInt64(byte >= 97 && byte <= 122 ? byte & 0xDF : byte)
      length += 1
      if length > 64 { return .malformed }
    }
    if length == 0 || length == line.count { return .malformed }
    if length <= 8 { return Name(rawValue: key).map { .known($0, length: length) } ?? .other }
    return length == 13 && line.slice(0, 13).equals("RECURRENCE-ID") ? .replaced : .other
  }

  /// Parameters and value after a name of `length` bytes; nil when the parameters are not well formed.
  @inline(__always) init?(_ line: Bytes, _ name: Name, length: Int) {
    self.name = name
    zoneName = line.slice(0, 0)
    if line[length] == UInt8(ascii: ":") {
      value = line.from(length + 1)
      return
    }
    var at = length
    while line[at] == UInt8(ascii: ";") {
      let equals = line.index(of: UInt8(ascii: "="), from: at)
      guard equals < line.count else { return nil }
      let key = line.slice(at + 1, equals)
      var end = equals + 1
      var start = end
      if line[end] == UInt8(ascii: "\"") {
        start += 1
        let quote = line.index(of: UInt8(ascii: "\""), from: start)
        guard quote < line.count else { return nil }
        end = quote + 1
        at = end
        end = quote
      } else {
        while end < line.count, line[end] != UInt8(ascii: ";"), line[end] != UInt8(ascii: ":"), line[end] != UInt8(ascii: "\"") { end += 1 }
        at = end
      }
      guard line[at] == UInt8(ascii: ";") || line[at] == UInt8(ascii: ":") else { return nil }
      let content = line.slice(start, end)
      if key.equals("TZID") {
        guard zoneName.count == 0, content.count > 0 else { return nil }
        zoneName = content
      } else if key.equals("VALUE") {
        type = content.equals("DATE") ? .date : content.equals("DATE-TIME") ? .dateTime : .other
      } else if name.isDated, key[0] != UInt8(ascii: "X") || key[1] != UInt8(ascii: "-") {
        return nil
      }
    }
    guard line[at] == UInt8(ascii: ":") else { return nil }
    value = line.from(at + 1)
  }
}
