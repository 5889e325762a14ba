/// A moment: microseconds since 1970-01-01 00:00 UTC, without leap seconds.
public struct Instant: Hashable, Comparable, Sendable {
  public var microseconds: Int64

  public init(microseconds: Int64) { self.microseconds = microseconds }
  public init(seconds: Int64) { self.microseconds = seconds &* 1_000_000 }
  public init(minutes: Int32) { self.microseconds = Int64(minutes) &* 60_000_000 }

  public var seconds: Int64 { microseconds.flooredDivision(by: 1_000_000) }
  /// Whole minutes since 1970, rounded down: the unit of slots.
  public var minutes: Int32 { Int32(clamping: microseconds.flooredDivision(by: 60_000_000)) }

  public static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }

  public static func + (instant: Instant, span: Span) -> Instant { Instant(microseconds: instant.microseconds &+ span.microseconds) }
  public static func - (instant: Instant, span: Span) -> Instant { Instant(microseconds: instant.microseconds &- span.microseconds) }
  public static func - (later: Instant, earlier: Instant) -> Span { Span(microseconds: later.microseconds &- earlier.microseconds) }
  public static func += (instant: inout Instant, span: Span) { instant = instant + span }
}

/// A length of time in microseconds. A day here is always 24 hours: calendar days belong to `Scheduling`.
public struct Span: Hashable, Comparable, Sendable {
  public var microseconds: Int64

  public init(microseconds: Int64) { self.microseconds = microseconds }

  public static func seconds(_ count: Int) -> Span { Span(microseconds: Int64(count) &* 1_000_000) }
  public static func minutes(_ count: Int) -> Span { .seconds(count &* 60) }
  public static func hours(_ count: Int) -> Span { .minutes(count &* 60) }
  public static func days(_ count: Int) -> Span { .hours(count &* 24) }

  public var seconds: Double { Double(microseconds) / 1e6 }
  public var minutes: Double { seconds / 60 }
  public var hours: Double { seconds / 3600 }
  public var days: Double { seconds / 86400 }

  public static func < (a: Span, b: Span) -> Bool { a.microseconds < b.microseconds }
  public static prefix func - (span: Span) -> Span { Span(microseconds: 0 &- span.microseconds) }
  public static func * (span: Span, times: Int) -> Span { Span(microseconds: span.microseconds &* Int64(times)) }
}

extension Int64 {
  /// Division that rounds towards minus infinity, so that times before 1970 fall into the right day. The divisor is positive.
  public func flooredDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
