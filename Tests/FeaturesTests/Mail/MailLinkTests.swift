import Foundation
import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Links in mails to mentors")
struct MailLinkTests {
  struct Sent {
    let ask: ID<Ask>
    let offer: Offer
    /// Paths by the label's first words.
    let links: [(label: String, path: String)]

    func path(_ label: String) throws -> String { try #require(links.first { $0.label.hasPrefix(label) }).path }
  }

  private func sent(_ scene: Scene, _ change: (inout OpenAsk) -> Void = { _ in }) async throws -> Sent {
    try await scene.openForMentoring()
    let ask = try await scene.ask(.ben, change)
    try await scene.do(.ben, SendOffers(ask: ask, mentor: scene.id(.ada)))
    try await scene.work()
    let mail = try #require(scene.outbox.to("ada@north.example").last)
    let links = mail.text.split(separator: "\n").compactMap { line -> (label: String, path: String)? in
      guard let range = line.range(of: ": http://127.0.0.1:8080/mail/") else { return nil }
      return (String(line[..<range.lowerBound]), "/mail/" + line[range.upperBound...])
    }
    return Sent(ask: ask, offer: try await scene.pendingOffer(ask), links: links)
  }

  @Test("the mail tells the question, why, the time in the mentor's zone, and has four acts", arguments: Databases.each)
  func mail(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let sent = try await sent(scene)
      let mail = try #require(scene.outbox.to("ada@north.example").last)
      #expect(
        mail.subject.hasPrefix("Ben asks: On Friday I need public speaking") && mail.subject.contains("30 min, Mon 23 Nov, 13:00 your time")
      )
      #expect(mail.text.contains("> " + Scene.question) && mail.text.contains("Why you: You are at level 5 in Public speaking."))
      #expect(sent.links.map(\.label) == ["Accept Mon 23 Nov, 13:00", "Other time", "Ask first", "Pass on"])
      #expect(Set(sent.links.map(\.path)).count == 4)
      #expect((mail.html ?? "").utf8.count < 25_000)
    }
  }

  @Test("looking changes nothing, however often, and needs no sign-in", arguments: Databases.each)
  func looking(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let sent = try await sent(scene)
      for link in sent.links {
        for _ in 0..<2 {
          let page = try await scene.stranger.get(link.path)
          #expect(page.status == 200 && page.body.contains("public speaking"), "\(link.label)")
        }
        _ = try await scene.stranger.send(.head, link.path, headers: [.accept: "text/html"])
      }
      #expect(try await scene.pendingOffer(sent.ask).state == .sent)
      #expect(try await scene.state(sent.ask) == .offered)
    }
  }

  @Test("one post accepts and books; a second shows where it stands", arguments: Databases.each)
  func accept(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let sent = try await sent(scene)
      let path = try sent.path("Accept")
      let done = try await scene.stranger.post(path, ["start": "\(try #require(sent.offer.start))"])
      #expect(done.status == 303 && done.location == path, "\(done.body)")
      #expect(try await scene.state(sent.ask) == .booked)
      let again = try await scene.stranger.post(path, ["start": "\(try #require(sent.offer.start))"])
      #expect(again.status == 409 && again.body.contains("You accepted this request."))
      #expect(try await scene.stranger.get(path).body.contains("You accepted this request."))
      let other = try await scene.stranger.post(try sent.path("Pass on"))
      #expect(other.status == 409 && other.body.contains("You accepted this request."))
    }
  }

  @Test("an hour that was taken meanwhile brings three others, and the link still works", arguments: Databases.each)
  func taken(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let sent = try await sent(scene)
      let start = try #require(sent.offer.start)
      let other = try await scene.ask(.ravi)
      try await scene.do(.ravi, BookAsk(ask: other, mentor: scene.id(.ada), start: start))
      let path = try sent.path("Accept")
      let refused = try await scene.stranger.post(path, ["start": "\(start)"])
      #expect(refused.status == 409 && refused.body.contains("The proposed hour is taken"))
      let hours = refused.body.matches(of: /name="start" value="([^"]+)"/).map { String($0.output.1) }
      #expect(hours.count == 3 && !hours.contains("\(start)"))
      let done = try await scene.stranger.post(path, ["start": try #require(hours.first)])
      #expect(done.status == 303, "\(done.body)")
      #expect(try await scene.state(sent.ask) == .booked)
    }
  }

  @Test("each link does its own act only", arguments: Databases.each)
  func acts(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let first = try await sent(scene)
      let empty = try await scene.stranger.post(try first.path("Ask first"))
      #expect(empty.status == 422 && empty.body.contains("Write what you would like to know."))
      let asked = try await scene.stranger.post(try first.path("Ask first"), ["text": "Which board is it?"])
      #expect(asked.status == 303, "\(asked.body)")
      #expect(try await scene.state(first.ask) == .askedBack)
      let times = try await scene.stranger.get(try first.path("Other time"))
      let hours = times.body.matches(of: /name="starts" value="([^"]+)"/).map { String($0.output.1) }
      try #require(hours.count > 1)
      let proposed = try await scene.stranger.post(try first.path("Other time"), ["starts": hours[1]])
      #expect(proposed.status == 303, "\(proposed.body)")
      #expect(try await scene.state(first.ask) == .claimed)
      let passed = try await scene.stranger.post(try first.path("Pass on"), ["text": "No time this month"])
      #expect(passed.status == 303)
      #expect(try await scene.offers(first.ask).first?.state == .passed)
    }
  }

  @Test("an unknown link answers like none; one of somebody who left is dead; only hashes are kept", arguments: Databases.each)
  func secrecy(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let sent = try await sent(scene)
      let path = try sent.path("Accept")
      let unknown = String(path.dropLast(3)) + "AAA"
      #expect(try await scene.stranger.get(unknown).status == 404)
      #expect(try await scene.stranger.post(unknown).status == 404)
      let (org, ada) = (scene.org, scene.id(.ada))
      let token = String(path.dropFirst("/mail/".count))
      #expect(token.base64URLBytes?.count == 32)
      let hits = try await scene.store.read { tx in try tx.count("SELECT count(*) FROM mail_link WHERE token_hash = \(token)") }
      #expect(hits == 0)
      try await scene.store.write { tx in _ = try tx.run("UPDATE person SET state = 'left' WHERE org_id = \(org) AND id = \(ada)") }
      #expect(try await scene.stranger.get(path).status == 404)
      #expect(try await scene.stranger.post(path).status == 404)
      #expect(try await scene.state(sent.ask) == .offered)
    }
  }

  @Test("a link of an offer that ended shows what became of it and acts no more", arguments: Databases.each)
  func ended(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let sent = try await sent(scene)
      _ = try await scene.do(.ben, WithdrawAsk(ask: sent.ask))
      let page = try await scene.stranger.get(try sent.path("Accept"))
      #expect(page.status == 200 && page.body.contains("settled without you") && !page.body.contains("<form"))
      let post = try await scene.stranger.post(try sent.path("Accept"), ["start": "\(try #require(sent.offer.start))"])
      #expect(post.status == 409)
      #expect(try await scene.state(sent.ask) == .withdrawn)
    }
  }
}
