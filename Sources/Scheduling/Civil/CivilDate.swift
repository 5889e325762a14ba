/// A date of the proleptic Gregorian calendar without a zone, from 0001-01-01 to 9999-12-31.
///
/// Kept as a day number, so comparing and counting days is integer arithmetic. Stored and sent as `2026-11-23`.
public struct CivilDate: Sendable, Hashable, Comparable {
  /// Days since 1970-01-01, in `CivilDate.validDayNumbers`.
  public let dayNumber: Int32

  /// The day numbers of 0001-01-01 and 9999-12-31.
  public static let validDayNumbers: ClosedRange<Int32> = -719_162...2_932_896

  /// The date with this number of days since 1970-01-01; values outside the calendar are clamped to its ends.
  public init(dayNumber: Int) {
    let valid = Self.validDayNumbers
    self.dayNumber = min(max(Int32(clamping: dayNumber), valid.lowerBound), valid.upperBound)
  }

  /// Nil when there is no such date (month 13, 30 February, year 0 or 10000).
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.length(ofMonth: month, year: year)
    else { return nil }
    self.init(dayNumber: Self.dayNumber(year: year, month: month, day: day))
  }

  /// 1...9999.
  public var year: Int { components.year }
  /// 1...12.
  public var month: Int { components.month }
  /// 1...31.
  public var day: Int { components.day }

  /// Year, month and day in one computation.
  /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
  public var components: (year: Int, month: Int, day: Int) {
    let shifted = Int(dayNumber) + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  /// The day of the week.
  public var weekday: Weekday {
    Weekday(rawValue: Int(floorRemainder(dayNumber + 3, 7)) + 1) ?? .monday
  }

  /// The date `days` later (earlier when negative), clamped to the ends of the calendar.
  public func adding(days: Int) -> CivilDate {
    let (sum, overflow) = Int(dayNumber).addingReportingOverflow(days)
    return CivilDate(dayNumber: overflow ? (days < 0 ? .min : .max) : sum)
  }

  /// Days from `other` to this date; negative when `other` is later.
  public func days(since other: CivilDate) -> Int { Int(dayNumber) - Int(other.dayNumber) }

  /// Earlier dates first.
  public static func < (left: CivilDate, right: CivilDate) -> Bool { left.dayNumber < right.dayNumber }

  static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Hinnant's `days_from_civil`; any year whose day number fits `Int`.
  static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = floorDivide(shiftedYear, 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
