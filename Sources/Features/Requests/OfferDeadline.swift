import Kit
import Scheduling

/// When an offer wants an answer. Whole days are working days of the mentor; shorter times run by the clock.
enum OfferDeadline {
  /// How long an offer stands still at most while the asker owes a reply.
  static let longestStandstill = Span.days(7)

  static func due(sent: Kit.Instant, hours: Double, zone: Zone) -> Kit.Instant {
    guard hours >= 24 else { return sent + .seconds(Int(hours * 3600)) }
    return after(sent, workingDays: Int(hours / 24), zone: zone)
  }

  /// One reminder, a working day before the end, where there are at least two.
  static func reminder(sent: Kit.Instant, hours: Double, zone: Zone) -> Kit.Instant? {
    hours >= 48 ? after(sent, workingDays: Int(hours / 24) - 1, zone: zone) : nil
  }

  /// The same wall-clock time so many days later, Saturdays and Sundays not counted.
  private static func after(_ sent: Kit.Instant, workingDays: Int, zone: Zone) -> Kit.Instant {
    let start = zone.local(at: sent.microseconds)
    var date = start.date
    var left = max(workingDays, 1)
    while left > 0 {
      date = date.adding(days: 1)
      if ![.saturday, .sunday].contains(date.weekday) { left -= 1 }
    }
    return Kit.Instant(microseconds: zone.instant(of: LocalDateTime(date, start.time)))
  }
}
