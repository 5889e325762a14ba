import Jobs
import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Group sessions of an older version")
struct GroupMigrationTests {
  @Test("the SEQUENCE goes on from the last mail that the queue knows of", arguments: Databases.each)
  func goesOn(_ database: Databases.Kind) async throws {
    let world = SetClock().world
    try await database.withStore { store in
      try await Migrator(Features.migrations.filter { $0.name != "groups/2" }).migrate(store, now: world.now())
      let org = try await store.write { tx in try CreateOrganisation(name: "Old", zone: "UTC")(tx, world) }
      let people = try await store.write { tx in
        try ["mentor", "member"].map { name in
          try CreateMember(email: "\(name)@example.org", name: name, zone: "UTC")(tx, org: org, by: nil, origin: "command", world)
        }
      }
      let (mentor, member) = (people[0], people[1])
      let id: ID<GroupSession> = world.id()
      try await store.write { tx in
        let now = world.now()
        let start = now + .days(3)
        let end = start + .minutes(60)
        try tx.run(
          """
          INSERT INTO group_session (org_id, id, mentor_id, kind, title, about, link, starts_at, ends_at, zone, wall, seats, taken, sequence,
            uid, created_at, cancel_reason)
          VALUES (\(org), \(id), \(mentor), 'group', 'Old', '', '', \(start), \(end), 'UTC', '', 6, 1, 0, 'old', \(now), '')
          """)
        try tx.run(
          """
          INSERT INTO group_seat (org_id, group_id, person_id, place, state, changed_at)
          VALUES (\(org), \(id), \(member), 1, 'seated', \(now))
          """)
        // The first two mails to the member were sent long ago.
        for (person, sequence) in [(mentor, 0), (member, 2), (member, 3), (member, 4)] {
          let mail = GroupMail(group: id, person: person, event: .seated, sequence: sequence)
          try tx.enqueue(mail, for: org, key: "\(id)/\(person)/\(sequence)/seated", at: now, world)
        }
      }
      try await Migrator(Features.migrations).migrate(store, now: world.now())
      try await store.write { tx in
        let group = try #require(try GroupSession.find(id, org: org, tx))
        for person in people { try GroupMail.plan(group, to: person, .left, tx, world) }
      }
      let keys: [String] = try await store.read { tx in try tx.values("SELECT key FROM job WHERE kind = 'group-mail'") }
      #expect(keys.contains("\(id)/\(mentor)/1/left"))
      #expect(keys.contains("\(id)/\(member)/5/left"))
    }
  }
}
