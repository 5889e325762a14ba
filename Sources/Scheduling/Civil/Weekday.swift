/// A day of the week, numbered as in ISO 8601: Monday is 1, Sunday is 7. Stored as that number.
public enum Weekday: Int, Sendable, Hashable, Comparable, CaseIterable, Codable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday

  /// Calendar order within the ISO week, Monday first.
  public static func < (left: Weekday, right: Weekday) -> Bool { left.rawValue < right.rawValue }
}
