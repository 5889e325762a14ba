import Kit
import Scheduling
import Store

/// When a person does not want to be written to, in their own zone. What concerns signing in or a session is sent at once; reminders
/// are planned around the night.
public struct QuietHours: Sendable, Hashable {
  /// Minutes after local midnight; from 21:00 to 07:30 unless chosen otherwise. Equal ends mean no quiet hours.
  public var from = 21 * 60
  public var to = 7 * 60 + 30
  /// Whether Saturday and Sunday are quiet throughout.
  public var weekends = true

  public init(from: Int = 21 * 60, to: Int = 7 * 60 + 30, weekends: Bool = true) {
    self.from = from
    self.to = to
    self.weekends = weekends
  }

  /// The end of the quiet time in which `now` lies; nil when the letter may go at once.
  func wait(_ topic: Letter.Topic, now: Kit.Instant, zone name: String) -> Kit.Instant? {
    guard topic == .learning || topic == .program else { return nil }
    let zone = Zones.zone(name)
    var moment = now
    // A night, then at most the two days of a weekend.
    for _ in 0..<4 {
      let date = zone.local(at: moment.microseconds).date
      if let night = night(at: moment, zone: name) {
        moment = night.end
      } else if weekends, date.weekday == .saturday || date.weekday == .sunday {
        moment = instant(date.adding(days: 1), to, zone)
      } else {
        break
      }
    }
    return moment > now ? moment : nil
  }

  /// The night that a moment lies in, from its beginning to its end.
  func night(at moment: Kit.Instant, zone name: String) -> (start: Kit.Instant, end: Kit.Instant)? {
    if from == to { return nil }
    let zone = Zones.zone(name)
    let today = zone.local(at: moment.microseconds).date
    for date in [today.adding(days: -1), today] {
      let start = instant(date, from, zone)
      let end = instant(from < to ? date : date.adding(days: 1), to, zone)
      if start <= moment, moment < end { return (start, end) }
    }
    return nil
  }

  private func instant(_ date: CivilDate, _ minute: Int, _ zone: Zone) -> Kit.Instant {
    Kit.Instant(microseconds: zone.instant(of: LocalDateTime(date, WallTime(minuteOfDay: minute) ?? .midnight)))
  }
}
