import Scheduling
import Testing

@Suite struct ThinnedSlotsTests {
  @Test("a day shows at most n slots, spread from its first to its last")
  func spread() throws {
    let berlin = try tables.zone("Europe/Berlin")
    let search = try SlotSearch(host: Person().participant(), guests: [], minutes: 60, now: now)
    let all = try search.starts(from: minute("2026-11-17T00:00"), to: minute("2026-11-19T00:00"))
    let shown = SlotSearch.thin(all, perDay: 4, zone: berlin).map { DisplayTime.time(MinuteClock.microseconds($0), berlin) }
    #expect(shown == ["09:00", "11:15", "13:30", "16:00", "09:00", "11:15", "13:30", "16:00"])
    #expect(SlotSearch.thin(all, perDay: 1, zone: berlin) == [try minute("2026-11-17T09:00"), try minute("2026-11-18T09:00")])
    #expect(SlotSearch.thin(all, perDay: 0, zone: berlin).isEmpty)
    #expect(SlotSearch.thin(Array(all.prefix(3)), perDay: 4, zone: berlin) == Array(all.prefix(3)))
  }

  @Test("days are those of the viewer")
  func viewerDays() throws {
    let starts = [try minute("2026-11-17T16:00"), try minute("2026-11-17T23:00")]
    try #expect(SlotSearch.thin(starts, perDay: 1, zone: tables.zone("Europe/Berlin")).count == 1)
    try #expect(SlotSearch.thin(starts, perDay: 1, zone: tables.zone("Asia/Kathmandu")).count == 2)
  }
}
