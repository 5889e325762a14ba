import Kit
import SpacedRepetition
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Reviews of an older version")
struct ReviewMigrationTests {
  @Test("every answer is kept when the table is made anew, and stays as it is for good", arguments: Databases.each)
  func kept(_ database: Databases.Kind) async throws {
    let world = SetClock().world
    try await database.withStore { store in
      let newer: Set = ["reviews/2", "reviews/3", "reviews/4"]
      try await Migrator(Features.migrations.filter { !newer.contains($0.name) }).migrate(store, now: world.now())
      let columns =
        "org_id, person_id, id, card_id, kind, grade, target, milliseconds, answered_at, zone_offset, device, sent_at, received_at,"
      let names = SQL(stringLiteral: columns + " corrected_at, day, seq")
      @Sendable func rows(_ tx: Transaction) throws -> [String] {
        try tx.rows("SELECT \(names) FROM review_event ORDER BY card_id, id").map { "\(Array($0.values))" }
      }
      let before = try await store.write { tx in
        let org = try CreateOrganisation(name: "Old", zone: "UTC")(tx, world)
        let person = try CreateMember(email: "old@example.org", name: "Old", zone: "UTC")(tx, org: org, by: nil, origin: "command", world)
        for number in 0..<5 {
          let card = try Card.make(org: org, person: person, front: "q\(number)", back: "a", source: .own, tx, world)
          for answer in 0..<20 {
            let (id, now) = (EventID.make(world).description, world.now())
            let isUndo = answer == 19
            try tx.run(
              """
              INSERT INTO review_event (\(names)) VALUES (\(org), \(person), \(id), \(card), \(isUndo ? "undo" : "review"),
                \(isUndo ? nil : answer % 4 + 1), \(isUndo ? id : nil), \(answer * 900), \(now), 60, 'page', \(now), \(now), \(now), 20000, \(answer))
              """)
          }
        }
        return try rows(tx)
      }
      #expect(before.count == 100)
      try await Migrator(Features.migrations).migrate(store, now: world.now())
      try await #expect(store.read { tx in try rows(tx) } == before)
      await #expect(throws: (any Error).self) { try await store.write { tx in try tx.run("UPDATE review_event SET day = 1") } }
    }
  }
}
