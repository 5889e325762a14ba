import Kit
import Store
import TandemTesting
import Testing

@testable import Features
@testable import Web

@Suite("The next hours kept in memory")
struct NextHoursTests {
  /// The next hour of every mentor as the list tells it to Ben, and as it is worked out from the database alone.
  private func hours(_ scene: Scene) async throws -> (told: [String], true: [String]) {
    let (world, viewer) = (scene.world, try await scene.viewer(.ben))
    return try await scene.store.read { tx in
      let listed = try MentorList.page(viewer, skill: nil, name: "", after: nil, limit: 30, tx)
      let told = try NextHours.of(listed, viewer, tx, world)
      return (
        listed.map { mentor in "\(mentor.name): \(told[mentor.id].map { words($0) } ?? "none")" },
        try listed.map { mentor in
          let start = try PersonTime.commonStarts(
            host: mentor.id, guest: viewer.person, minutes: KnownTimes.minutes, from: world.now(), count: 1, org: viewer.org, tx, world
          ).first
          let choice = start.map {
            HourChoice($0, mentor: mentor.name, zone: Zones.zone(mentor.zone), own: Zones.zone(viewer.zone), now: world.now())
          }
          return "\(mentor.name): \(choice.map { words($0) } ?? "none")"
        }
      )
    }
  }

  private func words(_ choice: HourChoice) -> String { "\(choice.value) \(choice.moment) \(choice.other ?? "")" }

  @Test("they stay true while time passes, through three weeks of notices, days and holds", arguments: Databases.each)
  func time(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.do(.cleo, SetAvailability(weekly: [.init(weekday: .friday, from: "09:00", to: "10:30")], noticeMinutes: 300))
      var seen: Set<String> = []
      for step in 1...60 {
        let (told, expected) = try await hours(scene)
        #expect(told == expected)
        seen.formUnion(told)
        scene.clock.advance(.minutes(step * 377 % 997))
      }
      #expect(seen.count > 20)
    }
  }

  @Test("they follow what happens to either one, and to the name", arguments: Databases.each)
  func changes(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let (org, ada) = (scene.org, scene.id(.ada))
      func change(_ name: String, _ act: () async throws -> Void) async throws {
        let before = try await hours(scene)
        try await act()
        let after = try await hours(scene)
        #expect(before.true != after.true, "\(name) changes nothing, so it shows nothing")
        #expect(after.told == after.true, "\(name) went unnoticed")
      }
      try await change("another week") {
        try await scene.do(.ada, SetAvailability(weekly: [.init(weekday: .wednesday, from: "06:00", to: "07:00")]))
      }
      try await change("an absence") {
        try await scene.do(.ben, AddException(kind: .away, first: "2026-11-23", last: "2026-11-27"))
      }
      try await change("another name") {
        _ = try await scene.store.write { tx in
          try tx.run("UPDATE person SET name = 'Adela Mentor', zone = 'Asia/Tokyo' WHERE org_id = \(org) AND id = \(ada)")
        }
      }
      try await change("the viewer's zone") {
        _ = try await scene.store.write { tx in
          try tx.run("UPDATE person SET zone = 'America/New_York' WHERE org_id = \(org) AND id = \(scene.id(.ben))")
        }
      }
      let again = try await scene.statements { _ = try await scene.browser(.ben).get("/mentors") }
      #expect(!again.contains { $0.contains("weekly_window") })
    }
  }

  @Test("a line of the list writes itself as it is encoded")
  func line() throws {
    let moment = Moment(Instant(seconds: 1_800_000_000), zone: Zones.zone("Asia/Kathmandu"), now: Instant(seconds: 1_799_000_000))
    let line = ListMentors.MentorLine(
      id: ID(1), name: "Zoë \"Z\"", title: "Lead", department: "R&D", role: "Lead, R&D", initials: "ZZ", ground: 4, href: "/mentors/1",
      topics: ["One", "Two"], next: moment, nextOther: "13:30 for Zoë")
    var plain = line
    (plain.next, plain.nextOther, plain.topics) = (nil, nil, [])
    try #expect(JSONEncoding.bytes([line, plain]) == JSONWriter.bytes(ValueEncoder.encode([line, plain])))
    try #expect(JSONEncoding.bytes([moment]) == JSONWriter.bytes(ValueEncoder.encode([moment])))
  }
}
