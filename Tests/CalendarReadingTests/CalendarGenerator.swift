/// Writes random calendars of the kind programs write, now and then an unusual one.
struct CalendarGenerator {
  var random: SeededGenerator

  static let zones = [
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Antarctica/Troll", "Asia/Kathmandu", "America/Sao_Paulo", "Africa/Cairo",
    "Africa/Casablanca", "W. Europe Standard Time", "India Standard Time",
  ]
  static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func pick(_ values: [String]) -> String { values.randomElement(using: &random) ?? "" }

  mutating func calendar() -> [UInt8] {
    var lines: [String] = chance(5) ? FeedCase.ownZone : []
    if chance(5) { lines.append("X-WR-TIMEZONE:Asia/Tokyo") }
    for uid in 0..<number(1...5) { lines += events(uid: "event-\(uid)@example.org") }
    return FeedScene.calendar(chance(20) ? lines.map { folded($0) } : lines)
  }

  /// An event, perhaps with instances of its own changed.
  private mutating func events(uid: String) -> [String] {
    let clock = Clock(isDate: chance(15), zone: chance(25) ? nil : chance(20) ? "Z" : chance(3) ? "Somewhere" : pick(Self.zones))
    let start = Moment(day: number(0...160) - 30, second: number(0...95) * 900 + (chance(5) ? 59 : 0))
    var lines = ["DTSTART" + clock.text(start)]
    if chance(50) {
      lines.append("DURATION:" + duration(clock))
    } else if chance(90) {
      let days = clock.isDate ? number(1...3) : number(0...1)
      lines.append("DTEND" + clock.text(Moment(day: start.day + days, second: min(86_399, start.second + 3_600))))
    }
    if chance(60) { lines.append("RRULE:" + rule(start, clock)) }
    if chance(25) { lines.append("EXDATE" + clock.text(Moment(day: start.day + 7 * number(0...3), second: start.second))) }
    if chance(10) { lines.append("EXDATE;VALUE=DATE:" + Moment(day: start.day + 7, second: 0).date) }
    if chance(10) { lines.append("RDATE" + clock.text(Moment(day: start.day + number(0...14), second: start.second))) }
    if chance(6) { lines.append("TRANSP:" + (chance(50) ? "OPAQUE" : "TRANSPARENT")) }
    if chance(6) { lines.append("STATUS:" + pick(["CONFIRMED", "TENTATIVE", "CANCELLED"])) }
    var all = FeedScene.event(lines.shuffled(using: &random), uid: uid)
    while chance(12) {
      let replaced = clock.text(Moment(day: start.day + 7 * number(0...3), second: start.second))
      let moved = clock.text(Moment(day: start.day + number(0...30), second: number(0...95) * 900))
      let change = FeedScene.event(
        ["RECURRENCE-ID" + replaced, "DTSTART" + moved, "DURATION:" + duration(clock)] + (chance(30) ? ["STATUS:CANCELLED"] : []), uid: uid)
      all = chance(50) ? all + change : change + all
    }
    return all
  }

  private mutating func duration(_ clock: Clock) -> String {
    clock.isDate ? "P\(number(1...3))D" : chance(10) ? "P\(number(1...2))DT1H" : chance(5) ? "P1W" : "PT\(number(1...30) * 10)M"
  }

  private mutating func rule(_ start: Moment, _ clock: Clock) -> String {
    let weekday = Self.weekdays[start.weekday]
    var parts: [String]
    switch number(0...9) {
    case 0, 1: parts = ["FREQ=DAILY"] + (chance(20) ? ["BYDAY=\(weekday),WE"] : [])
    case 2, 3, 4, 5: parts = ["FREQ=WEEKLY"] + (chance(70) ? ["BYDAY=\(weekday),\(pick(Self.weekdays))"] : [])
    case 6: parts = ["FREQ=MONTHLY"] + (chance(50) ? ["BYDAY=\((start.dayOfMonth - 1) / 7 + 1)\(weekday)"] : [])
    case 7: parts = ["FREQ=MONTHLY", chance(50) ? "BYMONTHDAY=\(start.dayOfMonth),-1" : "BYDAY=\(weekday),-1FR"]
    case 8: parts = ["FREQ=YEARLY"] + (chance(30) ? ["BYMONTH=\(start.month)"] : [])
    default: parts = ["FREQ=MONTHLY", "BYDAY=MO,TU,WE,TH,FR", "BYSETPOS=\(chance(50) ? 1 : -1)"]
    }
    if chance(40) { parts.append("INTERVAL=\(number(1...4))") }
    if chance(30) { parts.append("WKST=\(pick(Self.weekdays))") }
    if chance(40) {
      parts.append("COUNT=\(number(1...30))")
    } else if chance(60) {
      let end = Moment(day: start.day + number(0...90), second: number(0...95) * 900)
      parts.append(
        "UNTIL="
          + ((clock.isDate ? chance(70) : chance(20)) ? end.date : chance(80) ? end.date + "T" + end.time + "Z" : end.date + "T" + end.time)
      )
    }
    return parts.joined(separator: ";")
  }

  private mutating func folded(_ line: String) -> String {
    guard line.utf8.count > 12, chance(30) else { return line }
    let cut = line.index(line.startIndex, offsetBy: number(1...line.count - 1))
    return line[..<cut] + "\r\n " + line[cut...]
  }
}

extension CalendarGenerator {
  /// A date and a second of it, counted from 1 January 2026.
  struct Moment {
    var day: Int
    var second: Int

    private static let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

    private var civil: (year: Int, month: Int, day: Int) {
      var rest = day
      var year = 2026
      if rest < 0 { (year, rest) = (2025, rest + 365) }
      for (index, length) in Self.lengths.enumerated() {
        if rest < length { return (year, index + 1, rest + 1) }
        rest -= length
      }
      return (year, 12, 31)
    }

    /// 0 is Monday; 1 January 2026 was a Thursday.
    var weekday: Int { (day + 3 + 700) % 7 }
    var month: Int { civil.month }
    var dayOfMonth: Int { civil.day }
    var date: String { "\(civil.year * 10_000 + civil.month * 100 + civil.day)" }
    var time: String { String("\(1_000_000 + second / 3_600 * 10_000 + second / 60 % 60 * 100 + second % 60)".dropFirst()) }
  }

  /// How an event writes its times.
  struct Clock {
    let isDate: Bool
    /// Nil for floating times, `Z` for UTC.
    let zone: String?

    func text(_ moment: Moment) -> String {
      if isDate { return ";VALUE=DATE:\(moment.date)" }
      let value = "\(moment.date)T\(moment.time)"
      guard let zone else { return ":" + value }
      return zone == "Z" ? ":\(value)Z" : ";TZID=\(zone):\(value)"
    }
  }
}
