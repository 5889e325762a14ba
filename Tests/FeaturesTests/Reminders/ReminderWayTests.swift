import Crypto
import Kit
import Outside
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("The way a reminder takes")
struct ReminderWayTests {
  private static let endpoint = "https://push.example/device/1"

  private func mails(_ scene: Scene) -> [String] { scene.outbox.to("ben@north.example").map(\.subject) }

  /// How many reminders of a session count as sent to Ben.
  private func sent(_ scene: Scene, _ id: ID<Session>) async throws -> Int {
    let (org, ben) = (scene.org, scene.id(.ben))
    return try await scene.store.read { tx in try Reminder.sent(id, to: ben, org: org, tx) }
  }

  private func choose(_ scene: Scene, _ reminders: [String], mails: [String] = ["session"]) async throws {
    try await scene.do(
      .ben, SetNotifications(topics: mails, notices: [], reminders: reminders, quietFrom: "21:00", quietTo: "07:30"))
  }

  /// All reminders before a session at noon, one after the other.
  private func remind(_ scene: Scene, _ days: Int) async throws {
    for before in [Span.hours(24), .hours(1), .minutes(10)] {
      scene.clock.set(scene.noon(days) - before)
      try await scene.work()
    }
  }

  @Test("one that no way leads to the person does not count as sent", arguments: Databases.each)
  func unheard(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book(at: scene.noon(3))
      try await scene.work()
      scene.outbox.clear()
      try await choose(scene, ["day", "hour", "ten"], mails: [])
      try await remind(scene, 3)
      #expect(mails(scene).isEmpty)
      try await #expect(sent(scene, id) == 0)
    }
  }

  @Test("the last minutes are told by mail when there is no device and no earlier reminder, and only then", arguments: Databases.each)
  func lastMinutes(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let first = try await scene.book(at: scene.noon(3))
      try await scene.work()
      scene.outbox.clear()
      try await choose(scene, ["hour", "ten"])
      try await remind(scene, 3)
      #expect(mails(scene) == ["In an hour: Thu 26 Nov, 12:00 with Ada Mentor"])
      try await #expect(sent(scene, first) == 1)

      let second = try await scene.book(at: scene.noon(7))
      try await scene.work()
      scene.outbox.clear()
      try await choose(scene, ["ten"])
      try await remind(scene, 7)
      #expect(mails(scene) == ["In 10 minutes: Mon 30 Nov, 12:00 with Ada Mentor"])
      try await #expect(sent(scene, second) == 1)

      let ben = try await scene.browser(.ben)
      let key = Array(P256.KeyAgreement.PrivateKey().publicKey.x963Representation).base64URL
      let auth = Array(repeating: 9 as UInt8, count: 16).base64URL
      let device = "{\"endpoint\":\"\(Self.endpoint)\",\"p256dh\":\"\(key)\",\"auth\":\"\(auth)\"}"
      try await #expect(ben.postJSON("/you/push", device).status == 200)
      scene.internet.answer(Self.endpoint, .success(FetchAnswer(status: 201)))
      let third = try await scene.book(at: scene.noon(9))
      try await scene.work()
      scene.outbox.clear()
      try await remind(scene, 9)
      #expect(mails(scene).isEmpty)
      try await #expect(sent(scene, third) == 1)
    }
  }
}
