/// The repetitions nearly all calendars consist of: `DAILY`, `WEEKLY`, `MONTHLY` and the plain `YEARLY` ones of RFC 5545 section 3.3.10,
/// with `INTERVAL`, `COUNT`, `UNTIL`, `WKST`, `BYDAY` and `BYMONTHDAY`. Anything else does not parse.
struct RecurrenceRule {
  enum Frequency { case daily, weekly, monthly }

  var frequency = Frequency.daily
  /// Days, weeks or months between two periods, 1...12,000.
  var interval = 1
  var count: Int?
  var until = FeedEvent.Until.none
  /// 0 is Monday.
  var weekStart = 0
  /// Bit n: weekday n, Monday being 0, without an ordinal.
  var weekdays: UInt8 = 0
  /// Weekdays with an ordinal inside the month: 2 is the second, -1 the last.
  var ordinals: [(ordinal: Int, weekday: Int)] = []
  /// Bit n: day n of the month.
  var monthDays: UInt32 = 0
  /// Bit n: the n-th day from the end of the month.
  var monthDaysFromEnd: UInt32 = 0
  private var month: Int?
  private var isYearly = false

  /// Nil when the rule, for an event that starts at `start`, is not one of these, or when `start` is not itself an instance of it.
  init?(_ text: Bytes, start: FeedMoment) {
    guard read(text), !(count != nil && isBounded), normalize(start.day), matches(start.day) else { return nil }
  }

  private var isBounded: Bool { if case .none = until { false } else { true } }

  /// The parts a rule may have, each at most once.
  private enum Part: UInt8 {
    case frequency, interval, count, until, weekStart, weekdays, monthDays, month

    init?(_ name: Bytes) {
      if name.equals("FREQ") {
        self = .frequency
      } else if name.equals("BYDAY") {
        self = .weekdays
      } else if name.equals("UNTIL") {
        self = .until
      } else if name.equals("INTERVAL") {
        self = .interval
      } else if name.equals("COUNT") {
        self = .count
      } else if name.equals("WKST") {
        self = .weekStart
      } else if name.equals("BYMONTHDAY") {
        self = .monthDays
      } else if name.equals("BYMONTH") {
        self = .month
      } else {
        return nil
      }
    }
  }

  private mutating func read(_ text: Bytes) -> Bool {
    var at = 0
    var given: UInt8 = 0
    while at < text.count {
      let end = text.index(of: UInt8(ascii: ";"), from: at)
      let part = text.slice(at, end)
      let equals = part.index(of: UInt8(ascii: "="))
      guard let name = Part(part.slice(0, equals)), given & (1 << name.rawValue) == 0 else { return false }
      given |= 1 << name.rawValue
      guard read(name, part.from(equals + 1)) else { return false }
      at = end + 1
    }
    return given & (1 << Part.frequency.rawValue) != 0
  }

  private mutating func read(_ part: Part, _ value: Bytes) -> Bool {
    switch part {
    case .frequency: return readFrequency(value)
    case .weekdays: return readWeekdays(value)
    case .monthDays: return readMonthDays(value)
    case .until: return readUntil(value)
    case .interval:
      guard let number = value.number, (1...1_000).contains(number) else { return false }
      interval = number
    case .count:
      guard let number = value.number, (1...20_000).contains(number) else { return false }
      count = number
    case .weekStart:
      guard value.count == 2, let day = Self.weekday(value, 0) else { return false }
      weekStart = day
    case .month:
      guard let number = value.number, (1...12).contains(number) else { return false }
      month = number
    }
    return true
  }

  private mutating func readFrequency(_ value: Bytes) -> Bool {
    if value.equals("WEEKLY") {
      frequency = .weekly
    } else if value.equals("MONTHLY") {
      frequency = .monthly
    } else if value.equals("YEARLY") {
      (frequency, isYearly) = (.monthly, true)
    } else {
      return value.equals("DAILY")
    }
    return true
  }

  private mutating func readUntil(_ value: Bytes) -> Bool {
    guard let moment = FeedMoment(value, zone: FeedZone.owner) else { return false }
    until = moment.isDate ? .day(moment.day) : moment.zone == FeedZone.utc ? .instant(moment.wall) : .wall(moment.wall)
    return true
  }

  private mutating func readWeekdays(_ list: Bytes) -> Bool {
    var at = 0
    while at < list.count {
      let end = list.index(of: UInt8(ascii: ","), from: at)
      guard let weekday = Self.weekday(list, end - 2), end - at >= 2, end - at <= 4 else { return false }
      if end - at == 2 {
        weekdays |= 1 << UInt8(weekday)
      } else {
        let isNegative = list[at] == UInt8(ascii: "-")
        let number = list.slice(isNegative || list[at] == UInt8(ascii: "+") ? at + 1 : at, end - 2)
        guard number.count == 1, let ordinal = number.number, (1...5).contains(ordinal) else { return false }
        let signed = isNegative ? -ordinal : ordinal
        // There are seventy of them, however often a hostile feed names one.
        if !ordinals.contains(where: { $0.ordinal == signed && $0.weekday == weekday }) { ordinals.append((signed, weekday)) }
      }
      at = end + 1
    }
    return list.count > 0 && list[list.count - 1] != UInt8(ascii: ",")
  }

  private mutating func readMonthDays(_ list: Bytes) -> Bool {
    var at = 0
    while at < list.count {
      let end = list.index(of: UInt8(ascii: ","), from: at)
      let isNegative = list[at] == UInt8(ascii: "-")
      guard let day = list.slice(isNegative ? at + 1 : at, end).number, (1...31).contains(day) else { return false }
      if isNegative { monthDaysFromEnd |= 1 << UInt32(day) } else { monthDays |= 1 << UInt32(day) }
      at = end + 1
    }
    return list.count > 0 && list[list.count - 1] != UInt8(ascii: ",")
  }

  /// 0...6 for `MO`...`SU`.
  static func weekday(_ text: Bytes, _ at: Int) -> Int? {
    switch (text[at], text[at + 1]) {
    case (UInt8(ascii: "M"), UInt8(ascii: "O")): 0
    case (UInt8(ascii: "T"), UInt8(ascii: "U")): 1
    case (UInt8(ascii: "W"), UInt8(ascii: "E")): 2
    case (UInt8(ascii: "T"), UInt8(ascii: "H")): 3
    case (UInt8(ascii: "F"), UInt8(ascii: "R")): 4
    case (UInt8(ascii: "S"), UInt8(ascii: "A")): 5
    case (UInt8(ascii: "S"), UInt8(ascii: "U")): 6
    default: nil
    }
  }

  /// Fills in what the start implies; false for combinations outside the subset.
  private mutating func normalize(_ startDay: Int) -> Bool {
    let start = CivilDate(dayNumber: startDay)
    let hasMonthDays = monthDays != 0 || monthDaysFromEnd != 0
    if isYearly {
      let isPlain = weekdays == 0 && ordinals.isEmpty && !hasMonthDays
      guard month == start.month || month == nil && isPlain else { return false }
      interval *= 12
    } else if month != nil {
      return false
    }
    switch frequency {
    case .daily: return ordinals.isEmpty && !hasMonthDays
    case .weekly:
      if weekdays == 0 { weekdays = 1 << UInt8(start.weekday.rawValue - 1) }
      return ordinals.isEmpty && !hasMonthDays
    case .monthly:
      let hasWeekdays = weekdays != 0 || !ordinals.isEmpty
      if !hasWeekdays, !hasMonthDays { monthDays = 1 << UInt32(start.day) }
      return !(hasWeekdays && hasMonthDays)
    }
  }
}
