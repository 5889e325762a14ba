import Foundation
import Kit
import Outside
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite struct InvitationTests {
  private func link(_ scene: Scene, _ role: Scene.Role = .ada) throws -> String {
    let text = try #require(scene.outbox.to("\(role.rawValue)@north.example").last?.text)
    let line = try #require(text.split(separator: "\n").first { $0.contains("/answer/") })
    return "/answer/" + (line.split(separator: "/").last ?? "")
  }

  /// The path of the address that was just made.
  private func path(_ answer: Browser.Answer) throws -> String {
    let address = try #require(answer.json["address"].text)
    return try #require(URL(string: address)?.path)
  }

  private func token(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }

  /// A mail as a calendar program sends it.
  private func mail(
    to tag: String, _ uid: String, _ sequence: Int, _ method: String = "REPLY",
    _ more: String = "ATTENDEE;PARTSTAT=DECLINED:mailto:x@y.example"
  ) -> [UInt8] {
    let calendar =
      "BEGIN:VCALENDAR\r\nMETHOD:\(method)\r\nBEGIN:VEVENT\r\nUID:\(uid)\r\nSEQUENCE:\(sequence)\r\n\(more)\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    return Array(
      ("From: Somebody <anybody@elsewhere.example>\r\nTo: \"Ada\" <replies+\(tag)@tandem.example>\r\nSubject: Declined\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: multipart/alternative; boundary=\"xx\"\r\n\r\n--xx\r\nContent-Type: text/plain\r\n\r\nNo.\r\n--xx\r\n"
        + "Content-Type: text/calendar; method=\(method); charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Data(calendar.utf8).base64EncodedString(options: [.lineLength76Characters]) + "\r\n--xx--\r\n").utf8)
  }

  private func receive(_ scene: Scene, _ bytes: [UInt8]) async throws -> ReceiveReply.Outcome {
    try await ReceiveReply(bytes)(scene.store, scene.world)
  }

  @Test("the link in an invitation only shows on GET; saying no calls the session off, once, without signing in", arguments: Databases.each)
  func declines(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      try await scene.work()
      let path = try link(scene)
      for _ in 0..<3 { try await #expect(scene.stranger.get(path).body.contains("I cannot come")) }
      try await #expect(scene.session(id).state == .booked)
      let form: KeyValuePairs = ["answer": "declined", "sequence": "0", "reason": "I am ill."]
      try await #expect(scene.stranger.post(path, form).status == 303)
      let session = try await scene.session(id)
      #expect(session.state == .cancelled && session.cancelledBy == scene.id(.ada) && session.sequence == 1)
      try await #expect(scene.stranger.post(path, form).status == 409)
      try await #expect(scene.stranger.get(path).body.contains("This session was cancelled."))
      try await #expect(scene.stranger.get("/answer/\(String(repeating: "x", count: 27))").status == 404)
    }
  }

  @Test("an answer to an invitation that a move has overtaken is refused", arguments: Databases.each)
  func outdated(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      try await scene.work()
      let path = try link(scene)
      try await scene.do(.ben, MoveSession(session: id, start: scene.noon(2)))
      try await #expect(scene.stranger.post(path, ["answer": "declined", "sequence": "0"]).status == 409)
      try await #expect(scene.session(id).state == .booked)
      try await #expect(scene.stranger.post(path, ["answer": "accepted", "sequence": "1"]).status == 303)
      try await #expect(scene.stranger.get(path).body.contains("You said that you come."))
      // Each mail of a session carries the same secret.
      try await scene.work()
      let again = try link(scene)
      #expect(again == path)
    }
  }

  @Test("an answer by mail is known by the token in its address, not by who sent it", arguments: Databases.each)
  func mails(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      let uid = try await scene.session(id).uid
      try await scene.work()
      let tag = token(try link(scene))
      try await #expect(receive(scene, mail(to: "nothing-of-ours-at-all-0001", uid, 0)) == .ignored)
      try await #expect(receive(scene, mail(to: tag, "another-uid", 0)) == .ignored)
      try await #expect(receive(scene, mail(to: tag, uid, 0, "REPLY", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example")) == .accepted)
      try await scene.do(.ben, MoveSession(session: id, start: scene.noon(2)))
      try await #expect(receive(scene, mail(to: tag, uid, 0)) == .ignored)
      try await #expect(scene.session(id).state == .booked)
      try await #expect(receive(scene, mail(to: tag, uid, 1)) == .declined)
      try await #expect(scene.session(id).state == .cancelled)
      try await #expect(receive(scene, mail(to: tag, uid, 2)) == .ignored)
    }
  }

  @Test("a counter-proposal moves the session when its time is a slot, and changes nothing otherwise", arguments: Databases.each)
  func counters(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      let uid = try await scene.session(id).uid
      try await scene.work()
      let tag = token(try link(scene))
      let night = "DTSTART:20261125T020000Z\r\nDTEND:20261125T023000Z"
      try await #expect(receive(scene, mail(to: tag, uid, 0, "COUNTER", night)) == .ignored)
      try await #expect(scene.session(id).sequence == 0)
      let noon = "DTSTART;TZID=Europe/Berlin:20261125T120000\r\nDTEND;TZID=Europe/Berlin:20261125T123000"
      try await #expect(receive(scene, mail(to: tag, uid, 0, "COUNTER", noon)) == .moved)
      let moved = try await scene.session(id)
      #expect(moved.start == scene.noon(2) && moved.sequence == 1 && moved.uid == uid)
    }
  }

  @Test("mail that is no answer, of any kind, is ignored", arguments: Databases.each)
  func noise(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      for text in [
        "", "\r\n", "To: x\r\n\r\nBEGIN:VCALENDAR", "Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\n",
        String(repeating: "A", count: 9000),
      ] {
        try await #expect(receive(scene, Array(text.utf8)) == .ignored)
      }
    }
  }

  @Test("a session's page offers its calendar file and links; the file holds the invitation's entry", arguments: Databases.each)
  func file(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      let ben = try await scene.browser(.ben)
      let page = try await ben.get("/sessions/\(id)")
      #expect(page.body.contains("calendar.google.com") && page.body.contains("20261124T110000Z%2F20261124T113000Z"))
      #expect(page.body.contains("outlook.office.com") && page.body.contains("/sessions/\(id)/invite.ics"))
      let file = try await ben.get("/sessions/\(id)/invite.ics")
      let uid = try await scene.session(id).uid
      #expect(file.status == 200 && file.body.contains("UID:\(uid)") && file.header("Content-Disposition")?.contains("session.ics") == true)
      try await #expect(scene.browser(.ravi).get("/sessions/\(id)/invite.ics").status == 404)
    }
  }

  @Test("the busy-only address shows times and nothing else; each address is renewed and closed for itself", arguments: Databases.each)
  func busyOnly(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      _ = try await scene.book()
      let ben = try await scene.browser(.ben)
      let full = try path(await ben.postJSON("/calendar"))
      let busy = try path(await ben.postJSON("/calendar", "{\"content\":\"busy\"}"))
      let text = try await scene.stranger.get(busy).body
      #expect(text.contains("SUMMARY:Busy") && !text.contains("Ada") && !text.contains("talk") && text.contains("DTSTART:20261124T110000Z"))
      try await #expect(scene.stranger.get(full).body.contains("Ada Mentor"))
      try await #expect(ben.post("/calendar/close", ["content": "busy"]).status == 303)
      try await #expect(scene.stranger.get(busy).status == 404)
      try await #expect(scene.stranger.get(full).status == 200)
    }
  }
}
