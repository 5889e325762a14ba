import Scheduling
import Testing

@Suite struct ZoneTests {
  @Test("a time that does not exist is read with the offset before the change")
  func gap() throws {
    let berlin = try tables.zone("Europe/Berlin")
    let resolution = try berlin.resolve(wall("2026-03-29T02:30"))
    #expect(resolution.kind == .gap)
    #expect(try berlin.local(at: resolution.instant) == wall("2026-03-29T03:30"))
  }

  @Test("a time that exists twice is the first, unless the offset names the second")
  func fold() throws {
    let berlin = try tables.zone("Europe/Berlin")
    let twice = try wall("2026-10-25T02:30")
    #expect(berlin.offset(at: berlin.instant(of: twice)) == 7_200)
    #expect(berlin.offset(at: berlin.instant(of: twice, offset: 3_600)) == 3_600)
    #expect(berlin.instant(of: twice, offset: 3_600) - berlin.instant(of: twice) == 3_600_000_000)
    #expect(berlin.instant(of: twice, offset: 12_345) == berlin.instant(of: twice))
  }

  @Test("a day is as long as the clocks make it")
  func dayLengths() throws {
    let lengths: [(String, String, Int64)] = [
      ("Europe/Berlin", "2026-03-29", 23 * 60), ("Europe/Berlin", "2026-10-25", 25 * 60),
      ("Australia/Lord_Howe", "2026-10-04", 23 * 60 + 30), ("Antarctica/Troll", "2026-03-29", 22 * 60),
      ("America/Sao_Paulo", "2018-11-04", 23 * 60), ("Africa/Cairo", "2026-04-24", 23 * 60),
      ("Pacific/Apia", "2011-12-30", 0), ("Asia/Kathmandu", "2026-07-01", 24 * 60),
    ]
    for (name, text, minutes) in lengths {
      let zone = try tables.zone(name)
      let day = try date(text)
      let length = zone.startOfDay(day.adding(days: 1)) - zone.startOfDay(day)
      #expect(length == minutes * MinuteClock.microsecondsPerMinute, "\(name) \(text)")
    }
  }

  @Test("a day whose midnight is in the gap begins at the end of the gap")
  func midnightInGap() throws {
    let cairo = try tables.zone("Africa/Cairo")
    #expect(try cairo.local(at: cairo.startOfDay(date("2026-04-24"))) == wall("2026-04-24T01:00"))
  }

  @Test("only the day the clocks are put back is a fold day")
  func foldDays() throws {
    let berlin = try tables.zone("Europe/Berlin")
    #expect(try berlin.isFold(date("2026-10-25")))
    #expect(try !berlin.isFold(date("2026-10-24")))
    #expect(try !berlin.isFold(date("2026-10-26")))
    #expect(try !berlin.isFold(date("2026-03-29")))
    // Put back at midnight: 23:00-24:00 of the day before comes twice.
    #expect(try tables.zone("America/Sao_Paulo").isFold(date("2018-02-17")))
    #expect(try !tables.zone("America/Sao_Paulo").isFold(date("2018-02-18")))
  }

  @Test("the next change is the first later instant with another offset")
  func nextChange() throws {
    let berlin = try tables.zone("Europe/Berlin")
    let change = try #require(berlin.nextChange(after: berlin.instant(of: wall("2026-07-01T12:00"))))
    #expect(try Zone.utc.local(at: change) == wall("2026-10-25T01:00"))
    #expect(Zone.utc.nextChange(after: 0) == nil)
  }

  @Test("a zone answers for every instant, however far away")
  func extremes() throws {
    for zone in zoneFiles.keys.compactMap({ try? tables.zone($0) }) + [.utc] {
      #expect(zone.local(at: .min).description == "0001-01-01T\(zone.local(at: .min).time)")
      #expect(zone.local(at: .max).date.description == "9999-12-31")
      for text in ["1200-06-15T12:00", "2500-06-15T12:00", "9990-06-15T12:00"] {
        let local = try wall(text)
        #expect(zone.local(at: zone.instant(of: local)) == local, "\(zone.name)")
      }
    }
  }

  @Test("only names that stay inside the zone folder are looked up")
  func names() {
    for name in [
      "../passwd", "/etc/passwd", "Europe//Berlin", "Europe/Berlin/", "", ".", "a\0b", "Europe/..", String(repeating: "a", count: 65),
    ] {
      #expect(!ZoneTables.isPlausibleName(name))
      #expect(throws: ZoneError.unknownZone(name)) { try ZoneTables { _ in zoneFiles["Europe/Berlin"] }.zone(name) }
    }
    for name in zoneFiles.keys { #expect(ZoneTables.isPlausibleName(name)) }
    #expect(throws: ZoneError.unknownZone("Europe/Atlantis")) { try tables.zone("Europe/Atlantis") }
  }

  @Test("a damaged zone file is refused or read, and never stops the process")
  func damagedFiles() throws {
    var random = SeededGenerator(state: 7)
    var refused = 0
    for _ in 0..<3_000 {
      var bytes = try #require(zoneFiles.sorted { $0.key < $1.key }.randomElement(using: &random)).value
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
      for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
        let near = Bool.random(using: &random) ? bytes.count : min(bytes.count, 60)
        bytes[bytes.count - 1 - Int.random(in: 0..<near, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      guard let zone = try? Zone(name: "Damaged", bytes: bytes) else {
        refused += 1
        continue
      }
      for instant in [Int64.min, 0, 1_790_000_000_000_000, .max] {
        #expect(abs(zone.offset(at: instant)) <= 93_599)
        _ = zone.resolve(zone.local(at: instant))
      }
    }
    #expect(refused > 500)
    #expect(refused < 3_000)
  }

  @Test("a file of version 1, without footer or empty is refused")
  func refusedFiles() throws {
    var old = try #require(zoneFiles["Europe/Berlin"])
    old[4] = 0
    #expect(throws: ZoneError.self) { try Zone(name: "Old", bytes: old) }
    #expect(throws: ZoneError.self) { try Zone(name: "Empty", bytes: []) }
    let cut = try #require(zoneFiles["Europe/Berlin"]).dropLast(10)
    #expect(throws: ZoneError.self) { try Zone(name: "Cut", bytes: Array(cut)) }
  }
}
