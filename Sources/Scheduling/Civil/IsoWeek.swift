/// A week of ISO 8601: it begins on Monday and belongs to the year that holds its Thursday. Printed as `2026-W48`.
public struct IsoWeek: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The Monday the week begins with.
  public let monday: CivilDate

  /// The week that contains `date`.
  public init(containing date: CivilDate) {
    monday = date.adding(days: 1 - date.weekday.rawValue)
  }

  /// The ISO week year, which may differ from the calendar year around New Year.
  public var year: Int { thursday.year }

  /// 1...53.
  public var number: Int {
    let newYear = CivilDate.dayNumber(year: thursday.year, month: 1, day: 1)
    return (Int(thursday.dayNumber) - newYear) / 7 + 1
  }

  /// The week after this one.
  public var next: IsoWeek { IsoWeek(containing: monday.adding(days: 7)) }

  /// Year and number, as in `2026-W48`.
  public var description: String { "\(padded(year, 4))-W\(padded(number, 2))" }

  /// Earlier weeks first.
  public static func < (left: IsoWeek, right: IsoWeek) -> Bool { left.monday < right.monday }

  private var thursday: CivilDate { monday.adding(days: 3) }
}
