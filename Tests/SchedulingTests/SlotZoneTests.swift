import Scheduling
import Testing

@Suite struct SlotZoneTests {
  private func starts(_ zone: String, _ days: [Weekday], _ from: String, _ to: String, on day: String, minutes: Int = 60, grid: Int = 60)
    throws -> [String]
  {
    var person = Person()
    person.rules = Availability(
      zone: zone, weekly: try days.map { WeeklyWindow($0, try window(from, to)) }, noticeMinutes: 0, horizonDays: 2, gridMinutes: grid)
    let zone = try tables.zone(zone)
    let midnight = try zone.startOfDay(date(day))
    let search = try SlotSearch(host: person.participant(), guests: [], minutes: minutes, now: midnight)
    let from = MinuteClock.minutes(roundingDown: midnight)
    return search.starts(from: from, to: from + 1_440).map { DisplayTime.time(MinuteClock.microseconds($0), zone) }
  }

  @Test("a window is an hour shorter on the day the clocks go forward and an hour longer on the day they go back")
  func changeDays() throws {
    try #expect(starts("Europe/Berlin", [.sunday], "00:00", "06:00", on: "2026-03-29") == ["00:00", "01:00", "03:00", "04:00", "05:00"])
    try #expect(
      starts("Europe/Berlin", [.sunday], "01:00", "05:00", on: "2026-10-25")
        == ["01:00 CEST", "02:00 CEST", "02:00 CET", "03:00 CET", "04:00 CET"])
  }

  @Test("a window inside the gap is empty, one that begins in it begins after it")
  func windowInGap() throws {
    try #expect(starts("Europe/Berlin", [.sunday], "02:30", "03:15", on: "2026-03-29", minutes: 15, grid: 15).isEmpty)
    try #expect(starts("Europe/Berlin", [.sunday], "02:00", "03:30", on: "2026-03-29", minutes: 15, grid: 15) == ["03:00", "03:15"])
  }

  @Test("half-hour change: the grid follows the wall clock on both sides")
  func lordHowe() throws {
    try #expect(
      starts("Australia/Lord_Howe", [.sunday], "00:00", "05:00", on: "2026-10-04") == ["00:00", "01:00", "03:00", "04:00"])
  }

  @Test("the grid is the host's wall clock, also at +05:45")
  func kathmandu() throws {
    try #expect(starts("Asia/Kathmandu", [.monday], "09:10", "12:00", on: "2026-11-16") == ["10:00", "11:00"])
    try #expect(
      starts("Asia/Kathmandu", [.monday], "09:10", "11:00", on: "2026-11-16", minutes: 30, grid: 30) == ["09:30", "10:00", "10:30"])
  }

  @Test("a date a zone left out has no slots")
  func skippedDate() throws {
    try #expect(starts("Pacific/Apia", [.friday], "09:00", "12:00", on: "2011-12-29").isEmpty)
    try #expect(starts("Pacific/Apia", [.friday], "09:00", "12:00", on: "2011-12-31").isEmpty)
    try #expect(starts("Pacific/Apia", [.saturday], "09:00", "12:00", on: "2011-12-31") == ["09:00", "10:00", "11:00"])
  }

  @Test("two people in different zones meet where both are open")
  func twoZones() throws {
    var newYorker = Person()
    newYorker.rules.zone = "America/New_York"
    try #expect(
      Person().starts("2026-11-17T00:00", "2026-11-18T00:00", with: [newYorker]) == [
        "2026-11-17T15:00", "2026-11-17T15:15", "2026-11-17T15:30", "2026-11-17T15:45", "2026-11-17T16:00",
      ])
    // In the last days of October Berlin has changed and New York has not: five hours apart instead of six.
    let october: Int64 = 1_792_915_200_000_000
    try #expect(Person().starts("2026-10-27T00:00", "2026-10-28T00:00", with: [newYorker], now: october).first == "2026-10-27T14:00")
  }

  @Test("a cap counts the days of the person's own zone")
  func capInOwnZone() throws {
    var person = Person()
    person.rules = .anyTime(zone: "Asia/Kathmandu")
    person.rules.sessionsPerDay = 1
    person.sessions = [try interval("2026-11-17T23:00", "2026-11-17T23:30", "Asia/Kathmandu")]
    let search = try SlotSearch(host: person.participant(), guests: [], minutes: 30, now: now)
    try #expect(!search.isSlot(minute("2026-11-17T00:00", "Asia/Kathmandu")))
    try #expect(search.isSlot(minute("2026-11-16T23:30", "Asia/Kathmandu")))
    try #expect(search.isSlot(minute("2026-11-18T00:00", "Asia/Kathmandu")))
  }
}
