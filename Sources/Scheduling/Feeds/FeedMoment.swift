/// A date or a date with a time as a calendar file writes it, not yet an instant.
package struct FeedMoment {
  /// Seconds since 1970 on the clock of `zone`.
  package var wall: Int64
  /// An index into the zones of the collector: 0 is UTC, 1 the owner's zone.
  package var zone: Int
  /// Whether only the date was written.
  package var isDate: Bool

  /// Days since 1970.
  package var day: Int { Int(floorDivide(wall, 86_400)) }

  /// Reads `20261123`, `20261123T090000` or `20261123T090000Z`; nil for anything else and for what is no date.
  @inline(__always) init?(_ text: Bytes, zone: Int) {
    guard text.count >= 8, let year = text.digits(0, 4), let month = text.digits(4, 2), let day = text.digits(6, 2),
      year >= 1, month >= 1, month <= 12, day >= 1, day <= 28 || day <= CivilDate.length(ofMonth: month, year: year)
    else { return nil }
    let date = Int64(CivilDate.dayNumber(year: year, month: month, day: day)) * 86_400
    if text.count == 8 {
      (wall, self.zone, isDate) = (date, FeedZone.owner, true)
      return
    }
    guard text.count <= 16, text[8] == UInt8(ascii: "T"), let hour = text.digits(9, 2), let minute = text.digits(11, 2),
      let second = text.digits(13, 2), hour <= 23, minute <= 59, second <= 59, text.count == 15 || text[15] == UInt8(ascii: "Z")
    else { return nil }
    wall = date + Int64(hour * 3_600 + minute * 60 + second)
    self.zone = text.count == 16 ? FeedZone.utc : zone
    isDate = false
  }

  package init(wall: Int64, zone: Int, isDate: Bool) {
    self.wall = wall
    self.zone = zone
    self.isDate = isDate
  }
}

/// How long an event takes: whole days on the clock of the wall, then seconds as they pass.
package struct FeedDuration: Equatable {
  package var days: Int64 = 0
  package var seconds: Int64 = 0

  package init(days: Int64 = 0, seconds: Int64 = 0) {
    self.days = days
    self.seconds = seconds
  }

  /// Reads `P1D`, `P2W`, `PT1H30M`, `P1DT2H`; nil for anything else, also for negative ones.
  init?(_ text: Bytes) {
    var at = text[0] == UInt8(ascii: "+") ? 1 : 0
    guard text[at] == UInt8(ascii: "P") else { return nil }
    at += 1
    var (inTime, isEmpty) = (false, true)
    while at < text.count {
      if text[at] == UInt8(ascii: "T"), !inTime {
        (inTime, isEmpty, at) = (true, true, at + 1)
        continue
      }
      var end = at
      while end < text.count, text[end] &- 48 <= 9 { end += 1 }
      guard end > at, end - at <= 6, let number = text.digits(at, end - at) else { return nil }
      switch (text[end], inTime) {
      case (UInt8(ascii: "W"), false): days += Int64(number) * 7
      case (UInt8(ascii: "D"), false): days += Int64(number)
      case (UInt8(ascii: "H"), true): seconds += Int64(number) * 3_600
      case (UInt8(ascii: "M"), true): seconds += Int64(number) * 60
      case (UInt8(ascii: "S"), true): seconds += Int64(number)
      default: return nil
      }
      (isEmpty, at) = (false, end + 1)
    }
    if isEmpty { return nil }
  }
}
