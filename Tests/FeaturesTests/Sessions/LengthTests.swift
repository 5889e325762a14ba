import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Lengths that a mentor gives")
struct LengthTests {
  /// A session of half an hour with Ada, who gives a quarter of an hour alone since then.
  private func booked(_ scene: Scene) async throws -> ID<Session> {
    let week = [
      SetAvailability.Window(weekday: .tuesday, from: "12:00", to: "13:00"),
      SetAvailability.Window(weekday: .wednesday, from: "12:00", to: "13:00"),
    ]
    try await scene.do(.ada, SetAvailability(weekly: week))
    let id = try await scene.book()
    try await scene.do(.ada, SetAvailability(weekly: week, lengths: [15]))
    return id
  }

  @Test("a move keeps the length or takes one that the mentor gives", arguments: Databases.each)
  func moves(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await booked(scene)
      let page = try await scene.browser(.ben).postJSON("/sessions/\(id)/move", "{\"start\":\"\(scene.noon(2))\",\"minutes\":60}")
      #expect(page.status == 422 && page.body.contains("Sessions here last 15 minutes."))
      try await #expect(scene.session(id).start == scene.noon(1))
      try await scene.do(.ben, MoveSession(session: id, start: scene.noon(2), minutes: 30))
      try await #expect(scene.session(id).minutes == 30)
      try await scene.do(.ben, MoveSession(session: id, start: scene.noon(1), minutes: 15))
      try await #expect(scene.session(id).minutes == 15)
    }
  }

  @Test("a series has a length that the mentor gives, and its form offers no other", arguments: Databases.each)
  func series(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await booked(scene)
      var wish = StartSeries(session: id, everyWeeks: 1, first: "2026-12-01", time: "12:00", minutes: 60, count: 2)
      await #expect(code { _ = try await scene.do(.ben, wish) } == "invalid")
      let ben = try await scene.browser(.ben)
      let form = try await ben.get("/sessions/\(id)/series").body
      #expect(form.contains("15 minutes") && !form.contains("60 minutes"))
      let query = "every_weeks=1&first=2026-12-01&time=12:00&minutes=60&count=2"
      let refused = try await ben.get("/sessions/\(id)/series?\(query)").body
      #expect(refused.contains("Sessions here last 15 minutes.") && !refused.contains("Book the series"))
      wish.minutes = 15
      try await #expect(scene.do(.ben, wish).made == 2)
    }
  }

  /// A counter-proposal as a calendar program mails it.
  private func counter(to tag: String, _ uid: String, end: String) -> [UInt8] {
    let calendar =
      "BEGIN:VCALENDAR\r\nMETHOD:COUNTER\r\nBEGIN:VEVENT\r\nUID:\(uid)\r\nSEQUENCE:0\r\nDTSTART:20261125T110000Z\r\nDTEND:\(end)\r\n"
      + "END:VEVENT\r\nEND:VCALENDAR\r\n"
    let head =
      "From: Somebody <anybody@elsewhere.example>\r\nTo: <replies+\(tag)@tandem.example>\r\nSubject: Another time\r\nMIME-Version: 1.0\r\n"
      + "Content-Type: text/calendar; method=COUNTER; charset=utf-8\r\n\r\n"
    return Array((head + calendar).utf8)
  }

  @Test("a counter-proposal of a length that the mentor does not give changes nothing", arguments: Databases.each)
  func counters(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let id = try await booked(scene)
      let uid = try await scene.session(id).uid
      try await scene.work()
      let text = try #require(scene.outbox.to("ada@north.example").last?.text)
      let line = try #require(text.split(separator: "\n").first { $0.contains("/answer/") })
      let tag = String(line.split(separator: "/").last ?? "")
      let hour = counter(to: tag, uid, end: "20261125T120000Z")
      let first = try await ReceiveReply(hour)(scene.store, scene.world)
      #expect(first == .ignored)
      try await #expect(scene.session(id).start == scene.noon(1))
      let half = counter(to: tag, uid, end: "20261125T113000Z")
      let second = try await ReceiveReply(half)(scene.store, scene.world)
      #expect(second == .moved)
      let moved = try await scene.session(id)
      #expect(moved.start == scene.noon(2) && moved.minutes == 30)
    }
  }
}
