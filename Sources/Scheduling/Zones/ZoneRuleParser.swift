/// Reads the `TZ` text at the foot of a zone file, such as `CET-1CEST,M3.5.0,M10.5.0/3`. Total on any bytes.
struct ZoneRuleParser {
  private var rest: ArraySlice<UInt8>

  /// Nil when `text` is not a complete rule.
  static func parse(_ text: ArraySlice<UInt8>) -> ZoneRule? {
    var parser = ZoneRuleParser(rest: text)
    return parser.rule()
  }

  private mutating func rule() -> ZoneRule? {
    guard let name = abbreviation(), let west = clock(hours: 24) else { return nil }
    let standard = ZonePeriod(offset: Int32(-west), isDaylight: false, abbreviation: name)
    if rest.isEmpty { return ZoneRule(standard: standard, daylight: nil) }
    guard let summerName = abbreviation() else { return nil }
    var summerWest = west - 3_600
    if rest.first != UInt8(ascii: ",") {
      guard let explicit = clock(hours: 24) else { return nil }
      summerWest = explicit
    }
    guard let begins = moment(), let ends = moment(), rest.isEmpty else { return nil }
    let summer = ZonePeriod(offset: Int32(-summerWest), isDaylight: true, abbreviation: summerName)
    return ZoneRule(standard: standard, daylight: .init(period: summer, begins: begins, ends: ends))
  }

  /// Three letters or more, or anything of letters, digits and signs between `<` and `>`.
  private mutating func abbreviation() -> String? {
    let quoted = take("<")
    let name = rest.prefix { byte in
      isLetter(byte) || (quoted && (isDigit(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")))
    }
    rest = rest.dropFirst(name.count)
    guard name.count >= 3, name.count <= 32, !quoted || take(">") else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  /// `[+-]h[h[h]][:mm[:ss]]` in seconds.
  private mutating func clock(hours limit: Int) -> Int64? {
    let negative = take("-")
    if !negative { _ = take("+") }
    guard let hours = number(0...limit) else { return nil }
    var seconds = hours * 3_600
    if take(":") {
      guard let minutes = number(0...59) else { return nil }
      seconds += minutes * 60
      if take(":") {
        guard let extra = number(0...59) else { return nil }
        seconds += extra
      }
    }
    return Int64(negative ? -seconds : seconds)
  }

  /// `,date[/time]`, at 02:00 unless told otherwise.
  private mutating func moment() -> YearlyMoment? {
    guard take(","), let day = day() else { return nil }
    guard take("/") else { return YearlyMoment(day: day, time: 7_200) }
    return clock(hours: 167).map { YearlyMoment(day: day, time: $0) }
  }

  private mutating func day() -> YearlyMoment.Day? {
    if take("J") { return number(1...365).map { .julian($0) } }
    guard take("M") else { return number(0...365).map { .zeroBased($0) } }
    guard let month = number(1...12), take("."), let week = number(1...5), take("."), let weekday = number(0...6) else { return nil }
    return .monthWeekday(month: month, week: week, weekday: weekday)
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int? {
    let text = rest.prefix(while: isDigit)
    rest = rest.dropFirst(text.count)
    guard let value = digits(text), range.contains(value) else { return nil }
    return value
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z") }
}
