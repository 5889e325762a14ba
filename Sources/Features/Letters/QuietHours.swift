import Kit
import Scheduling
import Store

/// When a person does not want to be written to, in their own zone. What concerns signing in or a session is sent at once.
public struct QuietHours: Sendable, Hashable {
  /// Minutes after local midnight; from 20:00 to 08:00 unless chosen otherwise.
  public var from = 20 * 60
  public var to = 8 * 60
  /// Whether Saturday and Sunday are quiet throughout.
  public var weekends = true
  /// Topics that the person switched off.
  public var off: Set<Letter.Topic> = []

  public init() {}

  /// The end of the quiet time in which `now` lies; nil when the letter may go at once.
  func wait(_ topic: Letter.Topic, now: Kit.Instant, zone name: String) -> Kit.Instant? {
    guard topic == .learning || topic == .program else { return nil }
    let zone = Zones.zone(name)
    let local = zone.local(at: now.microseconds)
    let minute = local.time.hour * 60 + local.time.minute
    let isNight = from == to ? false : from > to ? minute >= from || minute < to : minute >= from && minute < to
    var date = local.date
    let isWeekend = weekends && QuietHours.isWeekend(date)
    guard isNight || isWeekend else { return nil }
    if isNight, !isWeekend, minute >= from, from > to { date = date.adding(days: 1) }
    if isWeekend { date = date.adding(days: 1) }
    while weekends, QuietHours.isWeekend(date) { date = date.adding(days: 1) }
    let end = isNight || isWeekend ? (from > to || isWeekend ? to : max(from, to)) : to
    let wall = LocalDateTime(date, WallTime(hour: end / 60 % 24, minute: end % 60) ?? .midnight)
    let instant = Kit.Instant(microseconds: zone.instant(of: wall))
    return instant > now ? instant : nil
  }

  private static func isWeekend(_ date: CivilDate) -> Bool { date.weekday == .saturday || date.weekday == .sunday }
}

extension QuietHours {
  /// A person's choice, or the defaults.
  static func of(_ person: Addressee, _ tx: Transaction) throws -> QuietHours {
    let row = try tx.row(
      "SELECT quiet_from, quiet_to, quiet_weekends, topics_off FROM notification_setting WHERE org_id = \(person.org) AND person_id = \(person.id)"
    )
    var hours = QuietHours()
    guard let row else { return hours }
    hours.from = try row("quiet_from")
    hours.to = try row("quiet_to")
    hours.weekends = try row("quiet_weekends")
    hours.off = Set(try row("topics_off", as: String.self).split(separator: ",").compactMap { Letter.Topic(rawValue: String($0)) })
    return hours
  }
}
