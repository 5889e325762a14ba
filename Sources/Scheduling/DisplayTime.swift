/// Dates and times as English pages and mails show them. For the eye only: no rule ever reads such a text back.
public enum DisplayTime {
  /// `Mon 23 Nov`.
  public static func day(_ date: CivilDate) -> String {
    let (_, month, day) = date.components
    return ASCIIText.make(10) { text in
      text.write(dayNames[date.weekday.rawValue - 1])
      text.write(" ")
      text.write(day)
      text.write(" ")
      text.write(monthNames[month - 1])
    }
  }

  /// `Mon 23 Nov 2026`.
  public static func dayAndYear(_ date: CivilDate) -> String { "\(day(date)) \(date.year)" }

  /// `09:00`.
  public static func time(_ time: WallTime) -> String { time.description }

  /// `Mon 23 Nov, 09:00`.
  public static func dayAndTime(_ local: LocalDateTime) -> String { "\(day(local.date)), \(time(local.time))" }

  /// `Mon 23 Nov, 09:00` in `zone`; on a day when a clock time happens twice the abbreviation follows: `Sun 25 Oct, 02:30 CET`.
  public static func dayAndTime(_ instant: Int64, _ zone: Zone) -> String {
    let local = zone.local(at: instant)
    return dayAndTime(local) + foldMark(instant, local.date, zone)
  }

  /// `09:00` in `zone`, with the abbreviation on a day when a clock time happens twice.
  public static func time(_ instant: Int64, _ zone: Zone) -> String {
    let local = zone.local(at: instant)
    return time(local.time) + foldMark(instant, local.date, zone)
  }

  /// `09:00–09:30` with an en dash.
  public static func range(_ from: WallTime, _ to: WallTime) -> String { "\(time(from))–\(time(to))" }

  /// `09:00–09:30` in `zone`; both ends carry the abbreviation on a day when a clock time happens twice.
  public static func range(_ start: Int64, _ end: Int64, _ zone: Zone) -> String { "\(time(start, zone))–\(time(end, zone))" }

  /// Whose clock a time is told by: `Berlin time`, `Buenos Aires time`; `UTC` and `UTC-3` for zones without a place.
  public static func place(_ zoneName: String) -> String {
    let last = String(zoneName.split(separator: "/").last ?? "UTC")
    if ["UTC", "UCT", "GMT", "Zulu", "Universal", "Greenwich"].contains(last) { return "UTC" }
    // The sign of Etc zones is the other way round: Etc/GMT+3 is west of Greenwich.
    if last.hasPrefix("GMT+") { return "UTC-" + last.dropFirst(4) }
    if last.hasPrefix("GMT-") { return "UTC+" + last.dropFirst(4) }
    return last.map { $0 == "_" ? " " : String($0) }.joined() + " time"
  }

  /// `in 40 min`, `2 h ago`, `in 3 days`, `in 5 weeks`, `2 years ago`, or `now` within half a minute. Rounded to the nearest.
  public static func relative(_ instant: Int64, now: Int64) -> String {
    let distance = Double(instant) - Double(now)
    let minutes = Int((abs(distance) / 60_000_000).rounded())
    if minutes == 0 { return "now" }
    let words = amount(ofMinutes: minutes)
    return distance > 0 ? "in \(words)" : "\(words) ago"
  }

  /// RFC 3339 with the offset of the date in question, for `<time datetime>`: `2026-11-23T09:00:00+01:00`.
  public static func rfc3339(_ instant: Int64, _ zone: Zone) -> String {
    rfc3339(MinuteClock.seconds(instant), east: zone.offset(at: instant))
  }

  /// What a page says of one instant in `zone`, looked up once.
  public static func words(_ instant: Int64, _ zone: Zone) -> (rfc3339: String, day: String, time: String) {
    let second = MinuteClock.seconds(instant)
    let east = Int(zone.span(at: second).offset)
    let local = LocalDateTime(wallSeconds: second.addingSaturating(Int64(east)))
    return (rfc3339(second, east: east), day(local.date), time(local.time) + foldMark(instant, local.date, zone))
  }

  private static func rfc3339(_ second: Int64, east: Int) -> String {
    let wall = second.addingSaturating(Int64(east))
    let minutes = abs(east) / 60
    return ASCIIText.make(25) { text in
      text.write(LocalDateTime(wallSeconds: wall))
      text.write(":")
      text.write(Int(floorRemainder(wall, 60)), width: 2)
      text.write(east < 0 ? "-" : "+")
      text.write(minutes / 60, width: 2)
      text.write(":")
      text.write(minutes % 60, width: 2)
    }
  }

  private static func foldMark(_ instant: Int64, _ date: CivilDate, _ zone: Zone) -> String {
    zone.isFold(date) ? " \(zone.abbreviation(at: instant))" : ""
  }

  private static func amount(ofMinutes minutes: Int) -> String {
    if minutes < 60 { return "\(minutes) min" }
    let hours = rounded(minutes, 60)
    if hours < 24 { return "\(hours) h" }
    let days = rounded(minutes, 1_440)
    if days < 14 { return counted(days, "day") }
    if days < 61 { return counted(rounded(days, 7), "week") }
    if days < 700 { return counted(rounded(days * 12, 365), "month") }
    return counted(rounded(days, 365), "year")
  }

  private static func rounded(_ value: Int, _ unit: Int) -> Int { (value + unit / 2) / unit }

  private static func counted(_ count: Int, _ unit: String) -> String { count == 1 ? "1 \(unit)" : "\(count) \(unit)s" }

  private static let dayNames: [StaticString] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let monthNames: [StaticString] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
