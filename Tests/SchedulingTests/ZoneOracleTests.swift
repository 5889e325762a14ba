import Scheduling
import Testing

@Suite struct ZoneOracleTests {
  struct Case {
    var zone: String
    var kind: WallResolution.Kind
    var wall: LocalDateTime
    var abbreviation: String
    var minutes: Int32
    var second: Int32?
  }

  let cases: [Case] = {
    var zone = ""
    var cases: [Case] = []
    for line in fixtureLines("oracle") {
      if line.hasPrefix("# ") {
        zone = String(line.dropFirst(2))
        continue
      }
      let parts = line.split(separator: ",").map(String.init)
      guard parts.count >= 4, let kind = WallResolution.Kind(rawValue: parts[0]), let wall = LocalDateTime(parts[1]),
        let minutes = Int32(parts[3])
      else { continue }
      cases.append(
        Case(
          zone: zone, kind: kind, wall: wall, abbreviation: parts[2], minutes: minutes,
          second: parts.count > 4 ? Int32(parts[4]) : nil))
    }
    return cases
  }()

  @Test("wall times of 12 zones become the instants an independent implementation gives, in gaps and folds too")
  func wallToInstant() throws {
    try #require(Set(cases.map(\.zone)).count == 12)
    try #require(cases.filter { $0.kind == .gap }.count > 100 && cases.filter { $0.kind == .fold }.count > 100)
    for each in cases {
      let resolution = try tables.zone(each.zone).resolve(each.wall)
      let label = "\(each.zone) \(each.wall)"
      #expect(resolution.instant == MinuteClock.microseconds(each.minutes), "\(label)")
      #expect(resolution.kind == each.kind, "\(label)")
      #expect(resolution.second == each.second.map { MinuteClock.microseconds($0) }, "\(label)")
    }
  }

  @Test("instants become the wall times and abbreviations an independent implementation gives")
  func instantToWall() throws {
    for each in cases {
      let zone = try tables.zone(each.zone)
      #expect(zone.abbreviation(at: MinuteClock.microseconds(each.minutes)) == each.abbreviation, "\(each.zone) \(each.wall)")
      guard each.kind != .gap else { continue }
      #expect(zone.local(at: MinuteClock.microseconds(each.minutes)) == each.wall, "\(each.zone)")
      if let second = each.second { #expect(zone.local(at: MinuteClock.microseconds(second)) == each.wall, "\(each.zone)") }
    }
  }

  @Test("a date with a time that happens twice is a fold day")
  func foldDays() throws {
    for each in cases where each.kind == .fold {
      #expect(try tables.zone(each.zone).isFold(each.wall.date), "\(each.zone) \(each.wall)")
    }
  }
}
