import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

/// Incidents: no lock between check and insert; two pending requests both confirmed; UNIQUE(slot) does not see 45 minutes over 60.
@Suite(.serialized) struct BookingRaceTests {
  /// Fifty people try at once; what each got.
  private func race(_ scene: Scene, _ attempt: @escaping @Sendable (Int) -> (start: Instant, minutes: Int)) async throws -> [String] {
    let people = try await scene.crowd(50)
    let mentor = scene.id(.ada)
    return await withTaskGroup(of: String.self) { group in
      for (place, viewer) in people.enumerated() {
        let wish = attempt(place)
        group.addTask {
          await untilAvailable {
            _ = try await scene.store.write { tx in
              try Booking.book(
                tx, viewer, mentor: mentor, mentee: viewer.person, start: wish.start, minutes: wish.minutes, title: "Race", question: "",
                scene.world)
            }
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }

  /// A machine that is too busy asks to come back later, as a client does.
  private func untilAvailable(_ attempt: () async throws -> Void) async -> String {
    for _ in 0..<20 {
      let result = await code(attempt) ?? "booked"
      if result != "unavailable" { return result }
    }
    return "unavailable"
  }

  @Test(
    "no lock between check and insert (cal.com #13397, PR 28151): of fifty people who want the same slot at once exactly one gets it",
    arguments: Databases.each)
  func oneSlot(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let results = try await race(scene) { _ in (scene.noon(), 30) }
      #expect(results.filter { $0 == "booked" }.count == 1)
      #expect(results.filter { $0 == "slot_taken" }.count == 49)
      try await #expect(scene.breaches() == [])
    }
  }

  @Test(
    "UNIQUE(slot) does not see 45 minutes over 60: of fifty overlapping sessions of different lengths exactly one is booked",
    arguments: Databases.each)
  func overlappingLengths(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      // Each of them covers 12:15 to 12:30.
      let wishes: [(Int, Int)] = [(0, 60), (0, 45), (15, 45), (15, 30), (0, 30), (15, 15)]
      let results = try await race(scene) { place in
        let wish = wishes[place % wishes.count]
        return (scene.noon(1, minutes: wish.0), wish.1)
      }
      #expect(results.filter { $0 == "booked" }.count == 1)
      #expect(results.filter { $0 == "slot_taken" }.count == 49)
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("S6 the database itself refuses an overlap, of any length, on insert and on update", arguments: Databases.each)
  func lastWord(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let first = try await scene.book(at: scene.noon(1))
      let second = try await scene.book(at: scene.noon(2))
      let (org, ada, start) = (scene.org, scene.id(.ada), scene.noon(1, minutes: 15))
      await #expect(throws: Violation.self) {
        try await scene.store.write { tx in
          try tx.run(
            """
            UPDATE occupancy SET starts_at = \(start), ends_at = \(start + .minutes(45))
            WHERE org_id = \(org) AND session_id = \(second) AND person_id = \(ada)
            """)
        }
      }
      await #expect(throws: Violation.self) {
        try await scene.store.write { tx in
          try tx.run("DELETE FROM occupancy WHERE session_id = \(second) AND person_id = \(ada)")
          try tx.run(
            """
            INSERT INTO occupancy (org_id, session_id, person_id, starts_at, ends_at)
            VALUES (\(org), \(second), \(ada), \(start), \(start + .minutes(1)))
            """)
        }
      }
      try await #expect(scene.occupied(first) == 2)
      try await #expect(scene.occupied(second) == 2)
    }
  }

  @Test("a mentee cannot be in two sessions at once with two mentors", arguments: Databases.each)
  func menteeTwice(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      try await scene.do(.cleo, SetAvailability(weekly: [.init(weekday: .tuesday, from: "06:00", to: "07:00")]))
      _ = try await scene.book()
      await #expect(code { _ = try await scene.book(with: .cleo) } == "slot_taken")
    }
  }

  @Test("two bookings sent at once over HTTP give one 303 and one 409, and no 5xx", arguments: Databases.each)
  func overHTTP(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let browsers = [
        try await scene.browser(.ben), try await scene.browser(.ravi), try await scene.browser(.mara), try await scene.browser(.omar),
      ]
      let path = "{\"mentor\":\"\(scene.id(.ada))\",\"start\":\"\(scene.noon())\",\"minutes\":30}"
      let answers = try await withThrowingTaskGroup(of: Int.self) { group in
        for browser in browsers { group.addTask { try await browser.postJSON("/sessions", path).status } }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(answers.sorted() == [201, 409, 409, 409])
    }
  }
}

extension Scene {
  /// So many further members.
  func crowd(_ count: Int) async throws -> [Viewer] {
    let (org, world) = (org, world)
    return try await store.write { tx in
      try (0..<count).map { number in
        let id = try CreateMember(email: "p\(number)@north.example", name: "Person \(number)", zone: "Europe/Berlin")(
          tx, org: org, by: nil, origin: "command", world)
        guard let person = try Addressee.find(id, org: org, tx) else { throw Problem.notFound }
        return person.viewer(.command)
      }
    }
  }
}
