/// A time zone: for every instant the offset its clocks show, read from the system's zone data.
///
/// A value; make it once per zone through ``ZoneTables``. Instants are microseconds since 1970 UTC. Looking up an offset
/// costs one binary search over the listed changes, or a computation from the yearly rule after the last of them.
public struct Zone: Sendable, Hashable {
  /// The IANA name, such as `Europe/Berlin`.
  public let name: String
  let file: ZoneFile?

  /// Coordinated Universal Time; needs no file.
  public static let utc = Zone(name: "UTC", file: nil)

  /// Reads a zone file (TZif version 2 or later, RFC 9636). Throws ``ZoneError/malformedFile(_:)`` on anything else.
  public init(name: String, bytes: [UInt8]) throws(ZoneError) {
    self.init(name: name, file: try ZoneFile(bytes))
  }

  private init(name: String, file: ZoneFile?) {
    self.name = name
    self.file = file
  }

  /// Seconds east of UTC at `instant`.
  public func offset(at instant: Int64) -> Int {
    Int(span(at: MinuteClock.seconds(instant)).period.offset)
  }

  /// What the zone calls itself at `instant`, such as `CEST`, or `+0545` where there is no established name.
  public func abbreviation(at instant: Int64) -> String {
    span(at: MinuteClock.seconds(instant)).period.abbreviation
  }

  /// What calendar and clock on the wall show at `instant`, seconds dropped.
  public func local(at instant: Int64) -> LocalDateTime {
    let second = MinuteClock.seconds(instant)
    return LocalDateTime(wallSeconds: second.addingSaturating(span(at: second).offset))
  }

  /// The first change of the clocks after `instant`; nil when there is none any more.
  public func nextChange(after instant: Int64) -> Int64? {
    let end = span(at: MinuteClock.seconds(instant)).end
    return end == .max ? nil : MinuteClock.microseconds(seconds: end)
  }

  /// Equal when name and rules are.
  public static func == (left: Zone, right: Zone) -> Bool { left.name == right.name && left.file == right.file }

  /// Hashes the name alone.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// The stretch of constant offset around `second`. O(log changes).
  func span(at second: Int64) -> ZoneSpan {
    guard let file else {
      return ZoneSpan(start: .min, end: .max, period: ZonePeriod(offset: 0, isDaylight: false, abbreviation: "UTC"))
    }
    let later = file.firstChange(after: second)
    if later == file.changes.count, let rule = file.rule {
      var span = rule.span(at: second)
      if let last = file.changes.last { span.start = max(span.start, last) }
      return span
    }
    return ZoneSpan(
      start: later == 0 ? .min : file.changes[later - 1],
      end: later < file.changes.count ? file.changes[later] : .max,
      period: later == 0 ? file.periods[0] : file.periods[Int(file.periodIndexes[later - 1])])
  }
}

extension ZoneFile {
  /// The index of the first change later than `second`, or `changes.count`.
  func firstChange(after second: Int64) -> Int {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Int64 {
  func addingSaturating(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }
}
