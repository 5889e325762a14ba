import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("Letters")
struct LetterTests {
  private func send(_ scene: Scene, _ topic: Letter.Topic, _ subject: String, to role: Scene.Role = .ben) async throws {
    let (id, org, world) = (scene.id(role), scene.org, scene.world)
    try await scene.store.write { tx in
      try tx.send(
        Letter(to: id, topic, subject: subject, ["Words."], buttons: [Letter.Button("Open", "/goals")]), org: org, key: "test/\(subject)",
        world)
    }
    try await scene.work()
  }

  @Test("what comes in the night is one mail at 07:30 local; a session is written about at once", arguments: Databases.each)
  func digest(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      // 22:30 in Berlin.
      scene.clock.advance(.minutes(13 * 60 + 30))
      try await send(scene, .learning, "Three cards wait")
      try await send(scene, .program, "A goal is due")
      try await send(scene, .session, "Moved to ten")
      #expect(scene.outbox.to("ben@north.example").map(\.subject) == ["Moved to ten"])
      scene.clock.advance(.minutes(8 * 60 + 59))
      try await scene.work()
      #expect(scene.outbox.to("ben@north.example").count == 1)
      scene.clock.advance(.minutes(1))
      try await scene.work()
      let mails = scene.outbox.to("ben@north.example")
      #expect(mails.map(\.subject) == ["Moved to ten", "2 things since you were last written to"])
      #expect(mails.last?.text.contains("Three cards wait.") == true)
      #expect(mails.last?.text.contains("A goal is due.") == true)
    }
  }

  @Test("what is switched off in the night is not in the morning's mail, and more than fifty come as two", arguments: Databases.each)
  func longDigest(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      // 22:30 in Berlin.
      scene.clock.advance(.minutes(13 * 60 + 30))
      for number in 1...60 { try await send(scene, .learning, "Card \(number)") }
      try await send(scene, .program, "A goal is due")
      let ben = try await scene.browser(.ben)
      let on = #"{"topics": ["session", "request", "learning"], "quiet_from": "21:00", "quiet_to": "07:30"}"#
      #expect(try await ben.postJSON("/you/notifications", on).status == 200)
      scene.clock.advance(.hours(9))
      try await scene.work()
      let mails = scene.outbox.to("ben@north.example")
      #expect(mails.map(\.subject) == ["49 things since you were last written to", "11 things since you were last written to"])
      #expect(Set(mails.map(\.messageID)).count == 2 && !mails.contains { $0.text.contains("A goal is due") })
    }
  }

  @Test("what waited when a backup was made does not leave after it is restored; what comes then does", arguments: Databases.each)
  func past(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (org, world) = (scene.org, scene.world)
      try await scene.lunch()
      _ = try await scene.book()
      _ = try await scene.stranger.post("/sign-in/code", ["email": "ravi@north.example"])
      try await scene.store.write { tx in try PastMail.end(tx, now: world.now()) }
      try await scene.work()
      #expect(scene.outbox.all.isEmpty)
      // 22:30 in Berlin.
      scene.clock.advance(.minutes(13 * 60 + 30))
      try await send(scene, .learning, "Three cards wait", to: .mara)
      let waiting = Letter(to: scene.id(.mara), .account, subject: "Waiting", ["Words."])
      try await scene.store.write { tx in
        try tx.send(waiting, org: org, key: "test/waiting", world)
        try PastMail.end(tx, now: world.now())
      }
      try await send(scene, .learning, "Four cards wait", to: .mara)
      scene.clock.advance(.hours(9))
      try await scene.work()
      let subjects = scene.outbox.to("mara@north.example").map(\.subject)
      #expect(subjects == ["Four cards wait"])
    }
  }

  @Test("every line of what somebody wrote is quoted, however a browser or a person breaks lines", arguments: Databases.each)
  func quoted(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (id, org, world) = (scene.id(.ben), scene.org, scene.world)
      let letter = Letter(to: id, .session, subject: "Asked", ["Words."], quote: "One\r\nTwo\nThree\rFour\u{2028}Five\u{0B}Six\u{85}Seven")
      try await scene.store.write { tx in try tx.send(letter, org: org, key: "test/quoted", world) }
      try await scene.work()
      let text = scene.outbox.to("ben@north.example").first?.text ?? ""
      let lines = text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("> ") }
      #expect(lines == ["> One", "> Two", "> Three", "> Four", "> Five", "> Six", "> Seven"])
    }
  }

  @Test("Friday night waits until Monday morning", arguments: Databases.each)
  func weekend(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      scene.clock.advance(.hours(109))
      try await send(scene, .learning, "Three cards wait")
      scene.clock.advance(.days(2))
      try await scene.work()
      #expect(scene.outbox.to("ben@north.example").isEmpty)
      scene.clock.advance(.hours(10))
      try await scene.work()
      #expect(scene.outbox.to("ben@north.example").map(\.subject) == ["Three cards wait"])
    }
  }

  @Test("the address in a mail only shows on GET and switches its topic off on POST, without signing in", arguments: Databases.each)
  func unsubscribe(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await send(scene, .learning, "Three cards wait")
      let url = try #require(scene.outbox.to("ben@north.example").first?.unsubscribe?.url)
      let path = String(url.dropFirst(scene.site.settings.baseURL.count))
      let stranger = scene.stranger
      #expect(try await stranger.get(path).body.contains("Switch them off"))
      #expect(try await stranger.get(path).body.contains("Switch them off"))
      let answer = try await stranger.send(
        .post, path, headers: [.contentType: "application/x-www-form-urlencoded"], body: "List-Unsubscribe=One-Click")
      #expect(answer.status == 200)
      #expect(answer.body.contains("Switched off."))
      scene.outbox.clear()
      try await send(scene, .learning, "Four cards wait")
      #expect(scene.outbox.to("ben@north.example").isEmpty)
      try await send(scene, .session, "Booked")
      #expect(scene.outbox.to("ben@north.example").count == 1)
    }
  }

  @Test("a forged or cut address answers like none", arguments: Databases.each)
  func forged(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let token = Unsubscribe.token(scene.id(.ben), org: scene.org, .learning, scene.site.keys)
      let other = token.replacing(scene.id(.ben).description, with: scene.id(.ada).description)
      for bad in [other, String(token.dropLast()), token.replacing("learning", with: "session"), "x"] {
        let open = try await scene.stranger.get("/unsubscribe/\(bad)")
        #expect(open.status == 404)
      }
      let open = try await scene.stranger.get("/unsubscribe/\(token)")
      #expect(open.status == 200)
    }
  }

  @Test("settings are kept, and what is switched off is not sent", arguments: Databases.each)
  func settings(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ben = try await scene.browser(.ben)
      #expect(
        try await ben.post("/you/notifications", ["topics": "session", "quiet_from": "21:00", "quiet_to": "07:30", "weekends": "true"])
          .status == 303)
      #expect(try await ben.get("/you/notifications").body.contains("07:30"))
      // What is left out by a program stays as it is.
      #expect(try await ben.postJSON("/you/notifications", #"{"quiet_from": "22:00", "quiet_to": "07:30"}"#).status == 200)
      let (id, org) = (scene.id(.ben), scene.org)
      let choice = try await scene.store.read { tx in
        try NotificationChoice.of(try #require(try Addressee.find(id, org: org, tx)), tx)
      }
      #expect(choice.wants(.session, .mail) && !choice.wants(.program, .mail) && choice.quiet == QuietHours(from: 22 * 60, to: 450))
      try await send(scene, .program, "A goal is due")
      #expect(scene.outbox.to("ben@north.example").isEmpty)
      #expect(try await ben.post("/you/notifications", ["topics": "account", "quiet_from": "21:00", "quiet_to": "07:30"]).status == 422)
    }
  }
}
