import Scheduling
import Testing

/// Whole days and reminders of 12 zones around every change of 2025 to 2030, told by Python's zoneinfo.
@Suite struct DayOracleTests {
  private func lines(_ kind: String) -> [(zone: String, fields: [String])] {
    var zone = ""
    return fixtureLines("days").compactMap { line in
      if line.hasPrefix("# ") {
        zone = String(line.dropFirst(2))
        return nil
      }
      let fields = line.split(separator: ",").map(String.init)
      return fields.count == 4 && fields[0] == kind ? (zone, fields) : nil
    }
  }

  @Test("a day off takes exactly the minutes in which the calendar shows its date")
  func daysOff() throws {
    let days = lines("day")
    try #require(days.count > 300)
    for (zone, fields) in days {
      let day = try date(fields[1])
      let (first, next) = (try #require(Int32(fields[2])), try #require(Int32(fields[3])))
      #expect(try tables.zone(zone).startOfDay(day) == MinuteClock.microseconds(first), "\(zone) \(day)")
      var rules = Availability.anyTime(zone: zone)
      rules.exceptions = [DatedException(day)]
      rules.gridMinutes = 1
      let person = try Participant(availability: rules, zones: tables)
      let search = SlotSearch(host: person, guests: [], minutes: 1, now: MinuteClock.microseconds(first - 600))
      let starts = search.starts(from: first - 300, to: next + 300)
      #expect(starts == Array(first - 300..<first) + Array(next..<next + 300), "\(zone) \(day)")
    }
  }

  @Test("a reminder comes the same elapsed time before the session whatever the clocks did, and shows the wall time of its moment")
  func reminders() throws {
    let sessions = lines("session")
    try #require(sessions.count > 3_000)
    for (name, fields) in sessions {
      let zone = try tables.zone(name)
      let start = MinuteClock.microseconds(try #require(Int32(fields[1])))
      #expect(try zone.local(at: start - 86_400_000_000) == wall(fields[2]), "\(name) \(fields)")
      #expect(try zone.local(at: start - 3_600_000_000) == wall(fields[3]), "\(name) \(fields)")
    }
  }
}
