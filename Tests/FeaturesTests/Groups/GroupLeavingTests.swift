import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Leaving group sessions")
struct GroupLeavingTests {
  private func seat(_ scene: Scene, _ role: Scene.Role, _ id: ID<GroupSession>) async throws -> Seat.State? {
    let (org, person) = (scene.org, scene.id(role))
    return try await scene.store.read { tx in try Seat.of(person, in: id, org: org, tx)?.state }
  }

  @Test(
    "who leaves keeps no seat and no place in line, and gives no group session any more", arguments: Databases.each, ["suspend", "remove"])
  func leaves(_ database: Databases.Kind, _ act: String) async throws {
    try await Scene.with(database) { scene in
      let page = try await scene.do(
        .ada,
        OpenGroup(
          kind: .group, title: "Speaking freely", about: "Three exercises.", date: "2026-11-26", time: "15:00", minutes: 60, seats: 2,
          link: nil))
      let id = page.id
      for role in [Scene.Role.ben, .ravi, .cleo, .mara] { try await scene.do(role, TakeSeat(group: id)) }
      try await scene.work()
      scene.outbox.clear()
      let omar = try await scene.browser(.omar)
      // Cleo is the first in line: the seat of Ben goes past her.
      try await #expect(omar.post("/members/\(scene.id(.cleo))/\(act)").status == 303)
      try await #expect(omar.post("/members/\(scene.id(.ben))/\(act)").status == 303)
      try await #expect(seat(scene, .cleo, id) == .left)
      try await #expect(seat(scene, .ben, id) == .left)
      try await #expect(seat(scene, .mara, id) == .offered)
      try await #expect(seat(scene, .ravi, id) == .seated)
      try await scene.work()
      #expect(scene.outbox.to("mara@north.example").contains { $0.subject.hasPrefix("A seat is free") })
      try await #expect(scene.breaches() == [])
      try await #expect(omar.post("/members/\(scene.id(.ada))/\(act)").status == 303)
      try await scene.work()
      #expect(scene.outbox.to("ravi@north.example").contains { $0.calendar?.method == .cancel })
      #expect(scene.outbox.to("mara@north.example").contains { $0.subject.hasPrefix("Cancelled") })
      try await #expect(scene.do(.ravi, ListGroups()).isEmpty)
      await #expect(code { try await scene.do(.ravi, TakeSeat(group: id)) } == "group_closed")
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("a group session that is over stays as it was", arguments: Databases.each)
  func past(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let page = try await scene.do(
        .ada,
        OpenGroup(
          kind: .group, title: "Speaking freely", about: nil, date: "2026-11-26", time: "15:00", minutes: 60, seats: 2, link: nil))
      try await scene.do(.ben, TakeSeat(group: page.id))
      scene.clock.set(scene.noon(3) + .hours(5))
      try await scene.do(.omar, SuspendMember(person: scene.id(.ben)))
      try await scene.do(.omar, RemoveMember(person: scene.id(.ada)))
      try await #expect(seat(scene, .ben, page.id) == .seated)
      try await #expect(scene.do(.omar, ShowGroup(group: page.id)).isCancelled == false)
    }
  }
}
