import Kit
import Store
import TandemTesting
import Testing

@testable import Features
@testable import Web

@Suite("Lines of mentors kept in memory")
struct MentorLinesTests {
  /// The lines as the list tells them to Ben, and as they are worked out from the database alone.
  private func lines(_ scene: Scene) async throws -> (told: [ListMentors.MentorLine], true: [ListMentors.MentorLine]) {
    let (world, viewer) = (scene.world, try await scene.viewer(.ben))
    return try await scene.store.read { tx in
      let listed = try MentorList.page(viewer, skill: nil, name: "", after: nil, limit: 30, tx)
      return (
        try MentorLines.of(listed, viewer, tx, world),
        try listed.map { mentor in
          let start = try PersonTime.commonStarts(
            host: mentor.id, guest: viewer.person, minutes: BookingWishes.of(mentor.id, org: viewer.org, tx).usual, from: world.now(),
            count: 1,
            org: viewer.org, tx, world
          ).first
          return .init(
            mentor,
            next: start.map {
              HourChoice($0, mentor: mentor.name, zone: Zones.zone(mentor.zone), own: Zones.zone(viewer.zone), now: world.now())
            })
        }
      )
    }
  }

  @Test("they stay true while time passes, through three weeks of notices, days and holds", arguments: Databases.each)
  func time(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      try await scene.do(.cleo, SetAvailability(weekly: [.init(weekday: .friday, from: "09:00", to: "10:30")], noticeMinutes: 300))
      var seen: Set<Moment> = []
      for step in 1...90 {
        let (told, expected) = try await lines(scene)
        #expect(told == expected)
        seen.formUnion(told.compactMap(\.next))
        scene.clock.advance(.seconds(step * 377 % 997 * 30 + step % 3))
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
        let before = try await lines(scene)
        try await act()
        let after = try await lines(scene)
        #expect(before.true != after.true, "\(name) changes nothing, so it shows nothing")
        #expect(after.told == after.true, "\(name) went unnoticed")
      }
      try await change("another week") {
        try await scene.do(.ada, SetAvailability(weekly: [.init(weekday: .wednesday, from: "06:00", to: "07:00")]))
      }
      try await change("longer sessions, of which the first window holds none") {
        let week: [SetAvailability.Window] = [
          .init(weekday: .wednesday, from: "06:00", to: "06:30"), .init(weekday: .thursday, from: "06:00", to: "07:00"),
        ]
        try await scene.do(.ada, SetAvailability(weekly: week, lengths: [60]))
      }
      try await change("short sessions, which fit into it") {
        let week: [SetAvailability.Window] = [
          .init(weekday: .wednesday, from: "06:00", to: "06:15"), .init(weekday: .thursday, from: "06:00", to: "07:00"),
        ]
        try await scene.do(.ada, SetAvailability(weekly: week, lengths: [15]))
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

  @Test("lines without hours follow names, titles, departments and topics, for whoever looks", arguments: Databases.each)
  func plain(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let (org, ada) = (scene.org, scene.id(.ada))
      let changes: [(told: String, set: SQL)] = [
        ("Ada Mentor", "name = 'Ada Mentor'"), ("Abel Mentor", "name = 'Abel Mentor'"), ("Captain", "title = 'Captain'"),
        ("Harbour", "department = 'Harbour'"), ("Rowing", "topics = 'Rowing'"),
      ]
      for change in changes {
        try await scene.store.write { tx in
          _ = try tx.run("UPDATE person SET \(change.set) WHERE org_id = \(org) AND id = \(ada)")
        }
        for role in [Scene.Role.ben, .mara] {
          let line = try await scene.browser(role).getJSON("/mentors?hours=false").json["mentors"][0]
          let told = [line["name"].text, line["title"].text, line["department"].text, line["topics"][0].text]
          #expect(told.contains(change.told), "\(change.told) is not told to \(role)")
        }
      }
      #expect(try await scene.browser(.ben).getJSON("/mentors").json["mentors"][0]["next"].exists)
    }
  }

  @Test("a line of the list writes itself as it is encoded")
  func line() throws {
    let moment = Moment(Instant(seconds: 1_800_000_000), zone: Zones.zone("Asia/Kathmandu"), now: Instant(seconds: 1_799_000_000))
    let listed = MentorList.Listed(
      id: ID(1), name: "Zoë \"Z\"", title: "Lead", department: "R&D", zone: "UTC", topics: "One\nTwo", timeVersion: 1, ownVersion: 2)
    var plain = ListMentors.MentorLine(listed, next: nil)
    let line = {
      var line = plain
      (line.next, line.nextOther) = (moment, "13:30 for Zoë")
      return line
    }()
    plain.topics = []
    try #expect(JSONEncoding.bytes([line, plain]) == JSONWriter.bytes(ValueEncoder.encode([line, plain])))
    try #expect(JSONEncoding.bytes([moment]) == JSONWriter.bytes(ValueEncoder.encode([moment])))
  }
}
