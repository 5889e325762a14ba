import Foundation
import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite struct SeatTests {
  private func opened(_ scene: Scene, seats: Int = 2) async throws -> ID<GroupSession> {
    let page = try await scene.do(
      .ada,
      OpenGroup(
        kind: .group, title: "Speaking freely", about: "Three exercises.", date: "2026-11-26", time: "15:00", minutes: 60, seats: seats,
        link: "https://meet.example/circle"))
    return page.id
  }

  private func seat(_ scene: Scene, _ role: Scene.Role, _ id: ID<GroupSession>) async throws -> Seat.State? {
    let (org, person) = (scene.org, scene.id(role))
    return try await scene.store.read { tx in try Seat.of(person, in: id, org: org, tx)?.state }
  }

  @Test("seats are given until there is none; whoever comes then waits, and the line fills a seat that frees", arguments: Databases.each)
  func line(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await opened(scene)
      for role in [Scene.Role.ben, .ravi, .mara, .omar] { try await scene.do(role, TakeSeat(group: id)) }
      try await #expect(seat(scene, .ravi, id) == .seated)
      try await #expect(seat(scene, .mara, id) == .waiting)
      let page = try await scene.browser(.omar).get("/groups/\(id)").body
      #expect(page.contains("You are number 2 in line") && !page.contains("meet.example"))
      try await scene.do(.ben, LeaveGroup(group: id))
      try await #expect(seat(scene, .mara, id) == .offered)
      // The seat is kept: nobody passes the line.
      try await scene.do(.cleo, TakeSeat(group: id))
      try await #expect(seat(scene, .cleo, id) == .waiting)
      try await scene.work()
      #expect(scene.outbox.to("mara@north.example").contains { $0.subject.hasPrefix("A seat is free") })
      scene.clock.set(scene.clock.now + .hours(13))
      try await scene.work()
      try await #expect(seat(scene, .mara, id) == .left)
      try await #expect(seat(scene, .omar, id) == .offered)
      try await scene.do(.omar, TakeSeat(group: id))
      try await #expect(seat(scene, .omar, id) == .seated)
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("a seat takes the time of who has it, and of the mentor, against every other booking", arguments: Databases.each)
  func takesTime(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.do(.ada, SetAvailability(weekly: [.init(weekday: .thursday, from: "14:00", to: "18:00")], weeklyMinutes: 90))
      let before = try await scene.book(at: Instant("2026-11-26T14:30:00Z"))
      await #expect(code { _ = try await opened(scene) } == "slot_taken")
      try await scene.do(.ben, MoveSession(session: before, start: Instant("2026-11-26T16:00:00Z") ?? scene.noon()))
      let id = try await opened(scene)
      await #expect(code { _ = try await scene.book(.ravi, at: Instant("2026-11-26T14:15:00Z")) } == "slot_taken")
      // An hour for the group and half an hour alone: the budget of the week is used up.
      await #expect(code { _ = try await scene.book(.ravi, at: Instant("2026-11-26T13:15:00Z"), minutes: 15) } == "slot_taken")
      try await scene.do(.cleo, SetAvailability(weekly: [.init(weekday: .thursday, from: "09:00", to: "10:00")]))
      _ = try await scene.book(.ravi, with: .cleo, at: Instant("2026-11-26T14:30:00Z"))
      await #expect(code { try await scene.do(.ravi, TakeSeat(group: id)) } == "slot_taken")
      try await #expect(seat(scene, .ravi, id) == nil)
      try await #expect(scene.breaches() == [])
    }
  }

  @Test("of fifty who want ten seats at once ten get one and forty wait in line", arguments: Databases.each)
  func race(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await opened(scene, seats: 10)
      let people = try await scene.crowd(50)
      let world = scene.world
      await withTaskGroup(of: Void.self) { group in
        for viewer in people {
          group.addTask {
            for _ in 0..<20 {
              let result = await code { _ = try await scene.store.write { tx in try TakeSeat(group: id)(tx, viewer, world) } }
              if result != "unavailable" { return }
            }
          }
        }
      }
      let counts = try await scene.store.read { [org = scene.org] tx in
        (
          try tx.count("SELECT count(*) FROM group_seat WHERE org_id = \(org) AND state = 'seated'"),
          try tx.count("SELECT count(*) FROM group_seat WHERE org_id = \(org) AND state = 'waiting'")
        )
      }
      #expect(counts == (10, 40))
      try await #expect(scene.breaches() == [])
    }
  }

  /// The SEQUENCE of each calendar entry that was sent to somebody.
  private func sequences(_ scene: Scene, _ role: Scene.Role) -> [Int] {
    scene.outbox.to("\(role.rawValue)@north.example").compactMap { mail -> Int? in
      guard let lines = mail.calendar?.text.split(whereSeparator: \.isNewline) else { return nil }
      guard let line = lines.first(where: { $0.hasPrefix("SEQUENCE:") }) else { return nil }
      return Int(line.dropFirst("SEQUENCE:".count))
    }
  }

  @Test("the SEQUENCE of each person's mails never falls, though the queue forgets those that were sent", arguments: Databases.each)
  func rises(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await opened(scene)
      for step in 0..<4 {
        if step == 3 {
          try await scene.do(.ada, CancelGroup(group: id, reason: nil))
        } else if step == 1 {
          try await scene.do(.ben, LeaveGroup(group: id))
        } else {
          try await scene.do(.ben, TakeSeat(group: id))
        }
        try await scene.work()
        try await scene.store.write { tx in try tx.run("DELETE FROM job WHERE state = 'done'") }
      }
      // The cancellation itself raises it by one more.
      #expect(sequences(scene, .ben) == [0, 1, 2, 4])
      #expect(sequences(scene, .ada) == [0, 2])
    }
  }

  private func feed(_ scene: Scene, _ browser: Browser) async throws -> String {
    let address = try #require(try await browser.postJSON("/calendar").json["address"].text)
    let path = try #require(URL(string: address)?.path)
    return try await scene.stranger.get(path).body
  }

  @Test("who gives it and who has a seat find it on their pages and in their calendars; who waits does not", arguments: Databases.each)
  func own(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await opened(scene, seats: 1)
      for role in [Scene.Role.ravi, .ben] { try await scene.do(role, TakeSeat(group: id)) }
      for (role, time) in [(Scene.Role.ada, "Thu 26 Nov, 15:00"), (Scene.Role.ravi, "Thu 26 Nov, 19:30")] {
        let browser = try await scene.browser(role)
        let line = try await browser.getJSON("/sessions").json["groups"][0]
        #expect(line["id"].text == "\(id)" && line["start"]["text"].text == time, "\(role)")
        let later = try await browser.getJSON("/").json["later"][0]
        #expect(later["href"].text == "/groups/\(id)" && later["facts"][0].text == time, "\(role)")
        try await #expect(browser.get("/groups/\(id)").body.contains("/groups/\(id)/invite.ics"), "\(role)")
        let file = try await browser.get("/groups/\(id)/invite.ics")
        #expect(file.status == 200 && file.body.contains("DTSTART:20261126T140000Z") && file.body.contains("SEQUENCE:0"), "\(role)")
        let events = try await feed(scene, browser)
        #expect(events.contains("SUMMARY:Speaking freely") && events.contains("DTSTART:20261126T140000Z"), "\(role)")
      }
      let ben = try await scene.browser(.ben)
      try await #expect(ben.getJSON("/sessions").json["groups"].count == 0)
      try await #expect(!ben.get("/").body.contains("Speaking freely"))
      try await #expect(!ben.get("/groups/\(id)").body.contains("invite.ics"))
      try await #expect(ben.get("/groups/\(id)/invite.ics").status == 404)
      let empty = try await feed(scene, ben)
      #expect(!empty.contains("BEGIN:VEVENT"))
      try await scene.do(.ada, CancelGroup(group: id))
      try await #expect(scene.browser(.ravi).getJSON("/sessions").json["groups"].count == 0)
    }
  }

  @Test("a cancelled group session leaves every calendar and frees everybody's time", arguments: Databases.each)
  func cancels(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await opened(scene)
      for role in [Scene.Role.ben, .ravi, .mara] { try await scene.do(role, TakeSeat(group: id)) }
      try await scene.work()
      await #expect(code { try await scene.do(.cleo, CancelGroup(group: id)) } == "not_found")
      try await #expect(scene.browser(.ada).post("/groups/\(id)/cancel", ["reason": "I am ill."]).status == 303)
      try await scene.work()
      let mails = scene.outbox.to("ben@north.example")
      #expect(mails.contains { $0.calendar?.text.contains("METHOD:REQUEST") == true })
      #expect(mails.contains { $0.calendar?.text.contains("METHOD:CANCEL") == true })
      #expect(scene.outbox.to("mara@north.example").contains { $0.subject.hasPrefix("Cancelled") })
      scene.clock.set(scene.clock.now + .days(3))
      scene.outbox.clear()
      try await scene.work()
      #expect(scene.outbox.all.isEmpty)
      try await #expect(scene.browser(.olga).get("/groups/\(id)").status == 404)
      try await #expect(scene.breaches() == [])
    }
  }
}
