/// The contents of a zone file. One object for all copies of a ``Zone``, which are handed about a lot.
final class ZoneFile: Sendable {
  /// UTC seconds at which the clocks change, strictly ascending.
  let changes: [Int64]
  /// For each change the index in `periods` of what holds from then on.
  let periodIndexes: [UInt8]
  /// Never empty; the first holds before the first change.
  let periods: [ZonePeriod]
  /// How the zone goes on after the last change; nil when it just stays.
  let rule: ZoneRule?
  /// The same changes seen from the wall: what wall readings mean is looked up here.
  let wall: WallChanges

  init(_ bytes: [UInt8]) throws(ZoneError) {
    let contents = try ZoneFileContents(bytes)
    (changes, periodIndexes, periods, rule) = (contents.changes, contents.periodIndexes, contents.periods, contents.rule)
    wall = WallChanges(contents)
  }

  /// Seconds east of UTC after the change of that index; before the first change for -1.
  func offset(after change: Int) -> Int64 {
    Int64((change < 0 ? periods[0] : periods[Int(periodIndexes[change])]).offset)
  }
}

extension ZoneFile: Equatable {
  static func == (left: ZoneFile, right: ZoneFile) -> Bool {
    left === right
      || left.changes == right.changes && left.periodIndexes == right.periodIndexes && left.periods == right.periods
        && left.rule == right.rule
  }
}

/// Reads TZif of version 2 or later, 64-bit data block and footer.
/// Source: RFC 9636 section 3. Total: any bytes give a value or a ``ZoneError/malformedFile(_:)``.
struct ZoneFileContents {
  /// UTC seconds at which the clocks change, strictly ascending.
  private(set) var changes: [Int64] = []
  /// For each change the index in `periods` of what holds from then on.
  private(set) var periodIndexes: [UInt8] = []
  /// Never empty; the first holds before the first change.
  private(set) var periods: [ZonePeriod] = []
  /// How the zone goes on after the last change; nil when it just stays.
  private(set) var rule: ZoneRule?

  init(_ bytes: [UInt8]) throws(ZoneError) {
    var reader = ZoneFileReader(bytes)
    let first = try ZoneFileHeader(&reader)
    try reader.skip(first.bodyLength(timeSize: 4))
    let header = try ZoneFileHeader(&reader)
    guard header.leapCount == 0 else { throw .malformedFile("leap seconds are not supported") }
    guard header.timeCount <= 20_000, (1...256).contains(header.typeCount), header.characterCount <= 10_000 else {
      throw .malformedFile("counts out of range")
    }
    try readChanges(&reader, header)
    try readPeriods(&reader, header)
    try reader.skip(header.standardCount + header.universalCount)
    try readRule(&reader)
    listYearlyChanges(until: 2100)
  }

  /// Writes the yearly rule out, so that nearly every question is one binary search.
  private mutating func listYearlyChanges(until year: Int) {
    guard let rule, rule.daylight != nil, let last = changes.last, periods.count < 255 else { return }
    let end = Int64(CivilDate.dayNumber(year: year, month: 1, day: 1)) * 86_400
    var span = rule.span(at: last)
    while span.end < end {
      span = rule.span(at: span.end)
      changes.append(span.start)
      periodIndexes.append(index(of: span.period))
    }
  }

  private mutating func index(of period: ZonePeriod) -> UInt8 {
    if let known = periods.firstIndex(of: period) { return UInt8(clamping: known) }
    periods.append(period)
    return UInt8(clamping: periods.count - 1)
  }

  /// Seconds east of UTC after the change of that index; before the first change for -1.
  func offset(after change: Int) -> Int64 {
    Int64((change < 0 ? periods[0] : periods[Int(periodIndexes[change])]).offset)
  }

  private mutating func readChanges(_ reader: inout ZoneFileReader, _ header: ZoneFileHeader) throws(ZoneError) {
    for _ in 0..<header.timeCount {
      let change = try reader.integer(Int64.self)
      if let last = changes.last, last >= change { throw .malformedFile("changes are not ascending") }
      changes.append(change)
    }
    for _ in 0..<header.timeCount {
      let index = try reader.integer(UInt8.self)
      guard Int(index) < header.typeCount else { throw .malformedFile("no such period") }
      periodIndexes.append(index)
    }
  }

  private mutating func readPeriods(_ reader: inout ZoneFileReader, _ header: ZoneFileHeader) throws(ZoneError) {
    var raw: [(offset: Int32, isDaylight: Bool, name: Int)] = []
    for _ in 0..<header.typeCount {
      let offset = try reader.integer(Int32.self)
      guard ZonePeriod.validOffsets.contains(offset) else { throw .malformedFile("offset out of range") }
      raw.append((offset, try reader.integer(UInt8.self) != 0, Int(try reader.integer(UInt8.self))))
    }
    let names = try reader.take(header.characterCount)
    for period in raw {
      guard period.name < names.count else { throw .malformedFile("no such abbreviation") }
      let name = names.dropFirst(period.name).prefix { $0 != 0 }
      periods.append(
        ZonePeriod(offset: period.offset, isDaylight: period.isDaylight, abbreviation: String(decoding: name, as: UTF8.self)))
    }
  }

  private mutating func readRule(_ reader: inout ZoneFileReader) throws(ZoneError) {
    let newline = UInt8(ascii: "\n")
    guard try reader.integer(UInt8.self) == newline, let text = reader.take(until: newline) else {
      throw .malformedFile("footer missing")
    }
    if text.isEmpty { return }
    guard let rule = ZoneRuleParser.parse(text) else { throw .malformedFile("footer not understood") }
    self.rule = rule
  }
}

/// The 44 bytes before each data block.
private struct ZoneFileHeader {
  var universalCount, standardCount, leapCount, timeCount, typeCount, characterCount: Int

  init(_ reader: inout ZoneFileReader) throws(ZoneError) {
    guard try reader.take(4).elementsEqual("TZif".utf8) else { throw .malformedFile("not a zone file") }
    guard try reader.integer(UInt8.self) >= UInt8(ascii: "2") else { throw .malformedFile("version 1") }
    try reader.skip(15)
    universalCount = Int(try reader.integer(UInt32.self))
    standardCount = Int(try reader.integer(UInt32.self))
    leapCount = Int(try reader.integer(UInt32.self))
    timeCount = Int(try reader.integer(UInt32.self))
    typeCount = Int(try reader.integer(UInt32.self))
    characterCount = Int(try reader.integer(UInt32.self))
  }

  func bodyLength(timeSize: Int) -> Int {
    timeCount * (timeSize + 1) + typeCount * 6 + characterCount + leapCount * (timeSize + 4) + standardCount + universalCount
  }
}
