import Scheduling

/// Monday 16 November 2026, 08:00 in Berlin: "now" in these tests.
let now: Int64 = 1_794_812_400_000_000

/// A person open on weekdays from 09:00 to 17:00 in Berlin, without notice, unless told otherwise.
struct Person {
  var rules = Availability(
    zone: "Europe/Berlin",
    weekly: Weekday.allCases.prefix(5).compactMap { day in
      guard let from = WallTime("09:00"), let to = WallTime("17:00") else { return nil }
      return WeeklyWindow(day, from: from, to: to)
    }, noticeMinutes: 0)
  var busy: [Interval] = []
  var sessions: [Interval] = []

  func participant() throws -> Participant {
    try Participant(availability: rules, zones: tables, busy: busy, sessions: sessions)
  }

  /// The starts a search with this person as host gives between two Berlin times, told on this person's clock.
  func starts(_ from: String, _ to: String, minutes: Int = 60, kind: String? = nil, with guests: [Person] = [], now: Int64 = now) throws
    -> [String]
  {
    let search = try SlotSearch(
      host: participant(), guests: guests.map { try $0.participant() }, minutes: minutes, kind: kind, now: now)
    let zone = try tables.zone(rules.zone)
    return try search.starts(from: minute(from), to: minute(to)).map { zone.local(at: MinuteClock.microseconds($0)).description }
  }
}
