/// What the clocks of a zone show during some stretch of time.
struct ZonePeriod: Sendable, Hashable {
  /// Seconds east of UTC, within `validOffsets`.
  var offset: Int32
  var isDaylight: Bool
  /// Such as `CET`, or `+0545` where there is no established name.
  var abbreviation: String

  /// The range RFC 9636 section 3.2 allows.
  static let validOffsets: ClosedRange<Int32> = -89_999...93_599
}

/// A stretch of time `start ..< end` (UTC seconds) during which the offset does not change.
struct ZoneSpan: Sendable, Hashable {
  var start: Int64
  var end: Int64
  var period: ZonePeriod

  var offset: Int64 { Int64(period.offset) }
}
