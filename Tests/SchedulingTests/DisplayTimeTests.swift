import Scheduling
import Testing

@Suite struct DisplayTimeTests {
  @Test("dates and times read as on the pages")
  func plain() throws {
    #expect(try DisplayTime.day(date("2026-11-23")) == "Mon 23 Nov")
    #expect(try DisplayTime.dayAndYear(date("2026-03-01")) == "Sun 1 Mar 2026")
    #expect(try DisplayTime.dayAndTime(wall("2026-11-23T09:00")) == "Mon 23 Nov, 09:00")
    #expect(try DisplayTime.range(time("09:00"), time("09:30")) == "09:00\u{2013}09:30")
  }

  @Test("the abbreviation appears on the day a time happens twice, and only then")
  func foldDay() throws {
    let berlin = try tables.zone("Europe/Berlin")
    let twice = try berlin.resolve(wall("2026-10-25T02:30"))
    #expect(DisplayTime.dayAndTime(twice.instant, berlin) == "Sun 25 Oct, 02:30 CEST")
    #expect(DisplayTime.time(try #require(twice.second), berlin) == "02:30 CET")
    #expect(try DisplayTime.dayAndTime(berlin.instant(of: wall("2026-10-26T02:30")), berlin) == "Mon 26 Oct, 02:30")
    let start = try berlin.instant(of: wall("2026-11-23T09:00"))
    #expect(DisplayTime.range(start, start + 1_800_000_000, berlin) == "09:00\u{2013}09:30")
  }

  @Test("a zone is named by its place")
  func places() {
    for (name, text) in [
      ("Europe/Berlin", "Berlin time"), ("America/Argentina/Buenos_Aires", "Buenos Aires time"), ("UTC", "UTC"), ("Etc/UTC", "UTC"),
      ("Etc/GMT+3", "UTC-3"), ("Etc/GMT-14", "UTC+14"), ("America/Port-au-Prince", "Port-au-Prince time"), ("", "UTC"),
    ] { #expect(DisplayTime.place(name) == text) }
  }

  @Test("relative words round to the nearest and never say 60 min or 24 h")
  func relative() {
    for (minutes, text) in [
      (40.0, "in 40 min"), (-120, "2 h ago"), (4_320, "in 3 days"), (0.4, "now"), (-0.4, "now"), (59.6, "in 1 h"), (1_425, "in 1 day"),
      (-1_440, "1 day ago"), (89, "in 1 h"), (91, "in 2 h"), (14 * 1_440, "in 2 weeks"), (90 * 1_440, "in 3 months"),
      (-730 * 1_440, "2 years ago"), (1, "in 1 min"),
    ] { #expect(DisplayTime.relative(1_800_000_000_000_000 + Int64(minutes * 60_000_000), now: 1_800_000_000_000_000) == text) }
    #expect(DisplayTime.relative(.min, now: .max).hasSuffix("years ago"))
  }

  @Test("the machine-readable form carries the offset of its own date")
  func rfc3339() throws {
    for (name, local, text) in [
      ("Europe/Berlin", "2026-11-23T09:00", "2026-11-23T09:00:00+01:00"),
      ("Europe/Berlin", "2026-07-01T09:00", "2026-07-01T09:00:00+02:00"),
      ("America/St_Johns", "2026-11-23T09:00", "2026-11-23T09:00:00-03:30"),
      ("Asia/Kathmandu", "2026-11-23T09:00", "2026-11-23T09:00:00+05:45"),
    ] {
      let zone = try tables.zone(name)
      #expect(try DisplayTime.rfc3339(zone.instant(of: wall(local)), zone) == text)
    }
    #expect(DisplayTime.rfc3339(12_345_678, .utc) == "1970-01-01T00:00:12+00:00")
  }
}
